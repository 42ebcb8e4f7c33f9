"""What a text defines for use elsewhere in it: link targets, abbreviations, footnotes."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTarget:
    """Where a reference link leads, and its title."""

    address: str
    title: str | None


@dataclass(slots=True)
class Definitions:
    """Collected while blocks are read, used while running text is read."""

    links: dict[str, LinkTarget] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    footnotes: dict[str, Element] = field(default_factory=dict)

    def clear(self) -> None:
        """Forget the last text."""
        self.links.clear()
        self.abbreviations.clear()
        self.footnotes.clear()
