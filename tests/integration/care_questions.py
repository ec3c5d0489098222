"""What Mittköping's hours and devices come to, asked of the hub and of the answer key."""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import Any, Final

from producers.synthetic.care import answer_alarms as alarms
from producers.synthetic.care import answer_costs as costs
from producers.synthetic.care import answer_devices as devices
from producers.synthetic.care import answer_doses as doses
from producers.synthetic.care import answer_flaws as flaws
from producers.synthetic.care import answer_hours as hours
from producers.synthetic.care import answer_shares as shares
from producers.synthetic.care.known import CareKey, percentile
from tests.integration.care_asking import By, Cells, parts, parts_and_total

LEAST_KNOWN: Final = 0.99


def _adherence(of: Any, key: CareKey, when: Any, by: By) -> Cells:
    """Under 99 per cent of coverage no value is told, only bounds."""
    found: dict[tuple[str, ...], doses.Adherence] = of(key, when, by)
    return {cell: it.value for cell, it in found.items() if it.coverage >= LEAST_KNOWN}


HOURS: Final = (
    *parts("granted_hours", hours.granted),
    *parts("performed_hours", hours.performed),
    *parts("performed_hours_by_start", hours.performed_by_start),
    *parts_and_total("client_hours", hours.client_hours),
    *parts_and_total("performed_to_granted_share", shares.performed_to_granted),
    *parts_and_total("visit_coverage", hours.coverage),
    *parts("granted_today", shares.granted_today),
    *parts("granted_hours_accounted", shares.granted_accounted),
    *parts_and_total("performed_today", shares.performed_today),
    *parts("visits_performed", shares.visits_performed),
    *parts("visits_without_stop", shares.visits_without_stop),
    *parts_and_total("late_reported_share", shares.late_reported),
    *parts_and_total("late_monthly_reports_share", shares.late_months),
    *parts_and_total("digital_contact_share", shares.digital_share),
    *parts_and_total("client_time_share", shares.client_time),
    *parts_and_total("documentation_share", shares.documentation),
    *parts_and_total("non_client_time_share", shares.non_client_time),
    *parts_and_total("staff_continuity", shares.staff_continuity),
    *parts_and_total("hours_per_person_month", shares.hours_per_person_month),
    *parts_and_total("cost_per_client", costs.cost_per_client),
    *parts_and_total("cost_outliers", costs.cost_outliers),
    *parts_and_total("flawed_hours", lambda key, _, by: flaws.of_hours(key, by)),
)
DEVICES: Final = (
    *parts("active_devices", devices.active),
    *parts("silent_devices", devices.silent),
    *parts_and_total("refilled_on_time_share", devices.refilled_on_time),
    *parts("device_endings", devices.ended),
    *parts("avoided_visits", devices.avoided_visits),
    *parts("avoided_cost_gross", devices.avoided_gross),
    *parts("avoided_cost_net", devices.avoided_net),
    *parts("device_rent", devices.rent),
    *parts_and_total("adherence", partial(_adherence, doses.adherence)),
    *parts_and_total("adherence_last_day", partial(_adherence, doses.adherence_last_day)),
    *parts("doses_last_day", doses.doses_last_day),
    *parts("doses_due", doses.doses_due),
    *parts_and_total("alarms_per_1000_doses", alarms.per_1000_doses),
    *parts_and_total("alarm_response_minutes", partial(alarms.response, of=median)),
    *parts_and_total("alarm_response_p90", partial(alarms.response, of=partial(percentile, share=0.9))),
    *parts_and_total("alarms_reached_in_time", alarms.reached_in_time),
    *parts("open_alarms", alarms.waiting),
    *parts_and_total("open_alarms_over_limit", alarms.waiting_over),
    *parts_and_total("oldest_open_alarm_minutes", alarms.oldest),
    *parts_and_total("flawed_devices", lambda key, _, by: flaws.of_devices(key, by)),
)
