"""Places and faults: what went wrong, where, why, and the one thing to do about it.

Every room reports its faults as `Diagnostic` values and goes on, so that one run shows all of
them. `CODES` is the one table of everything `brochure` can complain of; a code is a stable word,
its row says how severe it is and which exit code it leads to.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


class Severity(enum.Enum):
    """How much a fault matters: an error stops the build, a warning is printed and counted."""

    ERROR = "error"
    WARNING = "warning"


class ExitCode(enum.IntEnum):
    """The command's exit codes; they are part of its interface and listed in the README."""

    DONE = 0
    CONTENT = 1
    USAGE = 2
    MISSING = 3
    CHECK = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One row of the table of codes."""

    severity: Severity
    exit_code: ExitCode
    meaning: str


def _error(meaning: str, exit_code: ExitCode = ExitCode.CONTENT) -> Code:
    return Code(severity=Severity.ERROR, exit_code=exit_code, meaning=meaning)


def _warning(meaning: str, exit_code: ExitCode = ExitCode.CONTENT) -> Code:
    return Code(severity=Severity.WARNING, exit_code=exit_code, meaning=meaning)


CODES: dict[str, Code] = {
    # brochure.toml
    "settings-missing": _error("the project has no brochure.toml"),
    "settings-syntax": _error("brochure.toml is not valid TOML"),
    "settings-invalid": _error(
        "a value in brochure.toml is missing, unknown or of the wrong kind"
    ),
    "contrast-low": _error("text in the brand colours would be too faint to read"),
    # content
    "content-empty": _error("no treatment was found"),
    "file-unreadable": _error("a content file cannot be read as UTF-8 text"),
    "front-matter-missing": _error("a content file has no front matter"),
    "front-matter-syntax": _error("the front matter of a content file is not valid YAML"),
    "title-empty": _error("a treatment has no title"),
    "language-unknown": _error("the language of a content file is unknown"),
    "language-unused": _warning("a content file's language is not among the brochure's languages"),
    "language-conflict": _warning("file name, folder and “lang:” name different languages"),
    "treatment-duplicate": _warning("two files hold the same treatment in the same language"),
    "page-id-repeated": _warning("different treatments have the same page_id"),
    "page-id-differs": _warning("files of one treatment have different page_ids"),
    "site-text-invalid": _warning("the site's file of category titles cannot be read"),
    "translation-missing": _warning("a treatment is not available in one of the languages"),
    "translation-outdated": _warning("a translation was made from an earlier text"),
    "review-overdue": _warning("a text is past the date of its next review"),
    "review-date-invalid": _warning("a date of review cannot be understood"),
    "source-missing": _warning("a translation names a source text that is not there"),
    "alt-missing": _warning("a picture has no description for blind readers"),
    "image-missing": _warning("a picture is named but not there"),
    "image-case": _warning("a picture is called differently: capital or small letters"),
    "image-refused": _warning("a picture lies outside the project or on the network"),
    "image-unreadable": _warning("a picture cannot be opened"),
    "html-dropped": _warning("raw HTML in a text is not printed"),
    "liquid-dropped": _warning("a Liquid tag in a text is not printed"),
    "markup-visible": _warning("a page would show a mark of Markdown"),
    # content: letters, language, structure, pictures
    "arabic-reshaped": _warning("Arabic is stored as shapes instead of letters"),
    "bidi-control": _warning("an invisible character turns or joins text"),
    "character-replaced": _error("a character was lost before the file was saved"),
    "letters-mixed": _warning("a word holds look-alikes from another alphabet"),
    "language-foreign": _warning("a passage of a translation is in another language"),
    "body-empty": _warning("a treatment has no text"),
    "heading-jump": _warning("a level of headings is left out"),
    "link-bare": _warning("an address stands in place of a link's words"),
    "list-differs": _warning("a list is not the one of the text it was translated from"),
    "title-long": _warning("a title takes more than two lines on its card"),
    "picture-small": _warning("a picture has too few pixels for its size in print"),
    "picture-repeated": _warning("different treatments show one picture"),
    # languages and fonts
    "wording-missing": _error("a language has no file of wording", ExitCode.MISSING),
    "wording-invalid": _error("a file of wording lacks an entry or has one too many"),
    "font-missing": _error("the fonts for a language are not installed", ExitCode.MISSING),
    "fonts-invalid": _error("fonts/fonts.toml or a font it names cannot be used"),
    "glyph-missing": _error("no font of the project has a character of the text"),
    # printers
    "printer-invalid": _error("a printer's file has an entry that is missing, unknown or wrong"),
    "printer-unknown": _error("there is no printer of that name", ExitCode.USAGE),
    "profile-missing": _error("a printer's colour profile is not there", ExitCode.MISSING),
    "ink-differs": _warning("an ink in brochure.toml is another colour than on the screen"),
    "date-missing": _error("a file for the print shop has no date"),
    # layout and output
    "library-missing": _error("a system library is not installed", ExitCode.MISSING),
    "template-fault": _error("a template or style sheet has a mistake"),
    "resource-refused": _error("a page asked for a file outside the project or on the network"),
    "layout-fault": _error("the layout engine reported a problem", ExitCode.CHECK),
    "text-overflow": _error("text runs out of its frame or off the page", ExitCode.CHECK),
    "text-lost": _error("words of the content are not in the finished file", ExitCode.CHECK),
    "text-changed": _error("words of the content are not in their order", ExitCode.CHECK),
    "text-repeated": _error("a passage is in the finished file twice", ExitCode.CHECK),
    "text-hidden": _error("words of the finished file cannot be seen", ExitCode.CHECK),
    "font-stranger": _error("a finished file uses a font that is not ours", ExitCode.CHECK),
    "cluster-unusable": _error("a cluster was named that cannot be used", ExitCode.USAGE),
    "worker-lost": _error("a process that makes pages has died", ExitCode.CHECK),
    "handout-large": _error("a handout is too large to be sent by e-mail", ExitCode.CHECK),
    "handout-long": _warning("a handout has more than four pages"),
    "output-fault": _error("a file cannot be written"),
    # preflight of a finished file
    "preflight-unreadable": _error("a file cannot be opened for its preflight", ExitCode.CHECK),
    "preflight-damaged": _error("a part of a page cannot be read", ExitCode.CHECK),
    "preflight-boxes": _error("trim, bleed or page size are not as they must be", ExitCode.CHECK),
    "preflight-origin": _warning("a page does not start at 0 0, or is turned", ExitCode.CHECK),
    "preflight-pages": _error("number or order of pages do not suit the printer", ExitCode.CHECK),
    "preflight-marks": _error("marks stand where the printer wants none", ExitCode.CHECK),
    "preflight-bleed": _error("something at the trim has no bleed", ExitCode.CHECK),
    "preflight-safe-zone": _warning("something stands too near to the trim", ExitCode.CHECK),
    "preflight-colour": _error("something is not painted in the printer's inks", ExitCode.CHECK),
    "preflight-ink": _error("more ink lies on one spot than can dry", ExitCode.CHECK),
    "preflight-black": _warning("black text is not as the printer wants it", ExitCode.CHECK),
    "preflight-overprint": _error("white overprints and will not be seen", ExitCode.CHECK),
    "preflight-resolution": _warning(
        "a placed picture has too few pixels for its size", ExitCode.CHECK
    ),
    "preflight-fonts": _error("a font or a letter is not inside the file", ExitCode.CHECK),
    "preflight-drawn-font": _warning("a font is made of drawings", ExitCode.CHECK),
    "preflight-text": _warning("text cannot be searched or read aloud", ExitCode.CHECK),
    "preflight-type-small": _warning("type is smaller than prints cleanly", ExitCode.CHECK),
    "preflight-hairline": _warning("a line is thinner than prints cleanly", ExitCode.CHECK),
    "preflight-transparency": _error("transparency that the file may not have", ExitCode.CHECK),
    "preflight-layers": _error("layers that the file may not have", ExitCode.CHECK),
    "preflight-intent": _error("the output intent is not the printer's", ExitCode.CHECK),
    "preflight-metadata": _error("entries about the file are missing or differ", ExitCode.CHECK),
    "preflight-interactive": _error("links, forms, scripts or a lock", ExitCode.CHECK),
    "preflight-forbidden": _error("something that the standard leaves out", ExitCode.CHECK),
    # e-mail
    "email-large": _error("the attachments of an e-mail are too large"),
    "email-unset": _error("e-mail cannot be sent: an entry or the password is missing"),
    "list-unreadable": _error("a list of patients cannot be read"),
    "list-columns": _error("a list of patients lacks a column, or has it twice"),
    "list-row": _error("a row of a list of patients cannot be used"),
    "list-repeated": _error("two rows of a list are the same e-mail"),
    "drafts-other": _error("the folder for the drafts holds those of another list"),
    "outbox-busy": _error("another run is using the outbox"),
    "message-absent": _error("a message was named that is not in this list", ExitCode.USAGE),
    "message-sent": _error("the same e-mail has been sent before", ExitCode.USAGE),
    "message-refused": _error("the mail server did not take a message"),
    "message-unknown": _error("nobody knows whether the mail server took a message"),
    "server-refused": _error("the mail server cannot be used, or refused us"),
    # arguments
    "project-exists": _error("`brochure init` found the folder in use", ExitCode.USAGE),
    "language-unavailable": _error("a language was asked for that is not set up", ExitCode.USAGE),
    "treatment-unknown": _error("a treatment was asked for that is not there", ExitCode.USAGE),
    "treatment-ambiguous": _error(
        "a treatment was asked for in words that fit more than one", ExitCode.USAGE
    ),
    "treatment-untranslated": _error(
        "a treatment was asked for in a language that it is not available in", ExitCode.USAGE
    ),
    "email-address": _error("an e-mail address cannot be used", ExitCode.USAGE),
    "email-text": _error("a name or note holds invisible control characters", ExitCode.USAGE),
    "pdf-unreadable": _error("a PDF was named that cannot be opened", ExitCode.USAGE),
    "paper-unknown": _error("there is no paper of that name", ExitCode.USAGE),
    "booklet-refused": _error("a booklet was asked for that cannot be folded", ExitCode.USAGE),
    "booklet-thick": _warning("a booklet has too many sheets to be stapled through the fold"),
    "stamp-refused": _error(
        "`brochure stamp` cannot record a source in this file", ExitCode.USAGE
    ),
    "proof-refused": _error("proof marks were asked for in a printed edition", ExitCode.USAGE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a file: path as shown to the user, line and column from 1, where known."""

    path: str
    line: int | None = None
    column: int | None = None
    source_line: str = ""

    def __str__(self) -> str:
        parts = (self.path, self.line, self.column if self.line else None)
        return ":".join(str(part) for part in parts if part is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the check of a finished file measured, and by whose rule.

    `page` counts from 1, and is `None` for the file as a whole; `label` is what viewers call the
    page, `section` the bookmark that it stands under; `objects` are the operators or resources.
    """

    rule: str
    title: str
    source: str
    found: str
    allowed: str
    page: int | None = None
    label: str = ""
    section: str = ""
    objects: tuple[str, ...] = ()

    def __str__(self) -> str:
        label = f" ({self.label})" if self.label else ""
        section = f" “{self.section}”" if self.section else ""
        page = f"page {self.page}{label}{section}: " if self.page else ""
        more = f" and {len(self.objects) - 1} more" if len(self.objects) > 1 else ""
        where = f" [{self.objects[0]}{more}]" if self.objects else ""
        return f"{page}{self.found}, should be {self.allowed}{where}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One fault: what was found and expected, why it matters, and one thing to do.

    A fault of a finished file has its `evidence`.
    """

    code: str
    location: Location | None
    problem: str
    cause: str
    fix: str
    severity: Severity
    evidence: Evidence | None = None

    @property
    def is_error(self) -> bool:
        """Whether this fault stops a build."""
        return self.severity is Severity.ERROR

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, int, str]:
        """File, line and column first, so that a reader walks through each file once.

        The faults of a finished file go by their rules, and then by pages.
        """
        place = self.location or Location(path="")
        rule, page = (self.evidence.rule, self.evidence.page or 0) if self.evidence else ("", 0)
        line, column = place.line or 0, place.column or 0
        return (place.path, line, column, self.code, rule, page, self.problem)


