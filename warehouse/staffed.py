"""What the work view of staffing asks (domain 4.11, rows 10.6–10.8 and 10.11–10.13): SQL texts.

One row per unit, role and month; role '' is the whole unit, unit '' all that are shown. Figures are counted
as the metrics T10–T13 and T16–T18 count them. Which groups may be shown is decided beforehand
(`warehouse/groups.py`) over every unit of the municipality; those that may not come in as `hidden`, and their
figures never leave the warehouse. No row is about a single member of staff.
"""

from __future__ import annotations

from typing import Final

from warehouse.groups import LEAST
from warehouse.shown import UNITS

_HERE: Final = "municipality = {municipality:String}"
_SPANS: Final = """staff_spans(municipality = {municipality:String}, today = {today:Date32},
                 since = {months:Array(Date32)}, until = {ends:Array(Date32)})"""

GROUPS: Final = f"""
SELECT month, unit, role, max(persons) AS most_persons
FROM
(
    SELECT s.since AS month, s.unit AS unit, s.on_day AS on_day, arrayJoin(['', s.role]) AS role,
           sum(s.persons) AS persons
    FROM {_SPANS} AS s
    GROUP BY month, unit, on_day, role
)
GROUP BY month, unit, role"""
"""How many persons every group is, known from below: the most on one day's schedule."""

CHOICES: Final = f"""
SELECT arraySort(groupUniqArray(toString(p.unit))) AS units,
       arraySort(groupUniqArray(toString(p.role))) AS roles, min(p.on_day) AS first_on, count() > 0 AS is_told
FROM staff_days_now AS p
WHERE {_HERE} AND {UNITS} AND p.on_day < {{today:Date32}}"""
"""Which units and roles are told of, and since when."""

_KEY: Final = "concat(toString(p.month), '/', p.unit, '/', {role})"
_SHOWN: Final = "NOT has({hidden:Array(String)}, " + _KEY + ")"

_DAYS: Final = f"""
    SELECT s.since AS month, s.unit AS unit, s.role AS role, s.on_day AS on_day, s.is_known AS is_known,
           s.has_schedule AS has_schedule, s.scheduled_h AS scheduled, s.short_h AS short, s.long_h AS long,
           s.unknown_h AS unknown, s.has_work AS has_work, s.worked_h AS worked, s.external_h AS external,
           s.has_work * s.external_h AS external_of_work,
           s.overtime_h AS overtime, s.is_licensed * s.worked_h AS licensed,
           s.is_licensed * s.known_h AS known, s.is_licensed * s.yes_h AS yes,
           s.is_known * arrayLast(x -> x.1 <= s.on_day, f.steps).3 AS day_fte
    FROM {_SPANS} AS s
    LEFT JOIN
    (
        SELECT unit, role, arraySort(groupArray((from_on, told_at, fte))) AS steps
        FROM fte_steps WHERE {_HERE} GROUP BY unit, role
    ) AS f ON f.unit = s.unit AND f.role = s.role"""

_SUMS: Final = f"""
    SELECT month, unit, role, groupArray(toInt32(on_day)) AS told_days, count() AS days,
           sum(is_known) AS known_days, sum(has_schedule) AS planned_days, sum(scheduled) AS scheduled_h,
           sum(short) AS short_h, sum(long) AS long_h, sum(unknown) AS unknown_h, sum(has_work) AS work_days,
           sum(worked) AS worked_h,
           sum(external) AS external_sum,
           sum(external_of_work) AS external_part, sum(overtime) AS overtime_sum, sum(licensed) AS licensed_h,
           sum(known) AS known_h, sum(yes) AS yes_h, sumIf(overtime, day_fte > 0) AS overtime_of_fte,
           countIf(day_fte > 0) AS fte_days,
           if(fte_days = 0, 0, avgIf(day_fte, day_fte > 0)) AS fte
    FROM ({_DAYS}) GROUP BY month, unit, role"""

