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
    build.add_argument(
        "--out", type=Path, metavar="DIR", help="where to write (default: output/ of the project)"
    )
    _add_strict(build)
    build.set_defaults(run=_build)


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        help="find every fault, build nothing",
        description="Find every fault in content, settings and fonts; nothing is written.",
    )
    _add_project(check)
    _add_strict(check)
    check.set_defaults(run=_check)


def _add_init(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser(
        "init",
        help="begin a new clinic",
        description="Put a small working clinic into a new folder: texts, pictures, settings.",
    )
    init.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
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
    parser.add_argument(
        "--format",
        choices=["text", "json"],
        default="text",
        help="how faults are printed (default: text)",
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
        progress=console.progress,
    )
    _show(report.diagnostics, options, console)
    folder = options.out or options.project / "output"
    console.artefacts(report.artefacts, str(folder), _by_language(report))
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

    project = api.open_project(options.project, source_date_epoch=_source_date_epoch())
    diagnostics = api.check(project, strict=options.strict)
    _show(diagnostics, options, console)
    if not diagnostics and options.format == "text":
        console.line("No faults found.")
    return exit_code_of(diagnostics)


def _init(options: argparse.Namespace, console: Console) -> int:
    from brochure import api

    files = api.init(options.folder)
    console.line(f"{options.folder}: a clinic of {len(files)} files.")
    console.line(f"Next: brochure build --project {options.folder}")
    return ExitCode.DONE


def _completion(options: argparse.Namespace, console: Console) -> int:
    import shtab

    console.line(shtab.complete(_parser(), shell=options.shell))
    return ExitCode.DONE


def _show(
    diagnostics: Sequence[Diagnostic], options: argparse.Namespace, console: Console
) -> None:
    if getattr(options, "format", "text") == "json":
        console.faults_as_json(in_order(diagnostics))
    else:
        console.faults(in_order(diagnostics))


def _source_date_epoch() -> str | None:
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return value if value.isdigit() else None
