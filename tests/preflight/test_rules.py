"""Every rule fires on the file that breaks it, and nothing else does."""

from dataclasses import replace

import pytest

from brochure.pdf.preflight import preflight
from brochure.pdf.preflight.rules import RULES
from brochure.printers import Standard
from preflight.base import good, printer, saved
from preflight.cases import CASES, X1A
from preflight.others import OTHERS


def rules_of(pdf: bytes, by) -> set[str]:
    return {fault.evidence.rule for fault in preflight(pdf, by, "case.pdf")}


@pytest.mark.parametrize("name", CASES)
def test_a_file_with_one_fault_breaks_one_rule(name):
    case = CASES[name]

    assert rules_of(case.bytes(), case.printer) == case.rules


@pytest.mark.parametrize("by", [printer(), printer("x3-coated"), X1A], ids=lambda by: by.standard)
def test_a_good_file_breaks_none(by):
    assert preflight(saved(good(by.standard), by.standard), by, "good.pdf") == ()


def test_every_rule_has_a_file_that_breaks_it():
    broken = {rule for case in CASES.values() for rule in case.rules}
    broken |= {rule for other in OTHERS for rule in other.rules}

    assert broken == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_names_its_source(rule):
    for standard in rule.standards:
        by = replace(printer(), standard=standard)
        if rule.holds_for(by):
            assert rule.source(by)


def test_a_rule_of_iso_15930_does_not_hold_for_the_office():
    held = {rule.name for rule in RULES.values() if rule.holds_for(printer("office"))}

    assert held.isdisjoint({"box-missing", "colour-rgb", "claim", "transparency", "annotation"})
    assert {"picture-dpi", "type-small", "safe-zone"} <= held


def test_a_source_is_a_clause_and_the_printers_entry():
    x3 = printer("x3-coated")

    assert RULES["box-missing"].source(printer()) == "ISO 15930-7:2010, 6.12"
    assert RULES["box-missing"].source(X1A) == "ISO 15930-4:2003, 6.8"
    assert RULES["box-missing"].source(x3) == "ISO 15930-6:2003"
    assert RULES["hairline"].source(x3) == "printer x3-coated: hairline_pt"


def test_standards_are_those_that_a_printer_may_want():
    assert {standard for rule in RULES.values() for standard in rule.standards} == set(Standard)
