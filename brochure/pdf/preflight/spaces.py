"""Colour spaces and colours, and how much ink lies where they are painted (ISO 32000-1, 8.6)."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pikepdf import Array, Dictionary, Name, Stream

from brochure.pdf.preflight.streams import decoded


class Kind(enum.Enum):
    """What a space comes to on the press."""

    GRAY = "black ink"
    CMYK = "process inks"
    SPOT = "spot ink"
    REGISTRATION = "every ink"
    RGB = "RGB"
    CALIBRATED = "light, by a profile"
    PROFILED_INKS = "inks, by a profile"
    PATTERN = "pattern"
    UNKNOWN = "unknown"


class Space(NamedTuple):
    """A colour space; `base` is what an indexed, spot or pattern space is made from.

    `lookup` holds the samples of an indexed space's palette.
    """

    name: str
    kind: Kind
    components: int
    colorants: tuple[str, ...] = ()
    base: Space | None = None
    lookup: bytes = b""

    @property
    def chain(self) -> tuple[Space, ...]:
        """The space and everything that it is made from."""
        return (self, *self.base.chain) if self.base else (self,)

    @property
    def initial(self) -> tuple[float, ...]:
        """The colour before any is set (8.6.3)."""
        if self.kind is Kind.CMYK:
            return (0.0, 0.0, 0.0, 1.0)
        first = 1.0 if self.kind in (Kind.SPOT, Kind.REGISTRATION) else 0.0
        return (first,) * self.components


GRAY = Space("DeviceGray", Kind.GRAY, 1)
RGB = Space("DeviceRGB", Kind.RGB, 3)
CMYK = Space("DeviceCMYK", Kind.CMYK, 4, ("Cyan", "Magenta", "Yellow", "Black"))
PATTERN = Space("Pattern", Kind.PATTERN, 0)
UNKNOWN = Space("an unknown colour space", Kind.UNKNOWN, 0)
_DEVICE = {
    "/DeviceGray": GRAY, "/G": GRAY, "/DeviceRGB": RGB, "/RGB": RGB,
    "/DeviceCMYK": CMYK, "/CMYK": CMYK, "/Pattern": PATTERN,
}  # fmt: skip
_DEFAULTS = {GRAY: "/DefaultGray", RGB: "/DefaultRGB", CMYK: "/DefaultCMYK"}
_CALIBRATED = {"/CalRGB": 3, "/Lab": 3, "/CalGray": 1}
_BY_COUNT = {1: GRAY, 3: RGB, 4: CMYK}
_PROCESS = {"Cyan", "Magenta", "Yellow", "Black"}
_DEEPEST = 6


class Colour(NamedTuple):
    """A colour as it is painted; `pattern` is the object that paints instead of it."""

    space: Space
    values: tuple[float, ...]
    pattern: Any = None

    @property
    def inks(self) -> dict[str, float] | None:
        """How much of each ink, from 0 to 1; `None` where only a profile can say."""
        return _inks(self.space, self.values)

    @property
    def total(self) -> float | None:
        """All inks together, in percent."""
        inks = self.inks
        return None if inks is None else 100 * sum(inks.values())

    @property
    def is_white(self) -> bool:
        """Whether it leaves the paper bare."""
        if self.space.kind in (Kind.RGB, Kind.CALIBRATED) and "Lab" not in self.space.name:
            return all(value >= 1 for value in self.values)
        return self.pattern is None and self.total == 0

    def __str__(self) -> str:
        numbers = " ".join(f"{value:.4g}" for value in self.values)
        return f"{self.space.name} {numbers}".strip()


BLACK = Colour(GRAY, (0.0,))


def _inks(space: Space, values: tuple[float, ...]) -> dict[str, float] | None:
    if len(values) < space.components:
        return None
    if space.base and space.name.startswith("Indexed"):
        count, start = space.base.components, int(values[0]) * space.base.components
        samples = space.lookup[start : start + count]
        return _inks(space.base, tuple(sample / 255 for sample in samples))
    if space.kind is Kind.GRAY:
        return {"Black": 1 - values[0]}
    if space.kind is Kind.REGISTRATION:
        return dict.fromkeys(sorted(_PROCESS), values[0])
    if space.kind in (Kind.CMYK, Kind.SPOT, Kind.PROFILED_INKS):
        pairs = zip(space.colorants, values, strict=False)
        return {name: value for name, value in pairs if name != "None"}
    return None


@dataclass(slots=True)
class Spaces:
    """Reads colour spaces, each shared one once."""

    _known: dict[tuple[int, int], Space] = field(default_factory=dict)

    def named(self, name: str, resources: Any) -> Space:
        """The space that a content stream calls `name`."""
        listed = resources.get("/ColorSpace", Dictionary()) if resources is not None else {}
        if device := _DEVICE.get(f"/{name}"):
            default = listed.get(_DEFAULTS.get(device, "/none"))
            return self.read(default) if default is not None else device
        found = listed.get(f"/{name}")
        return UNKNOWN if found is None else self.read(found, resources)

    def read(self, item: Any, resources: Any = None, depth: int = 0) -> Space:
        """The space that `item`, a name or an array, describes."""
        if depth > _DEEPEST:
            return UNKNOWN
        if isinstance(item, Name):
            return self.named(str(item)[1:], resources) if depth == 0 else _device(item)
        if not isinstance(item, Array) or not len(item):
            return UNKNOWN
        if item.is_indirect and item.objgen in self._known:
            return self._known[item.objgen]
        space = self._array(item, resources, depth + 1)
        if item.is_indirect:
            self._known[item.objgen] = space
        return space

    def _array(self, item: Any, resources: Any, depth: int) -> Space:
        family = str(item[0])
        if family == "/ICCBased":
            return _profiled(item[1])
        if family in _CALIBRATED:
            return Space(family[1:], Kind.CALIBRATED, _CALIBRATED[family])
        if family in ("/Indexed", "/I"):
            return self._indexed(item, resources, depth)
        if family in ("/Separation", "/DeviceN"):
            return self._spot(item, resources, depth)
        if family == "/Pattern" and len(item) > 1:
            return PATTERN._replace(base=self._within(item[1], resources, depth))
        return _DEVICE.get(family, UNKNOWN)

    def _within(self, item: Any, resources: Any, depth: int) -> Space:
        if isinstance(item, Name):
            return self.named(str(item)[1:], resources)
        return self.read(item, resources, depth)

    def _indexed(self, item: Any, resources: Any, depth: int) -> Space:
        base = self._within(item[1], resources, depth)
        table = item[3]
        lookup = decoded(table) if isinstance(table, Stream) else bytes(table)
        return Space(f"Indexed {base.name}", base.kind, 1, (), base, lookup)

    def _spot(self, item: Any, resources: Any, depth: int) -> Space:
        names = [item[1]] if isinstance(item[1], Name) else list(item[1])
        colorants = tuple(str(name)[1:] for name in names)
        base = self._within(item[2], resources, depth)
        if colorants == ("All",):
            return Space("Separation All", Kind.REGISTRATION, 1, colorants)
        family = str(item[0])[1:]
        kind = Kind.CMYK if set(colorants) <= _PROCESS and len(colorants) > 1 else Kind.SPOT
        name = f"{family} {', '.join(colorants)}"
        return Space(name, kind, len(colorants), colorants, base)


def _device(item: Any) -> Space:
    return _DEVICE.get(str(item), UNKNOWN)


def _profiled(stream: Any) -> Space:
    count = int(stream.get("/N", 0))
    kind = {1: Kind.CALIBRATED, 3: Kind.CALIBRATED, 4: Kind.PROFILED_INKS}.get(count)
    if kind is None:
        return UNKNOWN
    basis = _BY_COUNT[count]
    return Space(f"ICCBased {basis.name[6:]}", kind, count, basis.colorants)


def palette(space: Space) -> Iterator[Colour]:
    """Every colour that an indexed space can paint."""
    if space.base:
        for index in range(len(space.lookup) // max(1, space.base.components)):
            yield Colour(space, (float(index),))
