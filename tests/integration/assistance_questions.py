"""What Mittköping's staff and personal assistance come to, asked of the hub and of the answer key."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

from producers.synthetic.care import answer_assistance as assistance
from producers.synthetic.care import answer_forecast as forecast
from producers.synthetic.care import answer_money as money
from producers.synthetic.care import answer_six_months as six_months
from producers.synthetic.care import answer_staff as staff
from producers.synthetic.care import answer_watch as watch
from producers.synthetic.care.known import CareKey
from schemas import staffing as s
from tests.integration.care_asking import MONTHS, TODAY, By, Cells, Span, parts, parts_and_total
from warehouse.client import Warehouse

CASES_SINCE: Final = date(2025, 6, 1)


def _part(kind: type[Any], key: CareKey, span: Span, by: By) -> Cells:
    return staff.share(staff.hours(key, kind, span, by), staff.worked(key, span, by))


def _hours(kind: type[Any], key: CareKey, span: Span, by: By) -> Cells:
    return staff.hours(key, kind, span, by)


def _sick(key: CareKey, span: Span, by: By) -> Cells:
    scheduled = partial(staff.hours, key, s.TimeScheduled, span)
    return staff.share_of_each(staff.sick(key, span, by=by), by, "spell", scheduled)


def _qualified(key: CareKey, span: Span, by: By) -> Cells:
    known = staff.hours(key, s.TimeWorked, span, by, lambda fact: fact.qualified is not None)
    return staff.share(staff.qualified(key, span, by), known)


def _kronor(what: str, key: CareKey, span: Span, by: By) -> Cells:
    return money.kronor(key, span, by, what)


STAFF: Final = (
    *parts("overtime_hours", partial(_hours, s.OvertimeWorked)),
    *parts_and_total("overtime_per_fte", staff.overtime_per_fte),
    *parts("external_staff_hours", partial(_hours, s.ExternalStaffHired)),
    *parts_and_total("external_staff_share", partial(_part, s.ExternalStaffHired)),
    *parts_and_total("temp_hours_share", partial(_part, s.TempEngaged)),
    *parts_and_total("sick_absence_share", _sick),
    *parts_and_total("attendance_rate", staff.attendance),
    *parts_and_total("qualified_time_share", _qualified),
    *parts_and_total("schedule_lead_time", watch.lead_days),
    *parts_and_total("temps_per_case_month", money.temps_per_case_month),
)
ASSISTANCE: Final = (
    *parts("assistance_granted_hours", assistance.granted),
    *parts("assistance_performed_hours", money.performed),
    *parts("assistance_client_hours", forecast.client_hours),
    *parts_and_total("assistance_hours_share", money.performed_share),
    *parts_and_total("double_staffing_share", forecast.double_share),
    *parts("assistance_forecast_hours", forecast.forecast_hours),
    *parts_and_total("assistance_forecast_share", forecast.forecast_share),
    *parts("assistance_revenue_expected", partial(_kronor, "expected")),
    *parts("assistance_revenue_claimed", partial(_kronor, "claimed")),
    *parts("assistance_revenue_paid", partial(_kronor, "paid")),
    *parts("assistance_cost", partial(_kronor, "cost")),
    *parts("assistance_result", partial(_kronor, "result")),
    *parts_and_total("hourly_cost", money.hourly_cost),
    *parts_and_total("hourly_cost_with_overhead", partial(money.hourly_cost, overhead=True)),
    *parts("raised_rate_candidates", money.raised_rate_candidates),
    *parts("assistance_hours_halved", watch.halved),
    *parts("settlements_overdue", watch.unsettled),
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
