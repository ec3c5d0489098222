"""What Mittköping's staff and personal assistance come to, asked of the hub and of the answer key."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

from producers.synthetic.care import answer_assistance as assistance
from producers.synthetic.care import answer_money as money
from producers.synthetic.care import answer_six_months as six_months
from producers.synthetic.care import answer_staff as staff
from producers.synthetic.care.known import CareKey
from schemas import staffing as s
from tests.integration.care_asking import MONTHS, TODAY, UNITS, Asked, Cells, Span, cut, one
from warehouse.client import Warehouse

CASES_SINCE: Final = date(2025, 6, 1)
PAYERS: Final = (*UNITS, ("payer",), ("regi",))


def _part(kind: type[Any], key: CareKey, span: Span, by: tuple[str, ...]) -> Cells:
    return staff.share(staff.hours(key, kind, span, by), staff.worked(key, span, by))


def _sick(key: CareKey, span: Span, by: tuple[str, ...]) -> Cells:
    return staff.share(staff.sick(key, span, by=by), staff.hours(key, s.TimeScheduled, span, by))


def _by_spell(key: CareKey, span: Span) -> Cells:
    scheduled = staff.hours(key, s.TimeScheduled, span).get((), 0.0)
    spells = ((spell, staff.sick(key, span, spell).get((), 0.0)) for spell in ("short", "long"))
    return {(spell,): hours_sick / scheduled for spell, hours_sick in spells if scheduled}


def _qualified(key: CareKey, span: Span) -> Cells:
    known = staff.hours(key, s.TimeWorked, span, (), lambda fact: fact.qualified is not None)
    return staff.share(staff.qualified(key, span), known)


def _kronor(what: str, key: CareKey, span: Span, by: tuple[str, ...]) -> Cells:
    return money.kronor(key, span, by, what)


STAFF: Final = (
    *cut("overtime_hours", UNITS, lambda key, span, by: staff.hours(key, s.OvertimeWorked, span, by)),
    *cut(
        "external_staff_hours", UNITS, lambda key, span, by: staff.hours(key, s.ExternalStaffHired, span, by)
    ),
    *cut("external_staff_share", UNITS, partial(_part, s.ExternalStaffHired)),
    *cut("temp_hours_share", UNITS, partial(_part, s.TempEngaged)),
    *cut("sick_absence_share", (*UNITS, ("role",)), _sick),
    Asked("sick_absence_share", ("spell",), _by_spell),
    Asked("qualified_time_share", (), _qualified),
    Asked("schedule_lead_time", ("service",), money.lead_days),
    Asked("temps_per_case_month", (), one(money.temps_per_case_month)),
)
ASSISTANCE: Final = (
    *cut("assistance_granted_hours", PAYERS, assistance.granted),
    *cut("assistance_performed_hours", PAYERS, money.performed),
    *cut("assistance_hours_share", PAYERS, money.performed_share),
    *cut("assistance_revenue_expected", UNITS, partial(_kronor, "expected")),
    *cut("assistance_revenue_claimed", UNITS, partial(_kronor, "claimed")),
    *cut("assistance_revenue_paid", UNITS, partial(_kronor, "paid")),
    *cut("assistance_cost", UNITS, partial(_kronor, "cost")),
    *cut("assistance_result", UNITS, partial(_kronor, "result")),
    *cut("hourly_cost", UNITS, money.hourly_cost),
    *cut("hourly_cost_with_overhead", UNITS, partial(money.hourly_cost, overhead=True)),
    Asked("raised_rate_candidates", (), one(money.raised_rate_candidates)),
    Asked("assistance_hours_halved", (), one(money.halved)),
    Asked("settlements_overdue", (), one(money.unsettled)),
    Asked("heavy_cases_cost_share", (), lambda key, span: {}),  # fewer than 50 cases
)

_CASE_MONTHS: Final = """
SELECT assistance, month, granted_h, staff_h, billable_h, expected_kr, claimed_h, claimed_kr, paid_kr,
       cost_kr, overhead_kr, revenue_kr
FROM assistance_months(municipality = '9999', zone = 'Europe/Stockholm', since = {since:Date32},
                       until = {until:Date32}, today = {today:Date32})
WHERE assistance != ''"""


def unlike_case_months(warehouse: Warehouse, key: CareKey) -> list[str]:
    """Where hub and key say different things of a case and month of assistance (T8)."""
    until = MONTHS[-1][1]
    asked = {"since": CASES_SINCE.isoformat(), "until": until.isoformat(), "today": TODAY.isoformat()}
    rows = {(row["assistance"], row["month"]): row for row in warehouse.rows(_CASE_MONTHS, asked)}
    truth = six_months.case_months(key, CASES_SINCE, until)
    assert len(truth) > 40
    unlike = [f"{which}: only one of both tells of it" for which in rows.keys() ^ truth.keys()]
    for case_month in rows.keys() & truth.keys():
        told, truly = list(rows[case_month].items())[2:], truth[case_month]
        values = truly.granted, truly.performed, truly.chargeable, truly.expected_kr, *truly.money
        unlike += [
            f"{case_month} {name}: told {value}, wanted {wanted}"
            for (name, value), wanted in zip(told, values, strict=True)
            if (value is None) != (wanted is None)
            or abs((value or 0) - (wanted or 0)) > 1e-6 * abs(wanted or 1)
        ]
    return unlike
