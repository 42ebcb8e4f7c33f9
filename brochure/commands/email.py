"""`brochure email`: write to one patient, with the handouts attached."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.commands.options import (
    add_format,
    add_project,
    add_workers,
    now,
    show,
    source_date_epoch,
    today,
)
from brochure.diagnostics import exit_code_of

if TYPE_CHECKING:
    from brochure.api.postage import Sending
    from brochure.commands.options import Commands
    from brochure.console import Console


def add(commands: Commands) -> None:
    """Describe the command."""
    email = commands.add_parser(
        "email",
        help="write to one patient, with handouts attached",
        description="Write a draft that any mail program opens, in the patient's language, with "
        "the handouts attached; or send it.",
    )
    email.add_argument(
        "treatments",
        nargs="+",
        metavar="TREATMENT",
        help="a file's name without number and language, a page_id, or a part of a title in any "
        "language",
    )
    email.add_argument("--lang", default="", metavar="LANG", help="the patient's: en, el, ar …")
    email.add_argument("--to", default="", metavar="ADDRESS", help="the patient's e-mail address")
    email.add_argument("--name", default="", help="how the patient is called in the greeting")
    email.add_argument("--note", default="", metavar="TEXT", help="a few words to the patient")
    email.add_argument(
        "--from",
        dest="sender",
        default="",
        metavar="ADDRESS",
        help="who writes (default: the clinic)",
    )
    email.add_argument("--open", action="store_true", help="open the draft in the mail program")
    add_email_options(email)
    add_project(email)
    add_format(email)
    email.set_defaults(run=run, refuse=email.error)


def add_email_options(parser: argparse.ArgumentParser) -> None:
    """What writing one e-mail and writing a list have in common."""
    parser.add_argument(
        "--large-print", action="store_true", help="handouts in letters of 16 points and more"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where to write (default: output/ of the project)"
    )
    parser.add_argument(
        "--send",
        action="store_true",
        help="send through the server in brochure.toml; the password is in the environment "
        "variable BROCHURE_SMTP_PASSWORD or in the keyring",
    )
    parser.add_argument(
        "--resend",
        action="append",
        default=[],
        metavar="ID",
        help="send this message though it may have arrived",
    )
    parser.add_argument(
        "--give-up",
        action="append",
        default=[],
        metavar="ID",
        help="never send this message again; it arrived, or is not wanted any more",
    )
    add_workers(parser)


def sending_of(options: argparse.Namespace) -> Sending | None:
    """How to send, if that was asked for."""
    from brochure.api.postage import Sending

    if not options.send:
        if options.resend or options.give_up:
            options.refuse("--resend and --give-up go with --send")
        return None
    return Sending(
        password=os.environ.get("BROCHURE_SMTP_PASSWORD", ""),
        moment=now(),
        resend=tuple(options.resend),
        give_up=tuple(options.give_up),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure import api
    from brochure.api.email import Order, email, open_on_desktop

    if options.send and options.open:
        options.refuse("--open is for drafts; leave out --send")
    project = api.open_project(
        options.project, source_date_epoch=source_date_epoch(), today=today(), is_cached=True
    )
    order = Order(
        treatments=tuple(options.treatments),
        language=options.lang,
        to=options.to,
        name=options.name,
        note=options.note,
        sender=options.sender,
        large_print=options.large_print,
    )
    with api.workers(options.jobs, cluster=options.cluster) as executor:
        report = email(
            project,
            order,
            out=options.out,
            sending=sending_of(options),
            progress=console.progress,
            executor=executor,
        )
    show(report.diagnostics, options, console)
    if options.format in ("text", "short"):
        console.line(f"Attached: {'; '.join(report.titles)}")
        console.line(
            f"Draft: {report.path}"
            if report.path
            else f"Message {report.message}: {report.state.value}"
        )
    if options.open and report.path and not open_on_desktop(report.path):
        console.problem("No program of this desktop opens it; drag it into your mail program.")
    return exit_code_of(report.diagnostics)
