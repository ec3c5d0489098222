"""What Mittköping's hours and devices come to, asked of the hub and of the answer key."""

from __future__ import annotations

from datetime import datetime
from statistics import median
from typing import Any, Final

from producers.synthetic.care import answer_devices as devices
from producers.synthetic.care import answer_doses as doses
from producers.synthetic.care import answer_hours as hours
from producers.synthetic.care import answer_shares as shares
from producers.synthetic.care.known import CareKey
from schemas.devices import EVENTS as DEVICE_EVENTS
from tests.integration.care_asking import MONTHS, UNITS, Asked, Cells, Span, cut, one
from tests.integration.test_mittkoping import p90

WHERE: Final = ((), ("unit",), ("service",), ("regi",))
WHO: Final = (*WHERE, ("age_band",), ("sex",), ("service", "unit"))
HOMES: Final = ((), ("regi",), ("sex",), ("age_band",))
LEAST_KNOWN: Final = 0.99


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
    *cut("granted_hours", WHO, hours.granted),
    *cut("performed_hours", WHO, hours.performed),
    *cut("performed_hours_by_start", UNITS, hours.performed_by_start),
    *cut("client_hours", WHERE, hours.client_hours),
    *cut("performed_to_granted_share", WHERE, shares.performed_to_granted),
    *cut("visit_coverage", WHERE, hours.coverage),
    *cut("granted_today", WHERE, shares.granted_today),
    Asked("granted_hours_accounted", (), one(shares.granted_accounted)),
    *cut("performed_today", WHERE, shares.performed_today),
    *cut("visits_performed", (*UNITS, ("channel",), ("purpose",)), shares.visits_performed),
    *cut("visits_without_stop", ((), ("unit",)), shares.visits_without_stop),
    *cut("digital_contact_share", UNITS, shares.digital_share),
    *cut("client_time_share", UNITS, shares.client_time),
    *cut("documentation_share", UNITS, shares.documentation),
    *cut("non_client_time_share", UNITS, shares.non_client_time),
    Asked("staff_continuity", (), one(shares.staff_continuity)),
    Asked("hours_per_person_month", (), one(shares.hours_per_person_month)),
    Asked("cost_per_client", (), one(shares.cost_per_client), WHOLE_MONTHS),
)
DEVICES: Final = (
    *cut("active_devices", HOMES, devices.active),
    *cut("silent_devices", HOMES, devices.silent),
    *cut("refilled_on_time_share", HOMES, devices.refilled_on_time),
    *cut("device_endings", (("reason",), ("regi", "reason")), devices.ended),
    *cut("avoided_visits", HOMES[:2], devices.avoided_visits),
    *cut("avoided_cost_gross", HOMES[:2], devices.avoided_gross),
    *cut("avoided_cost_net", HOMES[:2], devices.avoided_net),
    *cut("device_rent", HOMES[:2], devices.rent),
    *cut("adherence", HOMES, _adherence),
    Asked("adherence_last_day", (), one(_last_day)),
    Asked("doses_last_day", ("outcome",), doses.doses_last_day),
    Asked("doses_due", ("outcome",), lambda key, span: doses.doses_due(key, span)),
    Asked("doses_due", ("reason",), lambda key, span: doses.doses_due(key, span, "reason")),
    Asked("alarms_per_1000_doses", (), one(doses.alarms_per_1000_doses)),
    Asked("alarm_response_minutes", (), one(_response)),
    Asked("alarm_response_minutes", ("channel",), doses.response_by_channel),
    Asked("alarm_response_p90", (), one(_p90)),
    Asked("alarms_reached_in_time", ("within_minutes",), _in_time),
    Asked("open_alarms", (), one(doses.open_alarms)),
    Asked("open_alarms_over_limit", ("over_minutes",), _waiting),
    Asked("flawed_devices", ("flaw", "kind"), _flaws),
)