def diagnose(
    code: str, location: Location | None, *, problem: str, cause: str, fix: str
) -> Diagnostic:
    """Make the diagnostic `code` with the severity its row in `CODES` gives."""
    return Diagnostic(
        code=code,
        location=location,
        problem=problem,
        cause=cause,
        fix=fix,
        severity=CODES[code].severity,
    )


class BrochureError(Exception):
    """The one exception meant for users; it carries everything that is wrong."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_order(diagnostics)
        super().__init__("; ".join(fault.problem for fault in self.diagnostics))

    def __reduce__(self) -> tuple[type[BrochureError], tuple[Iterable[Diagnostic]]]:
        return type(self), (self.diagnostics,)  # it comes from a worker of another process


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file, line and column, and drop repetitions."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda fault: fault.sort_key))


def promoted(diagnostics: Iterable[Diagnostic], *, strict: bool) -> tuple[Diagnostic, ...]:
    """Turn warnings into errors when `strict`."""
    if not strict:
        return tuple(diagnostics)
    return tuple(replace(fault, severity=Severity.ERROR) for fault in diagnostics)


OFF = "off"
"""The severity of a warning that a clinic does not want to see."""


def weighed(
    diagnostics: Iterable[Diagnostic], severities: Mapping[str, str], *, strict: bool
) -> tuple[Diagnostic, ...]:
    """Give each warning the severity that `brochure.toml` sets for its code, then `promoted`.

    Errors stay errors, whatever `severities` says; a warning that is `OFF` is left out.
    """
    heeded = [
        (fault, Severity.ERROR.value if fault.is_error else severities.get(fault.code))
        for fault in diagnostics
    ]
    chosen = [
        replace(fault, severity=Severity(severity)) if severity else fault
        for fault, severity in heeded
        if severity != OFF
    ]
    return promoted(chosen, strict=strict)


def stop_on_errors(diagnostics: Sequence[Diagnostic]) -> None:
    """Raise a `BrochureError` with all diagnostics if one of them is an error."""
    if any(fault.is_error for fault in diagnostics):
        raise BrochureError(diagnostics)


def exit_code_of(diagnostics: Iterable[Diagnostic]) -> ExitCode:
    """The exit code of a run: the highest that one of its errors asks for."""
    errors = [CODES[fault.code].exit_code for fault in diagnostics if fault.is_error]
    return max(errors, default=ExitCode.DONE)
