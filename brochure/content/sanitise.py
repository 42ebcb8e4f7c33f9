"""Raw HTML in a text, reduced to what may be printed.

The cleaning is nh3's (the ammonia sanitiser); this module only says what is allowed, turns what
has a meaning on paper into something that can be printed, and tells the clinic which of its tags
will not be.
"""

from __future__ import annotations

import re

import nh3

from brochure.content.document import Document
from brochure.content.markdown import render
from brochure.content.videos import ELEMENTS, PARTS, mark_videos, shortened, video_address
from brochure.diagnostics import Diagnostic, diagnose

_TAGS = set(
    "a abbr b bdi blockquote br caption code dd del div dl dt em h2 h3 h4 h5 h6 hr i img ins kbd "
    "li mark ol p pre q s small span strong sub sup table tbody td tfoot th thead tr u ul".split()
)
_HARMLESS = set(
    "address article aside big body center cite col colgroup details dfn figcaption figure font "
    "footer h1 header hgroup html main nav picture samp section strike summary time tt var "
    "wbr".split()
)
"""What loses nothing but its style when its tags go."""
_BLOCKS = re.compile(
    r"<(/?)(?:address|article|aside|center|details|figcaption|figure|footer|header|hgroup|"
    r"legend|main|nav|section|summary)(?=[\s/>])",
    re.IGNORECASE,
)
"""What stands on lines of its own on the site; it has to in print as well."""
_FORM = re.compile(r"</?form\b[^>]*>", re.IGNORECASE)
"""Goes first: to the sanitiser's parser a form inside a line would end the paragraph."""
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "div": {"class"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "p": {"data-video"},
    "span": {"class"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
}
_CLASSES = {("div", "footnotes"), ("span", "box")}
"""The classes that we write ourselves, and that mean something on the page."""
_SCHEMES = {"http", "https", "mailto", "tel"}
_UNWANTED_CONTENT = {"script", "style"}
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])([^>]*)")
_CODE = re.compile(r"(`{1,20})(?!`).{0,2000}?\1|<!--.*?-->", re.DOTALL)
_INDENTED = re.compile(r"^(?: {4}|\t)[^\n]*$", re.MULTILINE)
_TASK = re.compile(r"<input\b(?=[^>]*\btype=[\"']?checkbox)([^>]*)>", re.IGNORECASE)
_UNSAFE_LINK = re.compile(
    r"(?:(?<!!)\[[^\]\n]{0,500}\]\(\s*<?|href\s*=\s*[\"']?)(javascript|vbscript|data|file):",
    re.IGNORECASE,
)


def sanitise(html: str) -> str:
    """Keep text, structure, links and pictures of an HTML fragment; drop everything else.

    An embedded video leaves a mark with its address, a box to tick an empty or crossed box.
    """
    html = _BLOCKS.sub(r"<\1div", _FORM.sub("", mark_videos(html)))
    return nh3.clean(
        _TASK.sub(_box, html),
        tags=_TAGS,
        clean_content_tags=_UNWANTED_CONTENT,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        attribute_filter=_kept,
    )


def _box(task: re.Match[str]) -> str:
    cross = "×" if re.search(r"\bchecked\b", task[1]) else ""
    return f'<span class="box">{cross}</span> '


def _kept(tag: str, name: str, value: str) -> str | None:
    """Links within the web site lead nowhere on paper: their text stays, the link goes."""
    if (tag, name) == ("a", "href") and ":" not in value.partition("/")[0]:
        return None
    if name == "class" and (tag, value) not in _CLASSES:
        return None
    if name == "data-video":
        return shortened(value)
    return value


def dropped_html(document: Document) -> list[Diagnostic]:
    """Report `html-dropped` for every raw tag and link that will not be printed, at its line."""
    if not _TAG.search(document.body) and not _UNSAFE_LINK.search(document.body):
        return []
    if "<" not in document.body and "](" not in document.body:
        return []
    body = _CODE.sub(_blank, document.body)
    return [
        *(_dropped_tag(document, match) for match in _dropped_tags(body)),
        *(_dropped_link(document, match) for match in _UNSAFE_LINK.finditer(body)),
    ]


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _dropped_tags(body: str) -> list[re.Match[str]]:
    """Find them; indented lines count only if not all of them are code."""
    found = [match for match in _TAG.finditer(body) if _is_dropped(match, body)]
    if not found or not _INDENTED.search(body):
        return found
    printed = render(body).lower()
    plain = _INDENTED.sub(_blank, body)
    return [
        match
        for match in found
        if plain.startswith(match[0], match.start()) or f"<{match[1].lower()}" in printed
    ]


def _is_dropped(match: re.Match[str], body: str) -> bool:
    name = match[1].lower()
    if name in _TAGS or name in _HARMLESS or name in PARTS:
        return False
    if name == "input":
        return not re.search(r"\btype\s*=\s*[\"']?checkbox", match[2], re.IGNORECASE)
    if name in ELEMENTS:
        end = body.find(f"</{match[1]}", match.end())
        return not video_address(match[2], body[match.end() : max(end, match.end())])
    return True


def _dropped_tag(document: Document, match: re.Match[str]) -> Diagnostic:
    return _dropped(
        document,
        match.start(),
        problem=f"The HTML tag <{match[1].lower()}> is not printed",
        cause="Scripts, frames, forms and the like have no meaning on paper.",
        fix="Nothing, if it is for the web only; else write the text without this tag.",
    )


def _dropped_link(document: Document, match: re.Match[str]) -> Diagnostic:
    return _dropped(
        document,
        match.start(),
        problem=f"A link to “{match[1].lower()}:” is not printed",
        cause="Such a link runs a program or opens what is not on the web; its text stays.",
        fix="Link to a page of the web, or write the text without a link.",
    )


def _dropped(document: Document, start: int, *, problem: str, cause: str, fix: str) -> Diagnostic:
    before = document.body[:start]
    line = document.body_line + before.count("\n")
    place = document.place(line, len(before) - before.rfind("\n"))
    return diagnose("html-dropped", place, problem=problem, cause=cause, fix=fix)
