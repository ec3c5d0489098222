"""What the work view of an assistance case asks (domain 7.3, T8): the six-month report by case and month.

Hours are those of assistants, as the granted ones are: one with two assistants counts twice. A month that
nobody has told of is null, never zero. Restricted: single cases are shown nowhere but in that view.

Forecast: the hours of the days that are told of, per day, go on until the period ends. Of its revenue no more
hours are paid for than are granted, those to come by the mean rate of the days to come; its cost is that of
the months whose cost is told, per hour, for all hours.
"""

from __future__ import annotations

from typing import Final

from warehouse.shown import UNITS, key_of

KEY: Final = key_of("p.assistance")
ENTITY: Final = "concat({municipality:String}, '/assistance/', p.assistance)"
OVER: Final = 1.05
UNDER: Final = 0.70
"""Shares of what is granted to date that are flagged, not hidden (domain 7.3, T3)."""
FAR: Final = 3
"""An outlier lies so many distances between the quartiles above the upper one, as in `cost_outliers`."""

_EVERY_MONTH: Final = f"""
SELECT p.*, {ENTITY} AS entity, {KEY} AS key, dateDiff('day', part_on, part_until_on) AS days,
       staff_h IS NOT NULL AND cost_kr IS NOT NULL AS is_costed,
       expected_kr IS NOT NULL AND cost_kr IS NOT NULL AS has_result,
       if(raised_kr > 0, raised_kr, rate_kr) AS hourly_kr
FROM assistance_months(municipality = {{municipality:String}}, zone = {{zone:String}},
                       today = {{today:Date32}}, since = {{on:Date32}} - 400,
                       until = {{on:Date32}} + 400) AS p
WHERE period_on <= {{on:Date32}} AND {{on:Date32}} < period_until_on"""
_MONTHS: Final = f"SELECT * FROM ({_EVERY_MONTH}) AS p WHERE {UNITS}"

MONTHS: Final = f"""
SELECT dateDiff('month', period_on, month) + 1 AS number, month, part_on, part_until_on - 1 AS last_on,
       entity, regi, client_h, granted_h, if(staff_h IS NULL, NULL, sum_told_h) AS granted_to_date_h,
       staff_h AS performed_h,
       double_h, sum(double_h) OVER () AS sum_double_h,
       if(staff_h IS NULL, NULL, sum_h) AS performed_to_date_h,
       period_h - performed_to_date_h AS remaining_h, if(done_h > 0, covered_h / done_h, NULL) AS coverage,
       hourly_kr, raised_kr IS NOT NULL AS is_raised, expected_kr, claimed_h, claimed_kr, paid_kr,
       multiIf(paid_kr IS NOT NULL, 'paid', claimed_kr IS NOT NULL, 'claimed',
               expected_kr IS NOT NULL, 'expected', '') AS status,
       cost_kr, expected_kr - cost_kr AS result_kr, if(staff_h > 0, cost_kr / staff_h, NULL) AS hour_costs_kr
FROM ({_MONTHS})
WHERE length({{key:String}}) = 12 AND key = {{key:String}}
ORDER BY month"""
"""Months of the period of one case that the day `on` lies in, those to come too. sum_double_h: the period's
hours with two assistants, on each of them. status: how far the revenue has come. cost_kr: with the case's
share by hours of what was booked on the whole unit, without overhead.
"""

_SUMS: Final = f"""
SELECT entity, key, assistance, unit, regi, payer, sex, age_band, period_on, period_until_on - 1 AS last_on,
       any(period_h) AS granted_h, sum(done_h) AS granted_to_date_h, sum(told_h) AS granted_known_h,
       sum(covered_h) AS covered_h, sum(staff_h) AS performed_h,
       sum(billable_h) AS billable_h, sum(expected_kr) AS expected_kr, sum(claimed_kr) AS claimed_kr,
       sum(paid_kr) AS paid_kr, sum(cost_kr) AS cost_kr, countIf(has_result) AS result_months,
       sumIf(m.expected_kr - m.cost_kr, has_result) AS result_sum_kr,
       sumIf(m.cost_kr, is_costed) AS costed_kr, sumIf(staff_h, is_costed) AS costed_h,
       sumIf(told_days, is_costed) AS costed_days,
       sumIf(staff_h * rate_kr, is_costed) AS at_rate_kr,
       sumIf(staff_h * rate_kr * (1 + most_raised), is_costed) AS at_most_kr,
       argMax(m.raised_kr, month) AS raised_kr, sum(days) AS period_days, sum(told_days) AS known_days,
       if(countIf(hourly_kr IS NULL) > 0, NULL, sum(hourly_kr * (days - told_days))) AS to_come_kr
FROM ({_EVERY_MONTH}) AS m
GROUP BY ALL"""

_PERIODS: Final = f"""
SELECT * EXCEPT (costed_kr, costed_h, costed_days, at_rate_kr, at_most_kr, to_come_kr, result_sum_kr),
       granted_h - performed_h AS remaining_h, performed_h / nullIf(granted_known_h, 0) AS share,
       share > {OVER} AS is_over, share < {UNDER} AS is_under,
       covered_h / nullIf(granted_to_date_h, 0) AS coverage,
       if(result_months > 0, result_sum_kr, NULL) AS result_kr,
       costed_kr / nullIf(costed_h, 0) AS hour_costs_kr, costed_kr / nullIf(costed_days, 0) AS day_costs_kr,
       at_rate_kr / nullIf(costed_h, 0) AS rate_kr,
       at_most_kr / nullIf(costed_h, 0) AS most_kr,
       ifNull(hour_costs_kr > rate_kr AND payer = 'social_insurance', 0) AS is_candidate,
       performed_h * period_days / nullIf(known_days, 0) AS forecast_h,
       if(known_days = period_days, expected_kr, expected_kr + (least(forecast_h, granted_h) - billable_h)
           * to_come_kr / (period_days - known_days)) AS forecast_revenue_kr,
       hour_costs_kr * forecast_h AS forecast_cost_kr,
       forecast_revenue_kr - forecast_cost_kr AS forecast_result_kr
FROM ({_SUMS})"""

