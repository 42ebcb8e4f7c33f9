"""The palette: a few given colours, and tints derived from them in OKLCH.

A tint keeps the hue and moves lightness only, so that neighbours look related. Every colour that
text is set in or on is brought to WCAG 2.2 AA contrast (4.5 to 1, clause 1.4.3) by moving its
lightness until it passes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from brochure.cache import NO_CACHE, Cache
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.digests import digest_of, toolchain_digest
from brochure.settings import Brand

if TYPE_CHECKING:
    from coloraide import Color

AA_CONTRAST = 4.5
_WHITE = "#ffffff"
_STEP = 0.01


Colour = TypeVar("Colour")
"""`#rrggbb` in light, an `Ink` in print, text in a style sheet."""
Painted = TypeVar("Painted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hue(Generic[Colour]):
    """A colour and its relations.

    `base` for planes and rules, `deep` for text on white, paper or `tint`, `tint` for quiet
    planes, `mid` between the two, `on_base` for text on `base`.
    """

    base: Colour
    deep: Colour
    mid: Colour
    tint: Colour
    on_base: Colour

    def painted(self, paint: Callable[[Colour], Painted]) -> Hue[Painted]:
        """The same colours as `paint` gives them."""
        return Hue(
            base=paint(self.base),
            deep=paint(self.deep),
            mid=paint(self.mid),
            tint=paint(self.tint),
            on_base=paint(self.on_base),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette(Generic[Colour]):
    """Every colour of a page that does not belong to a category; `sheet` is the bare sheet."""

    ink: Colour
    muted: Colour
    paper: Colour
    rule: Colour
    sheet: Colour
    accent: Hue[Colour]

    def painted(self, paint: Callable[[Colour], Painted]) -> Palette[Painted]:
        """The same colours as `paint` gives them."""
        return Palette(
            ink=paint(self.ink),
            muted=paint(self.muted),
            paper=paint(self.paper),
            rule=paint(self.rule),
            sheet=paint(self.sheet),
            accent=self.accent.painted(paint),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """The colours of a brand, and the hues of its categories by their base colours."""

    palette: Palette[str]
    hues: Mapping[str, Hue[str]]


def light_of(brand: Brand, bases: Iterable[str], kept: Cache = NO_CACHE) -> Light:
    """Derive the colours of the pages, or take them from what is kept.

    To load what they are derived with takes longer than to read a hundred treatments.
    """
    wanted = sorted(set(bases))
    key = digest_of(("light", brand, wanted, toolchain_digest())) if kept else ""
    if known := kept.get(key):
        return _light_from(json.loads(known))
    hues = {base: hue_of(base, brand.paper) for base in wanted}
    light = Light(palette=palette_of(brand), hues=hues)
    kept.put(key, json.dumps(asdict(light)).encode())
    return light


def _light_from(data: dict[str, Any]) -> Light:
    accent = Hue(**data["palette"].pop("accent"))
    return Light(
        palette=Palette(**data["palette"], accent=accent),
        hues={base: Hue(**hue) for base, hue in data["hues"].items()},
    )


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, as WCAG 2.2 defines it."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def difference(one: str, other: str) -> float:
    """How different two colours look: ΔE2000, of which 1 is just visible (ISO/CIE 11664-6)."""
    return float(_colour(one).delta_e(other, method="2000"))


@cache
def hue_of(base: str, paper: str) -> Hue[str]:
    """Derive the relations of one base colour."""
    tint = _with_lightness(base, 0.955, chroma=0.22)
    on_base = _readable(_with_lightness(base, 0.97, chroma=0.2), (base,), step=_STEP)
    if contrast(on_base, base) < AA_CONTRAST:
        on_base = _readable(_with_lightness(base, 0.3), (base,), step=-_STEP)
    return Hue(
        base=base.lower(),
        deep=_readable(base, (_WHITE, paper, tint), step=-_STEP),
        mid=_with_lightness(base, 0.84, chroma=0.6),
        tint=tint,
        on_base=on_base,
    )


@cache
def palette_of(brand: Brand) -> Palette[str]:
    """Derive the whole palette from the brand."""
    return Palette(
        ink=brand.ink.lower(),
        muted=_readable(_with_lightness(brand.ink, 0.5), (_WHITE, brand.paper), step=-_STEP),
        paper=brand.paper.lower(),
        rule=_with_lightness(brand.ink, 0.8),
        sheet=_WHITE,
        accent=hue_of(brand.accent, brand.paper),
    )


def text_pairs(
    palette: Palette[str], hues: tuple[Hue[str], ...]
) -> tuple[tuple[str, str, str], ...]:
    """Every (use, text colour, background) that the style sheets set."""
    pairs = [
        ("text on white", palette.ink, _WHITE),
        ("text on paper", palette.ink, palette.paper),
        ("captions on white", palette.muted, _WHITE),
        ("captions on paper", palette.muted, palette.paper),
    ]
    accent = palette.accent
    pairs.append((f"{accent.base}: text on the colour", accent.on_base, accent.base))
    for hue in dict.fromkeys((accent, *hues)):
        pairs += [
            (f"{hue.base}: heads on white", hue.deep, _WHITE),
            (f"{hue.base}: heads on paper", hue.deep, palette.paper),
            (f"{hue.base}: heads on its tint", hue.deep, hue.tint),
            (f"{hue.base}: text on its tint", palette.ink, hue.tint),
        ]
    return tuple(pairs)


def check_contrast(
    palette: Palette[str], hues: tuple[Hue[str], ...], location: Location
) -> tuple[Diagnostic, ...]:
    """Report `contrast-low` for every pair under 4.5 to 1 that no derivation could mend."""
    return tuple(
        diagnose(
            "contrast-low",
            location,
            problem=f"Too faint to read: {use} ({text} on {ground}, "
            f"{contrast(text, ground):.1f} to 1)",
            cause=f"Readable text needs a contrast of {AA_CONTRAST} to 1 (WCAG AA).",
            fix="Choose a darker ink, a lighter paper or another accent under [brand] in "
            "brochure.toml.",
        )
        for use, text, ground in text_pairs(palette, hues)
        if contrast(text, ground) < AA_CONTRAST
    )


def _with_lightness(colour: str, lightness: float, *, chroma: float = 1.0) -> str:
    moved = _colour(colour).convert("oklch")
    moved["lightness"] = lightness
    moved["chroma"] = moved["chroma"] * chroma
    return _hex(moved)


def _readable(colour: str, grounds: tuple[str, ...], *, step: float) -> str:
    moved = _colour(colour).convert("oklch")
    last = 0.0 if step < 0 else 1.0
    while min(contrast(_hex(moved), ground) for ground in grounds) < AA_CONTRAST:
        if moved["lightness"] == last:
            break
        moved["lightness"] = min(max(moved["lightness"] + step, 0.0), 1.0)
    return _hex(moved)


def _hex(colour: Color) -> str:
    return str(colour.convert("srgb").fit(method="oklch-chroma").to_string(hex=True))


def _colour(text: str) -> Color:
    from coloraide import Color

    return Color(text)
