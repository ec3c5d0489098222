"""One row of the placements that go on: what each cell says. Pure; the same words in table and Excel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from schemas.errors import Misconfigured
from schemas.municipality import Municipality, municipality

SOON_DAYS = 30
CHILD_BANDS = ("0-6", "7-12", "13-17")


@dataclass(frozen=True)
class Placed:
    """A placement as `warehouse/placed.py` gives it. key: 12 signs; kr and days None where not known."""

    entity: str
    key: str
    who: str
    unit: str
    age_band: str
    sex: str
    law: str
    target_group: str
    tender_area: str
    main_cause: str
    framework: str
    award_reason: str
    start_on: date
    planned_until_on: date | None
    care_form: str
    is_hidden: bool
    provider: str
    located_in: str
    deficiencies: int
    daily_kr: float | None
    extra_kr: float | None
    papers: str
    is_waiting: bool
    waits_days: int
    is_sent: bool
    reminders: int
    is_after_end: bool
    last_on: date | None
    is_open_ended: bool
    deviating: int

    @cached_property
    def short(self) -> str:
        """`P-7F3A2C`, what people say."""
        return short(self.key)


def short(key: str) -> str:
    """What people call the row of a key."""
    return "P-" + key[:6]


def read(row: Mapping[str, Any]) -> Placed:
    """The row that the query gave; columns of no use on a screen are left behind."""
    return Placed(**{f.name: row[f.name] for f in fields(Placed)})


def named(town: Municipality, dimension: str, code: str) -> str:
    """A code in the town's own words; "unknown" and nothing are `saknas`."""
    return say("missing") if code in ("", "unknown") else town.name_of(dimension, code)


def whom(row: Placed) -> str:
    """`14–17, flicka`: age and sex, never more."""
    age = say("age_missing") if row.age_band == "unknown" else row.age_band.replace("-", "–")
    if row.sex == "unknown":
        return f"{age}, {say('sex_missing')}"
    return f"{age}, {say(('child_' if row.age_band in CHILD_BANDS else 'adult_') + row.sex)}"


def provider(row: Placed) -> str:
    """The provider's code; `dolt` in protected housing."""
    return say("concealed") if row.is_hidden else row.provider or say("missing")


def place(row: Placed) -> str:
    """The municipality that the provider lies in."""
    if row.is_hidden:
        return say("concealed")
    try:
        return municipality(row.located_in).name if row.located_in else say("missing")
    except Misconfigured:
        return row.located_in


def framework(row: Placed) -> str:
    """Inside, or outside and why."""
    if row.framework:
        return say("inside")
    return say("outside_because", reason=term(terms.AWARD_REASONS, row.award_reason or "missing"))


def papers(row: Placed) -> tuple[str, str]:
    """The look ("good", "attention", "serious") and the words of the contract's state."""
    if row.papers == "waiting":
        return "attention", wording.capital(_waits(row))
    if row.papers == "signed" and row.is_waiting:
        return "attention", say("signed_and_waits", waits=_waits(row))
    if row.papers == "signed":
        return "good", say("signed")
    return "serious", say("papers_ended" if row.papers == "ended" else "papers_missing")


def _waits(row: Placed) -> str:
    word = "waits" if row.is_sent else "not_sent"
    return say(word, days=days(row.waits_days)) if row.waits_days else say(word + "_today")


def days(count: int) -> str:
    """`16 dagar`, `1 dag`."""
    return say("one_day") if count == 1 else say("many_days", n=wording.number(count))


def ends(row: Placed, today: date) -> tuple[str, str]:
    """The look and the words of when the contract runs out."""
    if row.last_on is None:
        return "", say("until_further_notice") if row.is_open_ended else "–"
    words = wording.short_day(row.last_on)
    words = words if row.last_on.year == today.year else f"{words} {row.last_on.year}"
    if row.is_after_end or row.last_on < today:
        return "serious", words
    return ("attention" if (row.last_on - today).days <= SOON_DAYS else ""), words