_COUNTED: Final = {
    "all": "1", "over": "is_over", "under": "is_under", "candidates": "is_candidate",
    "loss": "forecast_result_kr < 0", "outliers": "is_dear_hour OR is_dear_client",
}  # fmt: skip
"""Questions, and which cases answer them."""
_FITS: Final = """
    ({unit:String} = '' OR unit = {unit:String}) AND ({payer:String} = '' OR payer = {payer:String})
    AND ({search:String} = '' OR startsWith(key, {search:String}))"""
_ANSWERS: Final = "\n    OR ".join(
    f"{{question:String}} = '{name}' AND ifNull({holds}, 0)" for name, holds in _COUNTED.items()
)
_COUNTS: Final = ", ".join(
    f"countIf(fits AND ifNull({holds}, 0)) {{over}} AS n_{name}" for name, holds in _COUNTED.items()
)

_JUDGED: Final = f"""
SELECT p.*, {_FITS} AS fits,
       ifNull(p.hour_costs_kr > hour[2] + {FAR} * (hour[2] - hour[1]), 0) AS is_dear_hour,
       ifNull(p.day_costs_kr > day[2] + {FAR} * (day[2] - day[1]), 0) AS is_dear_client
FROM
(
    SELECT *, quantilesExactInclusive(0.25, 0.75)(hour_costs_kr) OVER () AS hour,
           quantilesExactInclusive(0.25, 0.75)(day_costs_kr) OVER () AS day
    FROM ({_PERIODS})
) AS p
WHERE {UNITS}"""
"""The login's cases. Dear are those whose cost per hour, or per client and day, lies so far above the upper
quartile of all the municipality's cases that it should be checked (*ytterfall*, T14).
"""

CASES: Final = f"""
SELECT * FROM (SELECT *, {_COUNTS.format(over="OVER ()")},
                      arraySort(groupUniqArray(unit) OVER ()) AS all_units,
                      arraySort(groupUniqArray(payer) OVER ()) AS all_payers FROM ({_JUDGED}))
WHERE fits AND ({_ANSWERS})
ORDER BY forecast_result_kr, key"""
"""The period that the day `on` lies in of each case that answers the question, the largest loss first; with
each row the counts of `COUNTS`, so that a page need not ask for them as well.

share: performed by granted, of the days that are told of. hour_costs_kr beside rate_kr, the year's, and
most_kr, the most that it may be raised to, all by hours. result_kr: of the result_months whose cost is told.
"""

COUNTS: Final = f"""
SELECT {_COUNTS.format(over="")}, arraySort(groupUniqArray(unit)) AS all_units,
       arraySort(groupUniqArray(payer)) AS all_payers
FROM ({_JUDGED})"""
"""How many cases each question has under the filters, and what can be chosen: where no case answers."""

DOUBLE: Final = f"""
SELECT entity, key, unit, sum(double_h) AS double_h FROM ({_MONTHS}) GROUP BY ALL ORDER BY key"""
"""Hours of each case's period with two assistants (T17). Asked apart: which shifts cover each other costs
more than all else that `CASES` tells.
"""

_AT: Final = "municipality = {municipality:String}, zone = {zone:String}, at = [{at:DateTime64(6)}]"

HALVED: Final = f"""
SELECT {ENTITY} AS entity, {KEY} AS key, p.unit AS unit, p.regi AS regi FROM assistance_halved({_AT}) AS p
WHERE {UNITS}
ORDER BY key"""
"""Cases that have lost more than half of their hours without an end (domain B28)."""

OVERDUE: Final = f"""
SELECT {ENTITY} AS entity, {KEY} AS key, p.unit AS unit, p.regi AS regi, p.from_on AS period_on,
       p.until_on - 1 AS last_on, p.due_on AS due_on, p.months AS months
FROM assistance_unsettled({_AT}) AS p
WHERE {UNITS}
ORDER BY due_on, key"""
"""Periods whose account should be settled, with the months that nothing was claimed for (LC18)."""

HISTORY: Final = f"""
WITH own AS
(
    SELECT p.entity AS entity, p.assistance AS assistance
    FROM (SELECT DISTINCT entity, assistance, unit FROM assistance_periods
          WHERE municipality = {{municipality:String}}) AS p
    WHERE {UNITS} AND length({{key:String}}) = 12 AND {KEY} = {{key:String}}
)
SELECT entity, toString(id) AS fact, recorded_at, body FROM events FINAL
WHERE topic = 'hours' AND municipality = {{municipality:String}} AND entity IN
    (
        SELECT entity FROM own
        UNION ALL
        SELECT entity FROM account_months_now
        WHERE municipality = {{municipality:String}} AND assistance IN (SELECT assistance FROM own)
        UNION ALL
        SELECT entity FROM hours_reports_now
        WHERE municipality = {{municipality:String}} AND assistance IN (SELECT assistance FROM own)
    )
ORDER BY recorded_at, entity, fact"""
"""Every version of every fact about one case, its money and reported hours, as it came; not its shifts."""