FIGURES: Final = f"""
SELECT * EXCEPT (days_and_ends) FROM
(
SELECT level.1 AS unit, level.2 AS role, p.month AS month,
       if(sum(p.known_days) = 0, NULL, sum(p.overtime_sum)) AS overtime_h,
       sum(p.overtime_of_fte) / nullIf(sum(p.fte), 0) AS overtime_per_fte,
       sum(p.known_days) / sum(p.days) AS known_coverage, sum(p.fte_days) / sum(p.days) AS fte_coverage,
       sum(p.short_h + p.long_h + p.unknown_h) / nullIf(sum(p.scheduled_h), 0) AS sick_share,
       sum(p.short_h) / nullIf(sum(p.scheduled_h), 0) AS sick_short_share,
       sum(p.long_h) / nullIf(sum(p.scheduled_h), 0) AS sick_long_share, 1 - sick_share AS attendance_rate,
       sum(p.planned_days) / sum(p.days) AS schedule_coverage,
       if(sum(p.known_days) = 0, NULL, sum(p.external_sum)) AS external_h,
       sum(p.external_part) / nullIf(sum(p.worked_h), 0) AS external_share,
       sum(p.work_days) / sum(p.days) AS work_coverage,
       sum(p.yes_h) / nullIf(sum(p.known_h), 0) AS qualified_share,
       sum(p.known_h) / nullIf(sum(p.licensed_h), 0) AS qualified_coverage,
       arraySort(arrayConcat(groupUniqArrayArray(p.told_days),
                             [toInt32(p.month) - 1, toInt32(least(addMonths(p.month, 1), {{today:Date32}}))]))
           AS days_and_ends,
       arrayMax(arrayDifference(days_and_ends)) - 1 AS silent_days
FROM ({_SUMS}) AS p
ARRAY JOIN arrayFilter(l -> {{role:String}} IN ('', l.2) AND {_SHOWN.replace("{role}", "l.2")},
                       [(p.unit, ''), ('', ''), (p.unit, p.role), ('', p.role)]) AS level
WHERE {UNITS} AND {{unit:String}} IN ('', p.unit)
GROUP BY level, p.month
)"""
"""What the schedules and the worked time give. silent_days: the most in a row that nothing is told of."""

_MONTHS: Final = "{months:Array(Date32)}"
_NONE: Final = {
    "temps": "CAST([], 'Array(String)')", "temp_h": "0.", "worked_h": "0.", "pairs": "0", "cases": "0",
    "leads": "CAST([], 'Array(Int64)')", "decided": "0",
}  # fmt: skip


def _part(columns: dict[str, str], source: str) -> str:
    """Rows of unit and month that fill some columns of what is set beside."""
    filled = ", ".join(f"{columns.get(name, none)} AS {name}" for name, none in _NONE.items())
    named = "toString(unit) AS unit, toDate32(month) AS month"
    return f"SELECT {named}, {filled} FROM ({source}) GROUP BY unit, month"


_TEMPS: Final = _part(
    {"temps": "groupUniqArray(toString(temp))"},
    f"""SELECT unit, temp, toStartOfMonth(on_day) AS month FROM staff_temps
        WHERE {_HERE} AND on_day < {{today:Date32}} AND has({_MONTHS}, toDate32(toStartOfMonth(on_day)))""",
)
_TEMP_HOURS: Final = _part(
    {"temp_h": "sum(t_h)", "worked_h": "sum(w_h)"},
    f"""SELECT s.unit AS unit, s.since AS month, s.has_work * s.temp_h AS t_h,
        s.worked_h AS w_h FROM {_SPANS} AS s""",
)
_PAIRS: Final = _part(
    {"pairs": "sum(many)", "cases": "count()"},
    f"""SELECT c.unit AS unit, c.month AS month, t.many AS many
        FROM
        (
            SELECT assistance, any(toString(unit)) AS unit,
                   arrayJoin(arrayFilter(m -> from_on < addMonths(m, 1) AND until_on > m, {_MONTHS})) AS month
            FROM assistance_periods WHERE {_HERE} GROUP BY assistance, month
        ) AS c
        LEFT JOIN
        (
            SELECT assistance, toDate32(toStartOfMonth(on_day)) AS month, uniqExact(temp) AS many
            FROM staff_temps WHERE {_HERE} AND assistance != '' AND on_day < {{today:Date32}}
            GROUP BY assistance, month
        ) AS t ON t.assistance = c.assistance AND t.month = c.month""",
)
_LEADS: Final = _part(
    {"leads": "groupArrayIf(days, is_followed)", "decided": "count()"},
    f"""SELECT unit, dateDiff('day', decided_on, assumeNotNull(schedule_on)) AS days,
               schedule_on IS NOT NULL AS is_followed,
               arrayJoin(arrayFilter(m -> decided_on >= addMonths(m, -11) AND decided_on < addMonths(m, 1),
                                     {_MONTHS})) AS month
        FROM decision_changes
        WHERE {_HERE} AND decided_on < {{today:Date32}}""",
)

