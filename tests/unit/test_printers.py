"""The printers that come with us, and those that a clinic adds; tests/faults has the faults."""

import shutil
from dataclasses import MISSING, fields, replace

import pytest

from brochure.assets import DEFAULTS, Assets, assets_of
from brochure.diagnostics import BrochureError
from brochure.pages.edition import SCREEN, print_edition
from brochure.printer_files import FILLED_IN, load_printers, printer_named
from brochure.printers import Ink, Marks, PageOrder, Printer, Standard, ink_from

OURS = Assets(roots=(DEFAULTS,))
PRINTERS, FAULTS = load_printers(OURS)
BY_NAME = {printer.name: printer for printer in PRINTERS}


def test_ours_can_all_be_read_and_differ_in_what_print_shops_differ_in():
    assert FAULTS == ()
    assert {printer.standard for printer in PRINTERS} == set(Standard)
    assert {printer.marks for printer in PRINTERS} == set(Marks)
    assert {printer.page_order for printer in PRINTERS} == set(PageOrder)
    assert {printer.has_blanks for printer in PRINTERS} == {True, False}
    assert BY_NAME["generic-uncoated"].total_ink_percent == 280
    assert BY_NAME["generic-uncoated"].picture_dpi == 260


def test_the_default_is_what_hardly_any_print_shop_turns_away():
    printer = BY_NAME["generic-coated"]

    assert (printer.standard, printer.total_ink_percent) == (Standard.X4, 300)
    assert (printer.bleed_mm, printer.picture_dpi, printer.page_multiple) == (3, 300, 4)
    assert printer.condition.identifier == "FOGRA39"
    assert printer.condition.registry == "http://www.color.org"
    assert printer.condition.is_embedded


def test_one_that_forbids_profiles_names_its_condition_only():
    printer = BY_NAME["no-profiles"]

    assert printer.standard is Standard.X1A
    assert not printer.condition.is_embedded


def test_the_office_takes_light_and_needs_nothing_else():
    edition = print_edition(BY_NAME["office"])

    assert not edition.is_in_inks
    assert (edition.bleed_mm, edition.picture_dpi) == (0, SCREEN.picture_dpi)


def test_no_condition_is_claimed_that_its_profile_is_not_made_for():
    named = {
        printer.condition.profile.name: printer.condition.identifier
        for printer in PRINTERS
        if printer.condition
    }

    assert named == {"FOGRA39L_coated.icc": "FOGRA39"}


@pytest.mark.parametrize("printer", PRINTERS, ids=lambda printer: printer.name)
def test_a_file_s_name_is_safe_everywhere(printer):
    name = printer.file_named(clinic="a-clinic", language="zh-Hant", version="2. Ed/β", pages=48)

    assert name.endswith(".pdf")
    assert name.isascii()
    assert not set(name) & set('/\\ :*?"<>|{}')
    assert "zh-Hant" in name


def test_what_a_file_name_may_hold_is_what_is_filled_in():
    pattern = "".join(f"{{{name}}}" for name in sorted(FILLED_IN))
    printer = replace(PRINTERS[0], file_name=pattern + ".pdf")

    name = printer.file_named(clinic="a", language="b", version="c", pages=4)
    assert name == f"ab4{printer.name}c.pdf"


def test_the_clinic_s_own_file_counts_before_ours(tmp_path):
    folder = tmp_path / "printers"
    folder.mkdir()
    text = (DEFAULTS / "printers/generic-coated.toml").read_text("utf-8")
    (folder / "generic-coated.toml").write_text(text.replace("bleed_mm = 3", "bleed_mm = 4"))
    (folder / "our-shop.toml").write_text(text.replace("FOGRA39L_coated.icc", "ours.icc"))
    (folder / "profiles").mkdir()
    ours = DEFAULTS / "printers/profiles/FOGRA39L_coated.icc"
    shutil.copy(ours, folder / "profiles/ours.icc")

    assert printer_named(assets_of(tmp_path), "generic-coated").bleed_mm == 4
    shop = printer_named(assets_of(tmp_path), "our-shop")
    assert shop.condition.profile == folder / "profiles/ours.icc"
    assert printer_named(assets_of(tmp_path), "no-profiles").condition.profile == ours


def test_one_printer_s_faults_do_not_keep_another_from_printing(tmp_path):
    (tmp_path / "printers").mkdir()
    (tmp_path / "printers/bad.toml").write_text("bleed_mm = 3\n")

    assert printer_named(assets_of(tmp_path), "generic-coated").name == "generic-coated"
    known, faults = load_printers(assets_of(tmp_path))
    assert {printer.name for printer in known} == set(BY_NAME)
    wanted = {item.name for item in fields(Printer) if item.default is MISSING}
    assert len(faults) == len(wanted - {"name", "bleed_mm"})


@pytest.mark.parametrize("name", ["", "../generic-coated", "Generic", "profiles/x", "a b"])
def test_a_name_that_is_none_is_unknown(name):
    with pytest.raises(BrochureError, match="no printer"):
        printer_named(OURS, name)


@pytest.mark.parametrize("value", [None, "cyan", [1, 2, 3], [0, 0, 0, 101], [True, 0, 0, 0]])
def test_an_ink_is_four_percentages(value):
    with pytest.raises(TypeError, match="four numbers from 0 to 100"):
        ink_from(value)


def test_a_tint_is_the_same_mixture_in_smaller_dots():
    ink = Ink(cyan=90, magenta=40, yellow=50, black=30)

    assert ink.total == 210
    assert ink.tint(50) == Ink(cyan=45, magenta=20, yellow=25, black=15)
    assert ink.tint(100) == ink
