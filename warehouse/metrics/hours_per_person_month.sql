/*
id = "T6"
kind = "span"
title_sv = "Hemtjänsttimmar per person och månad"
title_en = "Home-care hours per person and month"
definition = "Utförda brukartimmar hemtjänst delade med personmånader. En personmånad är en person som någon dag i kalendermånaden hade hemtjänst beviljad eller utförd. Bara hela månader som är slut räknas. Timmar som inte hör till en känd person är inte med, och inte heller beviljad hemtjänst hos enheter som bara rapporterar timmar utan person; de timmarna, och sådana som ännu inte har rapporterats, sänker täckningen."
unit = "timmar/månad"
decimals = 1
direction = "none"
measure = "mean"
dimensions = ["unit", "regi", "age_band", "sex"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Nämnd, verksamhetschef, biståndschef"
decision = "Följa hur stort stöd människor behöver, och om rehabilitering minskar det"
replaces = "Medelvärden räknade för hand"
law = "SoL 2025:400; egen definition T6"
manual_input = "none"
needs = ["hours"]
tells_of = ["performed"]
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["unit"], period = "month", count = 14 },
    { by = ["regi"], period = "month", count = 13 },
    { by = [], period = "quarter", count = 9 },
    { by = ["unit"], period = "quarter", count = 9 },
    { by = ["regi"], period = "quarter", count = 9 },
    { by = ["age_band"], period = "month", count = 14 },
    { by = ["age_band"], period = "quarter", count = 9 },
    { by = ["sex"], period = "month", count = 14 },
    { by = ["sex"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
    { by = ["regi"], period = "year", count = 4 },
    { by = ["age_band"], period = "year", count = 4 },
    { by = ["sex"], period = "year", count = 4 },
]
*/
SELECT since, unit, regi, age_band, sex, nullIf(hours, 0) / person_months AS value, n,
       sum(hours) OVER w / nullIf(sum(all_hours) OVER w, 0)
           * if(sum(planned) OVER w = 0, 1, sum(told) OVER w / sum(planned) OVER w) AS coverage
FROM
(
    SELECT x.1 AS since, unit, regi, if(has({by:Array(String)}, 'age_band') AND known_age = '', 'unknown', known_age) AS age_band,
           if(has({by:Array(String)}, 'sex') AND known_sex = '', 'unknown', known_sex) AS sex, sumIf(t.hours, t.is_named) AS hours,
           countIf(t.is_named AND t.is_active) AS person_months, uniqExactIf(t.who, t.is_named AND t.is_active) AS n,
           sum(t.hours) AS all_hours, sum(t.planned) AS planned, sum(t.told) AS told
    FROM
    (
        SELECT month, who, is_named, unit, regi, maxIf(age_band, age_band != 'unknown') AS known_age,
               maxIf(sex, sex != 'unknown') AS known_sex, sum(hours) AS hours, max(is_active) AS is_active,
               sum(planned) AS planned, sum(told) AS told
        FROM
        (
            SELECT on_day - toDayOfMonth(on_day) + 1 AS month, who, is_named, unit, regi, age_band, sex, client_h AS hours,
                   visits > 0 OR client_h > 0 AS is_active, planned, told
            FROM visit_hours(municipality = {municipality:String}, zone = {zone:String}, since = {since:Array(Date32)},
                             until = {until:Array(Date32)}, by = arrayConcat({by:Array(String)}, ['service']))
            WHERE service = 'home_care'
            UNION ALL
            SELECT r.from_on - toDayOfMonth(r.from_on) + 1 AS month, r.who AS who,
                   (r.person != '' OR r.assistance != '') AND r.until_on <= addMonths(month, 1) AS is_named,
                   if(has({by:Array(String)}, 'unit'), toString(r.unit), '') AS unit,
                   if(has({by:Array(String)}, 'regi'), toString(r.regi), '') AS regi,
                   if(has({by:Array(String)}, 'age_band'), toString(r.age_band), '') AS age_band,
                   if(has({by:Array(String)}, 'sex'), toString(r.sex), '') AS sex, r.hours AS hours, 1 AS is_active,
                   0 AS planned, 0 AS told
            FROM hours_reports_now AS r
            WHERE r.municipality = {municipality:String} AND r.service = 'home_care'
            UNION ALL
            SELECT addMonths(g.from_on - toDayOfMonth(g.from_on) + 1, k) AS month, g.who AS who, 1 AS is_named,
                   if(has({by:Array(String)}, 'unit'), toString(g.unit), '') AS unit,
                   if(has({by:Array(String)}, 'regi'), toString(g.regi), '') AS regi,
                   if(has({by:Array(String)}, 'age_band'), toString(g.age_band), '') AS age_band,
                   if(has({by:Array(String)}, 'sex'), toString(g.sex), '') AS sex, 0. AS hours, 1 AS is_active,
                   0 AS planned, 0 AS told
            FROM (SELECT * FROM grant_steps WHERE municipality = {municipality:String} AND service = 'home_care' AND law != 'HSL'
                  AND from_on < {today:Date32}
                  -- of units that tell hours without persons nobody knows whose they are
                  AND toString(unit) NOT IN (SELECT toString(unit) FROM hours_reports_now
                                             WHERE municipality = {municipality:String} AND person = '' AND assistance = '')) AS g
            ARRAY JOIN range(1 + dateDiff('month', g.from_on, least(g.until_on, {today:Date32}) - 1)) AS k
        )
        GROUP BY month, who, is_named, unit, regi
    ) AS t
    ARRAY JOIN arrayFilter(w -> t.month >= w.1 AND addMonths(t.month, 1) <= least(w.2, {today:Date32}),
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY ALL
    UNION ALL
    -- what those that report by the month have not reported of whole months that are over
    SELECT since, unit, regi, age_band, sex, 0. AS hours, 0 AS person_months, 0 AS n, awaited_h AS all_hours, 0 AS planned, 0 AS told
    FROM hours_awaited(municipality = {municipality:String}, by = arrayConcat({by:Array(String)}, ['service']),
                       since = {since:Array(Date32)}, until = {until:Array(Date32)},
                       today = {today:Date32} - toDayOfMonth({today:Date32}) + 1)
    WHERE service = 'home_care'
)
WINDOW w AS (PARTITION BY since, unit, regi)
QUALIFY n > 0
