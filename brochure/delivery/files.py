"""Writing to the disk: everything at once, or nothing.

New files are written beside their places first and moved there only when all of them are
complete; a run that fails or is interrupted leaves what was there before.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from brochure.delivery.artefact import MANIFEST, Artefact, read_manifest, write_manifest
from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose

_STAGING = ".staging-"
"""How the folders begin that files are written into first."""
_EVERYBODY, _OWNER = 0o666, 0o600
"""Who may read a new file; what the system forbids (umask) stays forbidden."""


def deliver(artefacts: Sequence[Artefact], out: Path) -> None:
    """Write the artefacts and the manifest into `out`; raises `BrochureError`, `output-fault`.

    A file that is there already, byte for byte, stays as it is: so whoever watches it, as the next
    run does, sees that nothing has changed.
    """
    with _explained(out):
        manifest = out / MANIFEST
        text = manifest.read_text(encoding="utf-8", errors="replace") if manifest.is_file() else ""
        earlier = [entry for entry in read_manifest(text) if (out / entry["path"]).is_file()]
        files = [(artefact.path, artefact.data) for artefact in artefacts]
        files.append((MANIFEST, write_manifest(artefacts, earlier)))
        _write_all([item for item in files if not _is_there(out / item[0], item[1])], out)


def write(
    files: Iterable[tuple[str, bytes]], folder: Path, *, only_for_owner: bool = False
) -> None:
    """Write `(name, data)` pairs into `folder`, beside what is there; raises `output-fault`."""
    with _explained(folder):
        _write_all(list(files), folder, mode=_OWNER if only_for_owner else _EVERYBODY)


def rewrite(files: Sequence[tuple[Path, bytes]]) -> None:
    """Replace the contents of files that are there; each keeps its mode.

    Raises `BrochureError`, `output-fault`, and then no file has changed.
    """
    if not files:
        return
    with _explained(files[0][0].parent), contextlib.ExitStack() as stagings:
        staged = []
        for target, data in files:
            folder = tempfile.TemporaryDirectory(dir=target.parent, prefix=_STAGING)
            source = _stage(Path(stagings.enter_context(folder)) / target.name, data)
            shutil.copymode(target, source)
            staged.append((source, target))
        _flush(source for source, _ in staged)
        _move(staged)


def write_new(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Write `(name, data)` pairs into the new folder `folder`, which appears whole or not."""
    with _explained(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=_STAGING) as staging:
            staged = Path(staging) / "new"
            for name, data in files:
                (staged / name).parent.mkdir(parents=True, exist_ok=True)
                _stage(staged / name, data)
            _flush(path for path in staged.rglob("*") if path.is_file())
            if folder.is_dir():
                folder.rmdir()
            os.replace(staged, folder)


def replace_private(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Write `(name, data)` pairs, as they come, in place of all that `folder` held.

    The folder changes at once or not at all; only its owner may read it. Raises `output-fault`.
    """
    with _explained(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=_STAGING) as staging:
            staged, before = Path(staging) / "new", Path(staging) / "before"
            staged.mkdir(mode=0o700)
            for name, data in files:
                _stage(staged / name, data, _OWNER)
            _flush(staged.iterdir())
            with contextlib.ExitStack() as undo:
                if folder.exists():
                    os.replace(folder, before)
                    undo.callback(os.replace, before, folder)
                os.replace(staged, folder)
                undo.pop_all()


def _write_all(files: Sequence[tuple[str, bytes]], out: Path, *, mode: int = _EVERYBODY) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=_STAGING) as staging:
        staged = [
            (_stage(Path(staging) / str(i), data, mode), out / name)
            for i, (name, data) in enumerate(files)
        ]
        for _, target in staged:
            target.parent.mkdir(parents=True, exist_ok=True)
        _flush(source for source, _ in staged)
        _move(staged)


def _is_there(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _move(staged: Sequence[tuple[Path, Path]]) -> None:
    """Move every file to its place; if one cannot be moved, the others go back."""
    with contextlib.ExitStack() as undo:
        for source, target in staged:
            kept = source.with_name(f"{source.name}.before")
            if target.is_file():
                os.link(target, kept)
                undo.callback(os.replace, kept, target)
            else:
                undo.callback(target.unlink, missing_ok=True)
            os.replace(source, target)
        undo.pop_all()


def _stage(path: Path, data: bytes, mode: int = _EVERYBODY) -> Path:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(data)
    return path


def _flush(paths: Iterable[Path]) -> None:
    """Wait until the disk has these files.

    All are written before the first is waited for, so that a file system with a journal flushes it
    once and not for each of ten thousand e-mails.
    """
    for path in paths:
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BrochureError([_fault(folder, error)]) from None


def _fault(folder: Path, error: OSError) -> Diagnostic:
    named = (str(name) for name in (error.filename, error.filename2) if name)
    shown = next((name for name in named if _STAGING not in name), str(folder))
    cause = "The disk is full, the folder is protected, or the file is open elsewhere."
    fix = "Close the file if it is open, check the folder, or choose another one."
    if isinstance(error, FileExistsError | NotADirectoryError):
        cause = "A file stands where a folder should be."
        fix = "Move that file away, or choose another folder."
    return diagnose(
        "output-fault",
        Location(path=shown),
        problem=f"Cannot write into {folder}: {error.strerror or error}",
        cause=cause,
        fix=fix,
    )
