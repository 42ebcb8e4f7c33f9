"""`python -m brochure` is the `brochure` command: where nothing has changed, it ends here."""

import io
import os
import sys
from collections.abc import Sequence

from brochure.unchanged import recall

_USAGE, _INTERRUPTED = 2, 130
_GARBAGE = 50_000
"""New objects before garbage is looked for: what is loaded and read is none, and that is most."""


def main() -> int:
    """Run the command; returns its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # An old encoding has no “–”: it comes out as \u2013, as it does in stderr.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        os.getcwd()
    except FileNotFoundError:
        sys.stderr.write("brochure: this folder is not there any more; go to another one\n")
        return _USAGE
    try:
        return _run()
    except KeyboardInterrupt:  # while it is being loaded; from then on, the command says more
        return _INTERRUPTED


def _run() -> int:
    exit_code = recall(sys.argv[1:], put_back)
    if exit_code is not None:
        return exit_code
    import gc

    gc.set_threshold(_GARBAGE)
    from brochure.cli import main as run

    return run()


def put_back(files: Sequence[tuple[str, bytes]], folder: str) -> bool:
    """Write files that are gone into a folder, all of them or none; tells whether it could."""
    from pathlib import Path

    from brochure.delivery.files import write
    from brochure.diagnostics import BrochureError

    try:
        write(files, Path(folder))
    except BrochureError:
        return False  # the command itself will say why
    return True


if __name__ == "__main__":
    raise SystemExit(main())
