"""What templates may call: text made safe for its direction, hours, dates, codes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from brochure.assets import Assets
from brochure.languages import DIGITS, Language
from brochure.pages.body import prose, settled
from brochure.pages.environment import make_environment
from brochure.pages.scripts import Companions, isolated

_NO_COMPANIONS = Companions()
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """One row of the table of hours: days, and times or a word."""

    days: str
    times: Markup


def text_environment(
    assets: Assets, language: Language, companions: Companions
) -> jinja2.Environment:
    """The environment for one language's templates, which it compiles once and then only renders.

    It compiles a template that has changed again; where one has come or gone, it is another one.
    """
    folders = assets.folders("templates")
    names = tuple(path for folder in folders for path in sorted(folder.rglob("*")))
    return _text_environment(assets, names, language, companions)


@lru_cache(maxsize=16)
def _text_environment(
    assets: Assets, _templates: tuple[Path, ...], language: Language, companions: Companions
) -> jinja2.Environment:
    environment = make_environment(assets)
    environment.filters.update(text_filters(language, companions))
    return environment


def text_filters(
    language: Language, companions: Companions = _NO_COMPANIONS
) -> dict[str, Callable[..., Any]]:
    """The filters for one language's templates; `own` is a text's language if it is another."""
    return {
        "prose": lambda text, own=language: prose(str(text), own, companions),
        "settled": lambda text, own=language: settled(str(text), own, companions),
        "isolated": lambda text: isolated(str(text), language.script),
        "tagged": lambda text, own: tagged(text, own) if own.tag != language.tag else text,
        "lang_in": lang_in,
        "lang_dir_in": lang_dir_in,
        "ltr": ltr,
    }


def tagged(text: Markup, language: Language) -> Markup:
    """Words that stand in a text of another language, with their own language and direction."""
    return Markup('<span class="companion" lang="{}" dir="{}">{}</span>').format(
        language.tag, language.direction.value, text
    )


def lang_in(own: Language, outer: Language) -> Markup:
    """The attribute of a picture whose language is not that of what it stands in.

    A picture takes no `dir`: its place follows the direction of what is round it.
    """
    return Markup(' lang="{}"').format(own.tag) if own.tag != outer.tag else Markup()


def lang_dir_in(own: Language, outer: Language) -> Markup:
    """The attributes of a text whose language is not that of what it stands in."""
    direction = Markup(' dir="{}"').format(own.direction.value)
    return lang_in(own, outer) + direction if own.tag != outer.tag else Markup()


def ltr(text: str) -> Markup:
    """A phone number, an address of the web or the like, always in its own order."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)


def opening_hours(hours: Mapping[str, str], language: Language) -> tuple[OpeningHours, ...]:
    """Rows for `{"mon": "08:00-19:00", …}`: neighbouring days with the same hours share one."""
    given = [(day, hours[day]) for day in _DAYS if day in hours]
    rows = []
    for times, group in itertools.groupby(given, key=lambda pair: pair[1]):
        days = [_DAYS.index(day) for day, _ in group]
        rows.append(OpeningHours(days=_days(days, language), times=_times(times, language)))
    return tuple(rows)


def _days(days: list[int], language: Language) -> str:
    first, last = language.weekday(days[0]), language.weekday(days[-1])
    if len(days) == 1:
        return first
    adjoining = days[-1] - days[0] == len(days) - 1
    return f"{first} – {last}" if adjoining else ", ".join(map(language.weekday, days))


def _times(times: str, language: Language) -> Markup:
    words = {"closed": language.wording.closed, "appointment": language.wording.by_appointment}
    if times in words:
        return escape(words[times])
    spans = re.findall(r"(\d\d):(\d\d)-(\d\d):(\d\d)", times)
    printed = (
        f"{language.time(int(h1), int(m1))}–{language.time(int(h2), int(m2))}"
        for h1, m1, h2, m2 in spans
    )
    isolated = ltr if language.digits is DIGITS["latn"] else escape
    return Markup("<br>").join(isolated(span) for span in printed)
