"""What becomes of each colour operator, on pages made for the purpose."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from brochure.assets import DEFAULTS
from brochure.pdf.separations import KNOCKOUT, OVERPRINT, Plates, separate
from brochure.printers import Ink, Intent, Spot
from brochure.separation import Separation

PROFILE = Path(DEFAULTS / "printers/profiles/FOGRA39L_coated.icc")
SEPARATION = Separation(profile=PROFILE, intent=Intent.RELATIVE, total_ink_percent=300)
RICH = (0.6, 0.4, 0.4, 1.0)
SEA = Spot(name="PANTONE 3155 C", alternate=Ink(cyan=100, magenta=0, yellow=20, black=40))


def states(**others: Dictionary) -> Dictionary:
    return Dictionary(ExtGState=Dictionary({f"/{name}": state for name, state in others.items()}))


def inked(
    content: str,
    resources: Dictionary | None = None,
    *,
    spots: tuple[Spot, ...] = (),
    overprints: bool = False,
    in_mask: bool = False,
) -> list[str]:
    """The operators that `content` is rewritten to, one a line."""
    plates = Plates(
        separation=SEPARATION, spots=spots, overprints_black=overprints, rich_black=RICH
    )
    with pikepdf.new() as file:
        stream = file.make_stream(content.encode())
        data, _ = separate(
            stream, resources or Dictionary(), plates, is_page=True, in_mask=in_mask
        )
    return data.decode().split("\n")


SQUARE, SQUARE_OUT = "0 0 9 9 re f", ["0 0 9 9 re", "f"]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("0 0 0 rg", "0 0 0 1 k"),
        ("1 1 1 rg", "0 0 0 0 k"),
        ("0 g", "0 0 0 1 k"),
        ("0.75 g", "0 0 0 0.25 k"),
        ("0.1 0.2 0.3 0.4 k", "0.1 0.2 0.3 0.4 k"),
        ("/DeviceCMYK cs 0.1 0.2 0.3 0.4 scn", "0.1 0.2 0.3 0.4 k"),
        ("/DeviceRGB cs 0 0 0 sc", "0 0 0 1 k"),
    ],
)
def test_a_colour_is_written_in_inks(given, wanted):
    assert inked(f"{given} {SQUARE}") == [wanted, *SQUARE_OUT]


def test_a_colour_goes_through_the_profile_within_the_total_ink():
    line, *_ = inked(f"0 0 0.5 rg {SQUARE}")
    cyan, magenta, yellow, black = (float(part) for part in line.split()[:4])

    assert line.endswith(" k")
    assert cyan > magenta > yellow
    assert cyan + magenta + yellow + black <= 3.0


def test_strokes_and_fills_keep_their_own_colours():
    content = "1 1 1 rg 0 0 0 RG 0 0 m 9 9 l B"

    assert inked(content) == ["0 0 0 0 k", "0 0 0 1 K", "0 0 m", "9 9 l", "B"]


def test_a_page_starts_in_black():
    assert inked(SQUARE) == ["0 0 0 1 k", *SQUARE_OUT]


def test_q_brings_a_colour_back():
    content = f"0.5 g {SQUARE} q 0 g {SQUARE} Q {SQUARE}"
    grey, black = ["0 0 0 0.5 k", *SQUARE_OUT], ["0 0 0 1 k", *SQUARE_OUT]

    assert inked(content) == [*grey, "q", *black, "Q", *SQUARE_OUT]


def test_a_colour_that_paints_nothing_is_left_out():
    assert inked(f"1 0 0 rg 0 g {SQUARE}") == ["0 0 0 1 k", *SQUARE_OUT]


def test_a_colour_never_comes_between_a_path_and_its_painting():
    assert inked("0 0 9 9 re W n 0 g 0 0 m 9 9 l 9 0 l f") == [
        *("0 0 9 9 re", "W", "n"),
        *("0 0 0 1 k", "0 0 m", "9 9 l", "9 0 l", "f"),
    ]


def test_spaces_that_know_no_device_are_converted():
    resources = Dictionary(
        ColorSpace=Dictionary(
            {"/lab": Array([Name.Lab, Dictionary(WhitePoint=[0.964, 1, 0.825])])}
        )
    )

    assert inked(f"/lab cs 100 0 0 scn {SQUARE}", resources) == ["0 0 0 0 k", *SQUARE_OUT]


def test_patterns_and_spots_pass_through():
    resources = Dictionary(
        ColorSpace=Dictionary({"/gold": Array([Name.Separation, Name.Gold, Name.DeviceCMYK])})
    )

    assert inked(f"/Pattern cs /p0 scn {SQUARE} /gold cs 0.5 scn {SQUARE}", resources) == [
        *("/Pattern cs", "/p0 scn", *SQUARE_OUT),
        *("/gold cs", "0.5 scn", *SQUARE_OUT),
    ]


class TestOverprint:
    def test_black_text_overprints(self):
        content = "BT 0 0 0 rg /f 9 Tf (a) Tj ET"

        assert f"/{OVERPRINT} gs" in inked(content, overprints=True)
        assert not any(line.endswith("gs") for line in inked(content))

    @pytest.mark.parametrize("colour", ["1 1 1 rg", "0 0 0 0.9 k", "1 0 0 1 k"])
    def test_text_of_any_other_colour_knocks_out(self, colour):
        content = f"BT /f 9 Tf 0 g (a) Tj {colour} (b) Tj ET"
        lines = inked(content, overprints=True)

        assert lines.index(f"/{OVERPRINT} gs") < lines.index(f"/{KNOCKOUT} gs")
        assert lines.index(f"/{KNOCKOUT} gs") < lines.index("(b) Tj")

    @pytest.mark.parametrize(
        ("path", "state"),
        [
            ("0 0 200 1 re f", OVERPRINT),
            ("0.5 w 0 0 m 200 0 l S", OVERPRINT),
            ("0 0 9 9 re f", KNOCKOUT),
            ("9 w 0 0 m 200 0 l S", KNOCKOUT),
            ("9 0 0 9 0 0 cm 0.5 w 0 0 m 20 0 l S", KNOCKOUT),
            ("0.1 0 0 0.1 0 0 cm 0 0 200 9 re f", OVERPRINT),
        ],
    )
    def test_only_thin_rules_overprint(self, path, state):
        written = [line for line in inked(path, overprints=True) if line.endswith("gs")]

        assert written == [f"/{state} gs"]

    def test_pictures_knock_out(self):
        picture = Dictionary(Subtype=Name.Image, ColorSpace=Name.DeviceGray)
        resources = Dictionary(XObject=Dictionary({"/i": picture}))

        assert inked("0 0 9 1 re f /i Do", resources, overprints=True)[-2:] == [
            f"/{KNOCKOUT} gs",
            "/i Do",
        ]


class TestLargeBlack:
    def test_a_large_area_of_black_is_rich(self):
        assert inked("0 g 0 0 100 100 re f")[0] == "0.6 0.4 0.4 1 k"

    @pytest.mark.parametrize(
        "content",
        [
            "0 0 500 20 re f",
            "0.1 0 0 0.1 0 0 cm 0 0 100 100 re f",
            "0 0 0 0.9 k 0 0 100 100 re f",
        ],
    )
    def test_what_is_narrow_small_or_not_black_is_not(self, content):
        assert "0.6 0.4 0.4 1 k" not in inked(content)

    def test_the_many_squares_of_a_code_are_no_area(self):
        squares = " ".join(f"{10 * x} {10 * y} 10 10 re" for x in range(9) for y in range(9))

        assert inked(f"0 g {squares} f")[0] == "0 0 0 1 k"


class TestSpots:
    @pytest.mark.parametrize(
        ("inks", "amount"),
        [("1 0 0.2 0.4 k", "1"), ("0.5 0 0.1 0.2 k", "0.5"), ("0.12 0 0.024 0.048 k", "0.12")],
    )
    def test_the_alternate_and_its_tints_are_the_spot(self, inks, amount):
        assert inked(f"{inks} {SQUARE}", spots=(SEA,)) == [
            *("/Spot0 cs", f"{amount} scn"),
            *SQUARE_OUT,
        ]

    @pytest.mark.parametrize("inks", ["1 0 0.2 0.5 k", "0 0 0 0 k", "0 0 0 1 k"])
    def test_other_inks_are_not(self, inks):
        assert inked(f"{inks} {SQUARE}", spots=(SEA,))[0] == inks


class TestOpacity:
    def test_what_cannot_be_seen_is_not_painted(self):
        resources = states(none=Dictionary(ca=0), all=Dictionary(ca=1))

        assert inked(f"/none gs {SQUARE} /all gs {SQUARE}", resources) == [
            *("0 0 9 9 re", "n"),
            *("0 0 0 1 k", *SQUARE_OUT),
        ]

    def test_what_shines_through_goes_on_doing_so(self):
        resources = states(half=Dictionary(ca=0.5))

        assert inked(f"/half gs {SQUARE}", resources)[0] == "/half gs"


def test_colours_of_a_mask_are_levels_of_grey():
    content = f"1 1 1 rg {SQUARE} 0 0 0 rg {SQUARE} 1 0 0 rg {SQUARE}"

    assert [line for line in inked(content, in_mask=True) if line.endswith(" g")] == [
        *("1 g", "0 g", "0.3 g")
    ]
