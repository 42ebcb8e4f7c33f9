"""Raw HTML in a text, reduced to what may be printed.

The cleaning is nh3's (the ammonia sanitiser); this module only says what is allowed, and tells
the clinic which of its tags will not be printed.
"""

from __future__ import annotations

import re

import nh3

from brochure.content.document import Document
from brochure.diagnostics import Diagnostic, diagnose

_TAGS = set(
    "a abbr b bdi blockquote br caption code dd del div dl dt em h2 h3 h4 h5 h6 hr i img ins kbd "
    "li mark ol p pre q s small span strong sub sup table tbody td tfoot th thead tr u ul".split()
)
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_UNWANTED_CONTENT = {"script", "style"}
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])")
_CODE = re.compile(r"(`+).*?\1|<!--.*?-->|^(?: {4}|\t)[^\n]*$", re.DOTALL | re.MULTILINE)


def sanitise(html: str) -> str:
    """Keep text, structure, links and pictures of an HTML fragment; drop everything else."""
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_UNWANTED_CONTENT,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        attribute_filter=_kept,
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    """Links within the web site lead nowhere on paper: their text stays, the link goes."""
    leads_nowhere = (tag, name) == ("a", "href") and ":" not in value.partition("/")[0]
    return None if leads_nowhere else value


def dropped_html(document: Document) -> list[Diagnostic]:
    """Report `html-dropped` for every raw tag that will not be printed, at its line."""
    body = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), document.body)
    return [
        _dropped(document, match) for match in _TAG.finditer(body) if match[1].lower() not in _TAGS
    ]


def _dropped(document: Document, match: re.Match[str]) -> Diagnostic:
    before = document.body[: match.start()]
    line = document.body_line + before.count("\n")
    return diagnose(
        "html-dropped",
        document.place(line, len(before) - before.rfind("\n")),
        problem=f"The HTML tag <{match[1].lower()}> is not printed",
        cause="Scripts, frames, forms and the like have no meaning on paper.",
        fix="Nothing, if it is for the web only; else write the text without this tag.",
    )
