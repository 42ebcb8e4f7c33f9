"""Which page lies where on the sheets, as grids that a reviewer can fold from paper.

Pages are numbered from 1, a blank is a dash; creep is in millimetres towards the fold. A face is
shown as it lies on the paper: `turned` ones are printed upside-down, so they are shown that way.
After a change that was meant: `pytest tests/golden --update-golden`.
"""

from collections.abc import Iterator
from pathlib import Path

from brochure.measures import Size
from brochure.pdf.imposition import (
    Binding,
    Face,
    FlipEdge,
    back_to_back,
    for_flip,
    n_up,
    padded,
    saddle,
    trifold,
)

GOLDEN = Path(__file__).with_name("imposition.txt")
LANDSCAPE = Size(width_mm=297, height_mm=210)
LEFT, RIGHT = Binding.LEFT, Binding.RIGHT
PLANS = {
    "10 pages, bound on the left": saddle(padded(10), LEFT),
    "10 pages, bound on the right": saddle(padded(10), RIGHT),
    "10 pages, turned on the long edge": for_flip(
        saddle(padded(10), LEFT), FlipEdge.LONG, LANDSCAPE
    ),
    "20 pages in signatures of 8, 1 mm of creep": saddle(padded(20), LEFT, size=8, creep_mm=1),
    "12 pages, 2 mm of creep": saddle(padded(12), LEFT, creep_mm=2),
    "a flip-book of 5 (left) and 6 pages (right)": saddle(back_to_back(5, 6), LEFT),
    "a leaflet of 6 panels, left to right": trifold(padded(6, 6), LEFT),
    "a leaflet of 6 panels, right to left": trifold(padded(6, 6), RIGHT),
    "5 pages, four on a side, right to left": n_up(5, RIGHT, columns=2, rows=2),
    "2 pages, two copies of each": n_up(2, LEFT, columns=2, is_repeated=True),
}


def lines(title: str, faces: tuple[Face, ...]) -> Iterator[str]:
    yield title
    for number, face in enumerate(faces):
        side = f"sheet {number // 2 + 1} front" if number % 2 == 0 else "        back "
        rows = [row[::-1] for row in face.rows[::-1]] if face.is_turned else face.rows
        notes = [f"creep {face.creep_mm:g}"] * bool(face.creep_mm) + ["turned"] * face.is_turned
        for row in rows:
            cells = " ".join(f"{'-' if page is None else page + 1:>3}" for page in row)
            yield f"  {side} {cells}  {' '.join(notes)}".rstrip()
            side, notes = " " * len(side), []
    yield ""


def test_pages_lie_where_they_should(request):
    text = "\n".join(line for title, faces in PLANS.items() for line in lines(title, faces))

    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
