"""The style sheets of one language and edition, rendered from their templates and kept.

To read and compile the templates takes longer than to compose a treatment's pages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import jinja2

from brochure.assets import Assets
from brochure.digests import digest_of, toolchain_digest
from brochure.pages.composition import Style
from brochure.pages.environment import render_template
from brochure.pages.stock import Stock


def style_sheets(
    names: Sequence[str],
    values: Mapping[str, Any],
    stock: Stock,
    *,
    environment: jinja2.Environment,
    assets: Assets,
) -> tuple[Style, ...]:
    """Render the sheets `names`, unless the same ones are kept.

    They are kept under the digest of all that they could show, and of every template that they
    could include, unless somebody edited one meanwhile. Raises `BrochureError` with
    `template-fault`.
    """
    cache = stock.cache
    key = _digest(names, values, stock, assets) if cache else ""
    if known := cache.get(key):
        return tuple(Style(name=name, css=css) for name, css in json.loads(known))
    styles = tuple(
        Style(name=name, css=render_template(environment, f"styles/{name}", values))
        for name in names
    )
    if cache and _digest(names, values, stock, assets) == key:
        cache.put(key, json.dumps([(style.name, style.css) for style in styles]).encode())
    return styles


def _digest(names: Sequence[str], values: Mapping[str, Any], stock: Stock, assets: Assets) -> str:
    templates = tuple(assets.files("templates"))
    return digest_of(("styles", names, values, stock.companions, templates, toolchain_digest()))
