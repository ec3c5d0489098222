"""What Mittköping's hours and devices come to, asked of the hub and of the answer key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise
from statistics import median
from typing import Any, Final, NamedTuple

from producers.synthetic.care import answer_devices as devices
from producers.synthetic.care import answer_doses as doses
from producers.synthetic.care import answer_hours as hours
from producers.synthetic.care import answer_shares as shares
from producers.synthetic.care import answer_six_months as six_months
from producers.synthetic.care.known import CareKey
from schemas.calendar import midnight
from schemas.devices import EVENTS as DEVICE_EVENTS
from schemas.municipality import municipality
from tests.integration.placed_hub import cells
from tests.integration.test_mittkoping import p90
from warehouse.client import Warehouse
from warehouse.contracts import contract
from warehouse.figures import as_things_stand, at_instants, over_spans

SEED, SIZE = 11, 0.12
UNTIL: Final = datetime(2026, 4, 20, 12, 0, tzinfo=UTC)  # clocks go forward in March
TODAY: Final = date(2026, 4, 20)
MONTHS: Final = tuple(pairwise(date(2026, month, 1) for month in (2, 3, 4, 5)))
QUARTER: Final = ((date(2026, 1, 1), date(2026, 4, 1)),)
INSTANTS: Final = (midnight(date(2026, 3, 30), municipality("9999").zone), UNTIL)

Cells = Mapping[tuple[str, ...], float]
Span = tuple[date, date]
WHERE: Final = ((), ("unit",), ("service",), ("regi",))
WHO: Final = (*WHERE, ("age_band",), ("sex",), ("service", "unit"))
CASES_SINCE: Final = date(2025, 6, 1)
HOMES: Final = ((), ("regi",), ("sex",), ("age_band",))
UNITS: Final = ((), ("unit",))
LEAST_KNOWN: Final = 0.99


class Asked(NamedTuple):
    """A metric cut by some dimensions, and the key's answer of a span or an instant."""

    metric: str
    by: tuple[str, ...]
    wanted: Callable[[CareKey, Any], Cells]
    spans: tuple[tuple[Span, ...], ...] = (MONTHS, QUARTER)

    def __str__(self) -> str:
        """Its name in a test's report."""
        return "_by_".join((self.metric, *self.by))

    def differences(self, warehouse: Warehouse, key: CareKey) -> list[str]:
        """Where hub and key say different things; amounts may differ by the last digits of a sum."""
        return [
            f"{self.metric} by {self.by} at {when}: {one}"
            for when, told in self._told(warehouse)
            for one in _unlike(told, self.wanted(key, when))
        ]

    def _told(self, warehouse: Warehouse) -> Iterator[tuple[Any, Cells]]:
        asked = contract(self.metric)
        if asked.timeless:
            yield None, cells(as_things_stand(warehouse, asked, "9999", self.by))
            return
        if asked.kind == "instant":
            rows = at_instants(warehouse, asked, "9999", INSTANTS, self.by)
            yield from ((at, cells(row for row in rows if row.at == at)) for at in INSTANTS)
            return
        for some in self.spans:
            rows = over_spans(warehouse, asked, "9999", some, TODAY, self.by)
            yield from ((span, cells(row for row in rows if row.since == span[0])) for span in some)


def _unlike(told: Cells, wanted: Cells) -> list[str]:
    truth = {cell: value for cell, value in wanted.items() if value}
    return [
        f"{cell}: told {told.get(cell)}, wanted {truth.get(cell)}"
        for cell in sorted(told.keys() | truth.keys())
        if cell not in told or cell not in truth or abs(told[cell] - truth[cell]) > 1e-6 * abs(truth[cell])
    ]


def _one(value: Callable[[CareKey, Any], float | None]) -> Callable[[CareKey, Any], Cells]:
    return lambda key, when: {} if (found := value(key, when)) is None else {(): found}


def _cut(metric: str, cuts: tuple[tuple[str, ...], ...], wanted: Callable[..., Cells]) -> list[Asked]:
    return [Asked(metric, by, partial(_by, wanted, by)) for by in cuts]


def _by(wanted: Callable[..., Cells], by: tuple[str, ...], key: CareKey, when: Any) -> Cells:
    return wanted(key, when, by)


def _adherence(key: CareKey, span: Span, by: tuple[str, ...]) -> Cells:
    """Under 99 per cent of coverage no value is told, only bounds."""
    found = doses.adherence(key, span, by)
    return {cell: it.value for cell, it in found.items() if it.coverage >= LEAST_KNOWN}


