import pytest

from brochure.terminal import Order, text_for, visual

TITLE = "حقن 10 Botox"
TURNED = "Botox 10 ﻦﻘﺣ"


@pytest.mark.parametrize(
    ("order", "environment", "is_terminal", "shown"),
    [
        (Order.AUTO, {}, True, TURNED),
        (Order.AUTO, {"TERM_PROGRAM": "vscode", "VTE_VERSION": "5202"}, True, TURNED),
        (Order.AUTO, {"VTE_VERSION": "7006"}, True, TITLE),
        (Order.AUTO, {"KONSOLE_VERSION": "230800"}, True, TITLE),
        (Order.AUTO, {"MLTERM": "3.9.0"}, True, TITLE),
        (Order.AUTO, {"TERM_PROGRAM": "Apple_Terminal"}, True, TITLE),
        (Order.AUTO, {"TERM_PROGRAM": "mintty"}, True, TITLE),
        (Order.AUTO, {}, False, TITLE),
        (Order.VISUAL, {"VTE_VERSION": "7006"}, False, TURNED),
        (Order.LOGICAL, {}, True, TITLE),
    ],
)
def test_a_title_is_turned_only_where_the_terminal_does_not_turn_it(
    order, environment, is_terminal, shown
):
    assert text_for(order, environment, is_terminal=is_terminal)(TITLE) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Rest", "Rest"), ("Ανάπαυση", "Ανάπαυση"), ("שלום (1)", "(1) םולש"), ("رَاحة", "ﺔﺣﺍﺭ")],
)
def test_letters_are_joined_and_put_in_the_order_they_are_seen(text, shown):
    assert visual(text) == shown
