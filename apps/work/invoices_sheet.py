"""The columns of the invoice control's Excel file. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work import sheets
from apps.work.address import Address
from apps.work.invoice_questions import asked
from apps.work.invoice_row import Line
from apps.work.sheets import DAY, MONEY, Field
from schemas.municipality import Municipality

DAYS: Final = "0.##"


def _credited(line: Line) -> float | None:
    return line.credited_kr if line.verdict == "credited" else None


FIELDS: Final[tuple[Field[Line], ...]] = (
    Field("k_line", lambda one: one.short, "d_line"),
    Field("k_case", lambda one: one.placement, "d_case"),
    Field("k_provider", lambda one: say("concealed") if one.is_hidden else one.provider, "d_line_provider"),
    Field("k_from", lambda one: one.from_on, "d_from", DAY),
    Field("k_last", lambda one: one.last_on, "d_last", DAY),
    Field("k_days", lambda one: one.days, "d_days", DAYS),
    Field("k_days_computed", lambda one: one.computed_days, "d_days_computed", DAYS),
    Field("k_days_off", lambda one: one.days_off, "d_off", DAYS),
    Field("k_price", lambda one: one.daily_kr, "d_daily", MONEY),
    Field("k_price_computed", lambda one: one.computed_daily_kr, "d_daily_computed", MONEY),
    Field("k_price_off", lambda one: one.daily_kr_off, "d_off", MONEY),
    Field("k_kr", lambda one: one.amount_kr, "d_kr", MONEY),
    Field("k_kr_computed", lambda one: one.computed_kr, "d_kr_computed", MONEY),
    Field("k_kr_off", lambda one: one.kr_off, "d_off", MONEY),
    Field("k_status", lambda one: term(terms.VERDICTS, one.verdict), "d_status"),
    Field("k_credited", _credited, "d_credited", MONEY),
    Field("k_booked", lambda one: one.booked_kr, "d_booked", MONEY),
)  # fmt: skip
FILTERS: Final = {"manad": "k_month", "utforare": "k_provider", "sok": "search_key"}


def file(lines: Sequence[Line], town: Municipality, address: Address, today: date, told: str) -> bytes:
    """The Excel file of these lines."""
    chosen = [
        (f"{say('filters')}: {say(word).lower()}", address[name])
        for name, word in FILTERS.items()
        if address[name]
    ]
    about = [
        (say("x_town"), town.name), (say("x_question"), asked(address["visa"]).name), *chosen,
        (say("x_rows"), wording.number(len(lines))), (say("x_day"), wording.day(today)),
        (say("x_told"), told),
    ]  # fmt: skip
    return sheets.workbook(say("invoices"), FIELDS, lines, about)