def _last_day(key: CareKey, at: datetime) -> float | None:
    found = doses.adherence_last_day(key, at)
    return found.value if found.coverage >= LEAST_KNOWN else None


def _response(key: CareKey, span: Span) -> float | None:
    minutes = doses.response_minutes(key, span)
    return median(minutes) if minutes else None


def _p90(key: CareKey, span: Span) -> float | None:
    minutes = doses.response_minutes(key, span)
    return p90(minutes) if minutes else None


def _in_time(key: CareKey, span: Span) -> Cells:
    return {(f"{many}",): doses.reached_in_time(key, span, many) for many in (15, 30, 60)}


def _waiting(key: CareKey, at: datetime) -> Cells:
    return {(f"{many}",): doses.open_alarms(key, at, many) for many in (15, 30, 60)}


def _flaws(key: CareKey, _: Any) -> Cells:
    kinds = {kind.KIND for kind in DEVICE_EVENTS}
    return {(flaw, kind): many for (kind, flaw), many in key.planted().items() if kind in kinds}


WHOLE_MONTHS: Final = (MONTHS[:2],)
HOURS: Final = (
    *_cut("granted_hours", WHO, hours.granted),
    *_cut("performed_hours", WHO, hours.performed),
    *_cut("performed_hours_by_start", WHERE, hours.performed_by_start),
    *_cut("client_hours", WHO, hours.client_hours),
    *_cut("performed_to_granted_share", WHO, shares.performed_to_granted),
    *_cut("visit_coverage", WHERE, hours.coverage),
    *_cut("granted_today", WHERE, shares.granted_today),
    Asked("granted_hours_accounted", (), _one(shares.granted_accounted)),
    *_cut("performed_today", WHERE, shares.performed_today),
    *_cut("visits_performed", (*WHO, ("channel",), ("purpose",)), shares.visits_performed),
    *_cut("visits_without_stop", ((), ("unit",)), shares.visits_without_stop),
    *_cut("digital_contact_share", WHERE, shares.digital_share),
    *_cut("client_time_share", UNITS, shares.client_time),
    *_cut("documentation_share", UNITS, shares.documentation),
    *_cut("non_client_time_share", UNITS, shares.non_client_time),
    Asked("staff_continuity", (), _one(shares.staff_continuity)),
    Asked("hours_per_person_month", (), _one(shares.hours_per_person_month)),
    Asked("cost_per_client", (), _one(shares.cost_per_client), WHOLE_MONTHS),
)
DEVICES: Final = (
    *_cut("active_devices", HOMES, devices.active),
    *_cut("silent_devices", HOMES, devices.silent),
    *_cut("refilled_on_time_share", HOMES, devices.refilled_on_time),
    *_cut("device_endings", (("reason",), ("regi", "reason")), devices.ended),
    *_cut("avoided_visits", HOMES[:2], devices.avoided_visits),
    *_cut("avoided_cost_gross", HOMES[:2], devices.avoided_gross),
    *_cut("avoided_cost_net", HOMES[:2], devices.avoided_net),
    *_cut("device_rent", HOMES[:2], devices.rent),
    *_cut("adherence", HOMES, _adherence),
    Asked("adherence_last_day", (), _one(_last_day)),
    Asked("doses_last_day", ("outcome",), doses.doses_last_day),
    Asked("doses_due", ("outcome",), lambda key, span: doses.doses_due(key, span)),
    Asked("doses_due", ("reason",), lambda key, span: doses.doses_due(key, span, "reason")),
    Asked("alarms_per_1000_doses", (), _one(doses.alarms_per_1000_doses)),
    Asked("alarm_response_minutes", (), _one(_response)),
    Asked("alarm_response_minutes", ("channel",), doses.response_by_channel),
    Asked("alarm_response_p90", (), _one(_p90)),
    Asked("alarms_reached_in_time", ("within_minutes",), _in_time),
    Asked("open_alarms", (), _one(doses.open_alarms)),
    Asked("open_alarms_over_limit", ("over_minutes",), _waiting),
    Asked("flawed_devices", ("flaw", "kind"), _flaws),
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
    unlike = [f"{one}: only one of both tells of it" for one in rows.keys() ^ truth.keys()]
    for case_month in rows.keys() & truth.keys():
        told, one = list(rows[case_month].items())[2:], truth[case_month]
        values = one.granted, one.performed, one.chargeable, one.expected_kr, *one.money
        unlike += [
            f"{case_month} {name}: told {value}, wanted {wanted}"
            for (name, value), wanted in zip(told, values, strict=True)
            if (value is None) != (wanted is None)
            or abs((value or 0) - (wanted or 0)) > 1e-6 * abs(wanted or 1)
        ]
    return unlike
