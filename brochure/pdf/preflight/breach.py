"""What breaks a rule, and how it is told: one `Diagnostic` for a rule, a page and a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from brochure.diagnostics import Diagnostic, Evidence, Location, diagnose
from brochure.pdf.preflight.rules import RULES
from brochure.pdf.preflight.sheets import Sheet
from brochure.printers import Printer


class Breach(NamedTuple):
    """Where a rule is broken: what was found and what may be; `sheet` is `None` for a file."""

    rule: str
    sheet: Sheet | None
    place: str
    found: str
    allowed: str


def diagnostics_of(
    breaches: Iterable[Breach], printer: Printer, name: str
) -> tuple[Diagnostic, ...]:
    """Tell the breaches of rules that hold for `printer`; equal ones of a page are one."""
    places: dict[tuple[object, ...], list[str]] = {}
    first: dict[tuple[object, ...], Breach] = {}
    for breach in breaches:
        if RULES[breach.rule].holds_for(printer):
            number = breach.sheet.number if breach.sheet else 0
            key = (breach.rule, number, breach.found, breach.allowed)
            places.setdefault(key, []).append(breach.place)
            first.setdefault(key, breach)
    return tuple(_told(first[key], places[key], printer, name) for key in places)


def _told(breach: Breach, places: list[str], printer: Printer, name: str) -> Diagnostic:
    rule, sheet = RULES[breach.rule], breach.sheet
    objects = tuple(dict.fromkeys(place for place in places if place))
    evidence = Evidence(
        rule=rule.name,
        title=rule.title[0].upper() + rule.title[1:],
        source=rule.source(printer),
        found=breach.found,
        allowed=breach.allowed,
        page=sheet.number if sheet else None,
        label=sheet.label if sheet else "",
        section=sheet.section if sheet else "",
        objects=objects,
    )
    fault = diagnose(
        rule.code,
        Location(path=name),
        problem=f"{evidence.title}: {evidence}",
        cause=f"{rule.advice.cause} ({evidence.source})",
        fix=rule.advice.fix,
    )
    return replace(fault, evidence=evidence)
