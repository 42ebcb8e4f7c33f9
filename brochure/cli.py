"""Arguments and exit codes of the `brochure` command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from brochure import __version__
from brochure.commands import (
    booklet,
    build,
    cache,
    check,
    email,
    handout,
    init,
    merge,
    preflight,
    printers,
    stamp,
    status,
)
from brochure.commands.options import COMPLETION, show
from brochure.diagnostics import BrochureError, ExitCode, exit_code_of

if TYPE_CHECKING:
    from brochure.commands.options import Commands
    from brochure.console import Console

_COMMANDS = (
    build,
    handout,
    email,
    merge,
    booklet,
    preflight,
    printers,
    check,
    status,
    stamp,
    init,
    cache,
)
"""In the order of the help text."""

_EPILOG = """\
exit codes:
  0  done
  1  faults in the content or in brochure.toml, or a file that cannot be written
  2  wrong arguments
  3  a font, a profile, a language's wording or a system library is missing
  4  a finished file failed its check, or the program itself has a fault

`brochure init my-clinic` makes a small working clinic to begin with.
"""
_INTERRUPTED = 130
_UNTOUCHED = "Interrupted; the previous files are as they were."
_SENT = (
    "Interrupted; what was sent is sent. Repeat the command for the rest: nobody gets the same "
    "e-mail twice."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code and never lets a traceback out."""
    from brochure.console import Console

    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser().parse_args(arguments)
    options.arguments = arguments
    console = Console()
    run: Callable[[argparse.Namespace, Console], int] = options.run
    try:
        return run(options, console)
    except BrochureError as error:
        show(error.diagnostics, options, console)
        return exit_code_of(error.diagnostics)
    except KeyboardInterrupt:
        console.problem(_SENT if getattr(options, "send", False) else _UNTOUCHED)
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.CONTENT
    except Exception as error:
        if "BROCHURE_TRACEBACK" in os.environ:
            raise
        console.problem(
            f"brochure: a fault in the program itself: {type(error).__name__}: {error}\n"
            "    why: this is our mistake, not yours\n"
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
    for command in _COMMANDS:
        command.add(commands)
    _add_completion(commands)
    return parser


def _add_completion(commands: Commands) -> None:
    completion = commands.add_parser(
        "completion",
        help="print a completion script for your shell",
        description='Print a completion script; for bash: eval "$(brochure completion bash)"',
    )
    completion.add_argument("shell", choices=["bash", "zsh", "tcsh"])
    completion.set_defaults(run=_completion)


def _completion(options: argparse.Namespace, console: Console) -> int:
    import shtab

    functions = COMPLETION.get(options.shell, "")
    console.line(shtab.complete(_parser(), options.shell, preamble=functions))
    return ExitCode.DONE
