"""What the work view of an assistance case shows beside the six-month report (domain 4.11, rows 10.11–10.13
and 10.18): its decisions with the schedules that followed, its temps, and what it cost per client (T14).

Temps are counted for the case and never named or measured; of one to four it is only said that they are few.
"""

from __future__ import annotations

from typing import Final

from warehouse import six_months
from warehouse.groups import LEAST
from warehouse.shown import UNITS
from warehouse.six_months import KEY

_HERE: Final = "municipality = {municipality:String}"
_MINE: Final = f"{UNITS} AND length({{key:String}}) = 12 AND {KEY} = {{key:String}}"

DECISIONS: Final = f"""
SELECT p.entity AS entity, p.from_on AS from_on, p.until_on - 1 AS last_on, p.hours AS granted_h,
       p.decided_on AS decided_on, p.hours / dateDiff('day', p.from_on, p.until_on) AS hours_a_day,
       c.is_changed AS is_changed, c.hours_a_day_before AS hours_a_day_before, c.schedule_on AS schedule_on,
       c.early_on AS early_on,
       dateDiff('day', c.decided_on, c.schedule_on) AS lead_days
FROM (SELECT * FROM assistance_periods WHERE {_HERE}) AS p
LEFT JOIN (SELECT * FROM assistance_changes WHERE {_HERE}) AS c
    ON c.assistance = p.assistance AND c.from_on = p.from_on AND c.decided_on = p.decided_on
WHERE {_MINE}
ORDER BY from_on DESC, decided_on DESC"""
"""Decided periods of one case, the newest first, with the schedule that followed where the hours changed."""

TEMPS: Final = f"""
WITH own AS
(
    SELECT p.assistance AS assistance
    FROM (SELECT DISTINCT assistance, unit FROM assistance_periods WHERE {_HERE}) AS p WHERE {_MINE}
)
SELECT month, persons BETWEEN 1 AND {LEAST - 1} AS is_few, if(is_few, NULL, toNullable(persons)) AS temps
FROM
(
    SELECT toDate32(toStartOfMonth(s.on_day)) AS month,
           uniqExactArray(arrayFilter((t, its) -> its = o.assistance, s.`temps.temp`, s.`temps.assistance`))
               AS persons
    FROM (SELECT * FROM staff_days_now
          WHERE {_HERE} AND on_day >= {{since:Date32}} AND on_day < {{until:Date32}}) AS s
    CROSS JOIN (SELECT DISTINCT assistance FROM own) AS o
    GROUP BY month
)
ORDER BY month"""
"""Different temps of one case by month; a month that nobody told of staff in is left out."""

_PRICES: Final = f"""
    SELECT regi, arraySort(groupArray((from_on, price_kr))) AS steps FROM unit_price_steps
    WHERE {_HERE} AND service = 'personal_assistance' AND per = 'hour' GROUP BY regi"""

MONTHS: Final = f"""
SELECT m.*, if(notEmpty(o.steps), o.steps, b.steps) AS steps,
       nullIf(arrayLast(x -> x.1 <= m.part_on, steps).2, 0) AS price_kr, m.client_h * price_kr AS kpb_kr
FROM ({six_months.MONTHS}) AS m
LEFT JOIN ({_PRICES}) AS o ON o.regi = m.regi
LEFT JOIN ({_PRICES}) AS b ON b.regi = 'unknown'
ORDER BY m.month"""
"""The months of the report, and what the client's hours cost by the unit price of its first day (T14)."""
