"""The newest published figures of several metrics, side by side: what they must be to each other.

Metrics are published one after the other. What must hold within one figure is critical; what must hold
between two metrics warns, since one of them may know a little more than the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from expectations.library import Expectation
from expectations.suite import Suite
from schemas.municipality import Municipality


def of_published(
    name: str, place: Municipality, now: datetime, metrics: Sequence[str], expected: Sequence[Expectation]
) -> Suite:
    """A suite over the columns `_COLUMNS[name]`, made of the figures of now and of months that are over."""
    asked = {"municipality": place.code, "metrics": list(metrics), "today": now.astimezone(place.zone).date()}
    return Suite(name, _FIGURES.format(columns=_COLUMNS[name]), asked, list(expected))


_COLUMNS: Final = {
    "published_hours": """
       maxOrNullIf(newest.1, metric = 'client_hours') - maxOrNullIf(newest.1, metric = 'performed_hours')
         - 0.000001 AS client_hours_beyond""",
    "published_devices": """
       maxOrNullIf(newest.1, metric = 'silent_devices') - maxOrNullIf(newest.1, metric = 'active_devices')
         AS silent_beyond,
       abs(maxOrNullIf(newest.1, metric = 'avoided_cost_gross')
           - maxOrNullIf(newest.1, metric = 'device_rent')
           - maxOrNullIf(newest.1, metric = 'avoided_cost_net')) - 1 AS kronor_apart,
       maxOrNullIf(ifNull(newest.1 < newest.2 - 0.000001 OR newest.1 > newest.3 + 0.000001, 0)
                   OR newest.2 > newest.3, metric = 'adherence') AS outside_bounds""",
}

_FIGURES: Final = """
SELECT {columns}
FROM
(
    SELECT f.audience AS audience, f.metric AS metric, f.grain AS grain, f.dimensions AS dimensions,
           f.period AS period, f.period_on AS period_on,
           argMax(tuple(f.value, f.lower, f.upper, f.state), f.run) AS newest
    FROM figures AS f
    INNER JOIN
    (
        SELECT audience, metric, max(run) AS last_run FROM publications
        WHERE municipality = {{municipality:String}} AND state = 'published'
        GROUP BY audience, metric
    ) AS p ON p.audience = f.audience AND p.metric = f.metric
    WHERE f.municipality = {{municipality:String}} AND has({{metrics:Array(String)}}, f.metric)
      AND f.run <= p.last_run
    GROUP BY audience, metric, grain, dimensions, period, period_on
)
WHERE newest.4 IN ('value', 'preliminary')
  AND (period = 'now' OR period = 'month' AND addMonths(period_on, 1) <= {{today:Date32}})
GROUP BY audience, grain, dimensions, period, period_on
"""
