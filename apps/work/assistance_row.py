"""A case's half-year and its months, as the six-month report gives them: what each cell says. Pure.

What nobody has told is missing, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work.invoice_row import off
from apps.work.row import CHILD_BANDS
from schemas.calendar import months_after

LONGEST_MONTHS: Final = 6
"""Of a decided period, SFB 51:9."""
WHOLE: Final = 0.99
"""Least coverage of hours that are not preliminary."""


@dataclass(frozen=True)
class Case:
    """One case and the period that is asked for, as `warehouse/six_months.py` gives it."""

    entity: str
    key: str
    unit: str
    regi: str
    payer: str
    sex: str
    age_band: str
    period_on: date
    last_on: date
    granted_h: float
    granted_to_date_h: float
    performed_h: float | None
    double_h: float | None
    remaining_h: float | None
    share: float | None
    is_over: bool | None
    is_under: bool | None
    coverage: float | None
    expected_kr: float | None
    claimed_kr: float | None
    paid_kr: float | None
    cost_kr: float | None
    result_kr: float | None
    result_months: int
    hour_costs_kr: float | None
    rate_kr: float | None
    most_kr: float | None
    raised_kr: float | None
    is_candidate: bool
    is_dear_hour: bool
    is_dear_client: bool
    forecast_h: float | None
    forecast_revenue_kr: float | None
    forecast_cost_kr: float | None
    forecast_result_kr: float | None

    @property
    def short(self) -> str:
        """`A-7F3A2C`, what people say."""
        return short(self.key)

    @property
    def is_preliminary(self) -> bool:
        """Whether hours are still to come for days that are over."""
        return self.coverage is None or self.coverage < WHOLE

    @property
    def is_too_long(self) -> bool:
        """Whether the social insurance's period is longer than it may be (LC17)."""
        return self.payer != "municipality" and self.last_on >= months_after(self.period_on, LONGEST_MONTHS)


@dataclass(frozen=True)
class Month:
    """One month of the period. number: from 1; granted_to_date_h and remaining_h: at its end."""

    number: int
    month: date
    part_on: date
    last_on: date
    granted_h: float
    granted_to_date_h: float | None
    performed_h: float | None
    double_h: float | None
    performed_to_date_h: float | None
    remaining_h: float | None
    coverage: float | None
    hourly_kr: float | None
    is_raised: bool
    expected_kr: float | None
    claimed_h: float | None
    claimed_kr: float | None
    paid_kr: float | None
    status: str
    cost_kr: float | None
    result_kr: float | None
    hour_costs_kr: float | None

    @property
    def is_preliminary(self) -> bool:
        """Whether hours are still to come for days that are over."""
        return self.performed_h is not None and (self.coverage is None or self.coverage < WHOLE)


def read(row: Mapping[str, Any], double_h: float | None = None) -> Case:
    """The case that the query gave; columns of no use on a screen are left behind. double_h: of a query of
    its own, None where that was not asked.
    """
    told = row | {"double_h": double_h}  # type: ignore[operator]
    return Case(**{f.name: told[f.name] for f in fields(Case)})


def read_month(row: Mapping[str, Any]) -> Month:
    """The month that the query gave."""
    return Month(**{f.name: row[f.name] for f in fields(Month)})


def short(key: str) -> str:
    """What people call the row of a key."""
    return "A-" + key[:6]


def whom(case: Case) -> str:
    """`30–64, man`: age and sex, never more."""
    age = say("age_missing") if case.age_band == "unknown" else case.age_band.replace("-", "–")
    if case.sex == "unknown":
        return f"{age}, {say('sex_missing')}"
    return f"{age}, {say(('child_' if case.age_band in CHILD_BANDS else 'adult_') + case.sex)}"


def span(first: date, last: date) -> str:
    """`1 juli–31 dec 2026`, `15 dec 2025–14 juni 2026`."""
    until = f"{wording.short_day(last)} {last.year}"
    since = wording.short_day(first)
    return f"{since}–{until}" if first.year == last.year else f"{since} {first.year}–{until}"


def hours(value: float | None) -> str:
    """`1 840`, `346,5`; `saknas` where nobody has told."""
    if value is None:
        return say("missing")
    return wording.number(value, 0 if abs(value - round(value)) < 0.05 else 1)


def kronor(value: float | None) -> str:
    """`107 787`: whole kronor."""
    return say("missing") if value is None else wording.number(value)


def rate(value: float | None) -> str:
    """`347,70`."""
    return say("missing") if value is None else wording.number(value, 2)


def result(value: float | None) -> str:
    """`+12 300`, `−4 100`; a dash where there is nothing to set against the other."""
    return off(None if value is None else round(value), 0)


def share(value: float | None) -> str:
    """`96,4 %`."""
    return say("missing") if value is None else wording.share(value)


def use(case: Case) -> tuple[str, str]:
    """The look and the words of how much of what is granted to date was performed."""
    look = "attention" if case.is_over or case.is_under else ""
    return look, share(case.share)


def status(month: Month) -> tuple[str, str]:
    """The look and the words of how far the month's revenue has come."""
    look = "good" if month.status == "paid" else ""
    return look, say("m_status_" + (month.status or "none"))


def about(case: Case) -> str:
    """`Försäkringskassan, egen regi`, `Betalare saknas, regi saknas`."""
    payer = say("payer_missing") if case.payer == "unknown" else term(terms.PAYERS, case.payer)
    regi = say("regi_missing") if case.regi == "unknown" else term(terms.REGI, case.regi)
    return wording.capital(f"{payer}, {regi}")