BESIDE: Final = f"""
SELECT * EXCEPT (many, shown_leads) FROM
(
SELECT level AS unit, q.month AS month, sum(q.is_few) AS few_temps,
       uniqExactArrayIf(q.temps, NOT q.is_few) AS many,
       if(few_temps = count() OR (SELECT count() FROM staff_temps WHERE {_HERE}) = 0, NULL, toNullable(many))
           AS temps,
       sumIf(q.temp_h, NOT q.is_few) / nullIf(sumIf(q.worked_h, NOT q.is_few), 0) AS temp_share,
       sumIf(q.pairs, NOT q.is_few) / nullIf(sumIf(q.cases, NOT q.is_few), 0) AS temps_per_case,
       sum(length(q.leads)) AS changes, groupArrayArrayIf(q.leads, length(q.leads) >= {LEAST}) AS shown_leads,
       sum(length(q.leads)) / nullIf(sum(q.decided), 0) AS lead_coverage,
       if(empty(shown_leads), NULL, arrayReduce('quantileExactInclusive(0.5)', shown_leads)) AS lead_days
FROM
(
    SELECT p.unit AS unit, p.month AS month, groupUniqArrayArray(p.temps) AS temps, sum(p.temp_h) AS temp_h,
           sum(p.worked_h) AS worked_h, sum(p.pairs) AS pairs, sum(p.cases) AS cases,
           groupArrayArray(p.leads) AS leads, sum(p.decided) AS decided,
           length(temps) BETWEEN 1 AND {LEAST - 1} AS is_few
    FROM ({" UNION ALL ".join((_TEMPS, _TEMP_HOURS, _PAIRS, _LEADS))}) AS p
    WHERE {UNITS} AND {{unit:String}} IN ('', p.unit) AND {_SHOWN.replace("{role}", "''")}
    GROUP BY unit, month
) AS q
ARRAY JOIN [q.unit, ''] AS level
GROUP BY level, q.month
)"""
"""What is known of whole units alone. Of one to four temps it is only told that they are few; a lead time is
that of the twelve months that end with the month, where five decisions or more were changed.
"""

DOUBLE: Final = f"""
SELECT level AS unit, toDate32(p.month) AS month,
       sum(p.double_h) / nullIf(sum(p.client_h), 0) AS double_share,
       sum(p.covered_h) / nullIf(sum(p.done_h), 0) AS double_coverage
FROM
(
    SELECT toString(unit) AS unit, month, ifNull(double_h, 0) AS double_h, ifNull(client_h, 0) AS client_h,
           covered_h, done_h
    FROM assistance_hours(municipality = {{municipality:String}}, zone = {{zone:String}},
                          today = {{today:Date32}}, since = arrayMin({_MONTHS}),
                          until = arrayMax({{ends:Array(Date32)}}))
    WHERE has({_MONTHS}, month)
) AS p
ARRAY JOIN [p.unit, ''] AS level
WHERE {UNITS} AND {{unit:String}} IN ('', p.unit) AND {_SHOWN.replace("{role}", "''")}
GROUP BY level, p.month"""
"""Double staffing of whole units (T17), asked apart: which shifts cover each other takes long to find."""
