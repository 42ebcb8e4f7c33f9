"""Arguments and exit codes of the `brochure` command."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from brochure import __version__
from brochure.diagnostics import (
    BrochureError,
    Diagnostic,
    ExitCode,
    exit_code_of,
    in_order,
)

if TYPE_CHECKING:
    from brochure import api
    from brochure.console import Console

_EPILOG = """\
exit codes:
  0  done
  1  faults in the content or in brochure.toml, or a file that cannot be written
  2  wrong arguments
  3  a font, a profile, a language's wording or a system library is missing
  4  a finished file failed its check

`brochure init my-clinic` makes a small working clinic to begin with.
"""
_INTERRUPTED = 130
_FILES = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f"}
"""How each shell completes the name of a file."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code and never lets a traceback out."""
    from brochure.console import Console

    options = _parser().parse_args(arguments)
    console = Console()
    run: Callable[[argparse.Namespace, Console], int] = options.run
    try:
        return run(options, console)
    except BrochureError as error:
        _show(error.diagnostics, options, console)
        return exit_code_of(error.diagnostics)
    except KeyboardInterrupt:
        console.problem("Interrupted; the previous files are as they were.")
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.CONTENT
    except Exception as error:
        if "BROCHURE_TRACEBACK" in os.environ:
            raise
        console.problem(
            f"brochure: a fault in the program itself: {type(error).__name__}: {error}\n"
            "    why: this is our mistake, not yours; nothing was changed\n"
            "    fix: please report it with the command that you typed "
            "(BROCHURE_TRACEBACK=1 shows more)"
        )
        return ExitCode.CHECK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="brochure",
        description="Turn a clinic's treatments into printed brochures, one in every language.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"brochure {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_build(commands)
    _add_check(commands)
    _add_status(commands)
    _add_stamp(commands)
    _add_init(commands)
    _add_completion(commands)
    return parser


def _add_build(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    build = commands.add_parser(
        "build",
        help="make the brochures",
        description="Make the brochures of all languages, or of the languages named.",
    )
    build.add_argument("languages", nargs="*", metavar="LANG", help="en, el, ar …; all if none")
    build.add_argument(
        "--edition", choices=["screen"], default="screen", help="what to make (default: screen)"
    )
    _add_project(build)
    _add_format(build)
    build.add_argument(
        "--out", type=Path, metavar="DIR", help="where to write (default: output/ of the project)"
    )
    _add_strict(build)
    build.add_argument(
        "--proof",
        action="store_true",
        help="mark translations that are out of date in the margin (screen edition only)",
    )
    build.set_defaults(run=_build)


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        help="find every fault, build nothing",
        description="Find every fault in content, settings and fonts; nothing is written.",
    )
    _add_project(check)
    _add_format(check)
    _add_strict(check)
    check.add_argument("--list-codes", action="store_true", help=argparse.SUPPRESS)
    check.set_defaults(run=_check)


def _add_status(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    status = commands.add_parser(
        "status",
        help="show how old every translation is",
        description="Show every treatment in every language: the source, current, outdated, "
        "untracked (no source recorded), unverifiable (its source is gone) or missing.",
    )
    _add_project(status)
    status.add_argument(
        "--format",
        dest="layout",
        choices=["table", "json", "csv", "markdown"],
        default="table",
        help="how it is printed (default: table)",
    )
    status.add_argument(
        "--bidi",
        choices=["auto", "visual", "logical"],
        default="auto",
        help="order of right-to-left titles in the table: visual for a terminal that does not "
        "turn them itself (default: auto, a guess; a file or a pipe gets logical)",
    )
    status.set_defaults(run=_status)


def _add_stamp(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    stamp = commands.add_parser(
        "stamp",
        help="record that a translation fits its source as it is now",
        description="Write the present hash of the source into the line source_hash of each "
        "translation named. Every other byte stays. If one file is refused, none is changed.",
    )
    files = stamp.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a translation, as a person just read it",
    )
    files.complete = _FILES  # type: ignore[attr-defined]  # shtab looks for this attribute
    _add_project(stamp)
    stamp.set_defaults(run=_stamp)


def _add_init(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser(
        "init",
        help="begin a new clinic",
        description="Put a small working clinic into a new folder: texts, pictures, settings.",
    )
    init.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    init.add_argument(
        "--from",
        dest="site",
        type=Path,
        metavar="SITE",
        help="a Jekyll site: read its texts and pictures where they are",
    )
    init.set_defaults(run=_init)


def _add_completion(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    completion = commands.add_parser(
        "completion",
        help="print a completion script for your shell",
        description='Print a completion script; for bash: eval "$(brochure completion bash)"',
    )
    completion.add_argument("shell", choices=["bash", "zsh", "tcsh"])
    completion.set_defaults(run=_completion)


def _add_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--project",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the clinic's folder, with brochure.toml (default: this folder)",
    )


def _add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=["text", "short", "json", "github"],
        default="text",
        help="how faults are printed: with cause and fix, on one line each, or for tools "
        "(default: text)",
    )


def _add_strict(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")


def _build(options: argparse.Namespace, console: Console) -> int:
    from brochure import api

    project = api.open_project(options.project, source_date_epoch=_source_date_epoch())
    report = api.build(
        project,
        codes=options.languages,
        edition=api.edition_named(options.edition),
        out=options.out,
        strict=options.strict,
        proof=options.proof,
        progress=console.progress,
    )
    _show(report.diagnostics, options, console)
    folder = options.out or options.project / "output"
    if options.format in ("text", "short"):
        console.artefacts(report.artefacts, str(folder), _by_language(report))
        console.left_out(report.left_out)
    return exit_code_of(report.diagnostics)


def _by_language(report: api.Report) -> Counter[str]:
    """How many warnings each language's brochure has."""
    counts: Counter[str] = Counter()
    for artefact in report.artefacts:
        paths = {source.path for source in artefact.sources}
        counts[artefact.language] = sum(
            fault.location is not None and fault.location.path in paths
            for fault in report.diagnostics
        )
    return counts


def _check(options: argparse.Namespace, console: Console) -> int:
    from brochure import api

    if options.list_codes:
        console.codes()
        return ExitCode.DONE
    project = api.open_project(options.project, source_date_epoch=_source_date_epoch())
    report = api.check(project, strict=options.strict)
    _show(report.diagnostics, options, console)
    if options.format == "text":
        if not report.diagnostics:
            console.line("No faults found.")
        console.left_out(report.left_out)
    return exit_code_of(report.diagnostics)


def _status(options: argparse.Namespace, console: Console) -> int:
    from brochure import api

    matrix, faults = api.status(api.open_project(options.project))
    console.status(matrix, options.layout, options.bidi)
    console.faults(faults)
    return exit_code_of(faults)


def _stamp(options: argparse.Namespace, console: Console) -> int:
    from brochure import api

    console.stamps(api.stamp(api.open_project(options.project), options.files))
    return ExitCode.DONE


def _init(options: argparse.Namespace, console: Console) -> int:
    from brochure import api

    files = api.init(options.folder, site=options.site)
    noun = "file" if len(files) == 1 else "files"
    console.line(f"{options.folder}: a clinic of {len(files)} {noun}.")
    console.line(f"Next: brochure build --project {options.folder}")
    return ExitCode.DONE


def _completion(options: argparse.Namespace, console: Console) -> int:
    import shtab

    console.line(shtab.complete(_parser(), shell=options.shell))
    return ExitCode.DONE


def _show(
    diagnostics: Sequence[Diagnostic], options: argparse.Namespace, console: Console
) -> None:
    form = getattr(options, "format", "text")
    if form == "text":
        console.faults(in_order(diagnostics))
    else:
        console.faults_for_tools(in_order(diagnostics), form, folder=options.project.as_posix())


def _source_date_epoch() -> str | None:
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return value if value.isdigit() else None
