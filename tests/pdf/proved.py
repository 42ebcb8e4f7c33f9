"""A clinic's brochure as the proof gets it: finished bytes, and what they were made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from brochure import api
from brochure.api.brochures import make
from brochure.diagnostics import Diagnostic
from brochure.pages.composition import Composition
from brochure.pdf import proof
from brochure.pdf.linker import Extent


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """What one call of the proof was given, and what it said."""

    data: bytes
    composition: Composition
    layout: Extent
    drawn: bytes
    said: tuple[Diagnostic, ...]

    def again(self, data: bytes) -> tuple[Diagnostic, ...]:
        """What the proof says of other bytes."""
        return proof.prove_text(data, self.composition, self.layout, drawn=self.drawn)

    def page(self, file: pikepdf.Pdf, title: str) -> pikepdf.Page:
        """The first page of the treatment with this title."""
        starts = dict(self.layout.starts)
        anchor = next(place.anchor for place in self.composition.sections if place.title == title)
        return file.pages[starts[anchor]]


def brochures(folder: Path, monkeypatch, languages: Sequence[str] = ()) -> dict[str, Proved]:
    """Build the clinic in `folder`; gives what the proof got, by language."""
    calls: dict[str, Proved] = {}
    prove = proof.prove_text

    def listen(data, composition, layout, *, drawn):
        said = prove(data, composition, layout, drawn=drawn)
        calls[composition.language] = Proved(
            data=data, composition=composition, layout=layout, drawn=drawn, said=said
        )
        return said

    monkeypatch.setattr(proof, "prove_text", listen)
    # Where every part is proved, nobody asks for the whole, which comes last here.
    monkeypatch.setattr("brochure.production.brochures.is_proved_in", lambda part: False)
    make(api.open_project(folder), codes=languages)
    return calls
