/*
id = "P4"
kind = "span"
title_sv = "Dygnspris"
title_en = "Daily price"
definition = "Kronor delat med vårddygn: priset för varje dygn under perioden, lagt ihop och delat med antalet dygn med känt pris. Tillägg är inte med. Som statistiskt mått visas också median, p10, p90, lägsta och högsta av priserna, där varje pris räknas en gång per placering. Dygn utan känt pris är inte med; täckningen säger hur stor del av vårddygnen som har ett pris."
unit = "kr/dygn"
decimals = 0
direction = "none"
measure = "mean"
dimensions = ["main_cause", "sex", "target_group", "care_form", "tender_area", "age_band", "unit", "provider", "framework", "statistic"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, ekonomiavdelning"
decision = "Följa vad ett dygn kostar"
replaces = "Medelvärde av priser i en lista"
law = "Egen definition P4"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["main_cause"], period = "quarter", count = 41 },
    { by = ["main_cause"], period = "year", count = 10 },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
    { by = ["target_group"], period = "quarter", count = 41 },
    { by = ["target_group"], period = "year", count = 10 },
    { by = ["care_form"], period = "quarter", count = 41 },
    { by = ["care_form"], period = "year", count = 10 },
    { by = ["tender_area"], period = "quarter", count = 41 },
    { by = ["tender_area"], period = "year", count = 10 },
]
*/
SELECT g.since AS since,
       if(has({by:Array(String)}, 'main_cause'), g.main_cause, '') AS main_cause,
       if(has({by:Array(String)}, 'sex'), g.sex, '') AS sex,
       if(has({by:Array(String)}, 'target_group'), g.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'care_form'), g.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'tender_area'), g.tender_area, '') AS tender_area,
       if(has({by:Array(String)}, 'age_band'), g.age_band, '') AS age_band,
       if(has({by:Array(String)}, 'unit'), g.unit, '') AS unit,
       if(has({by:Array(String)}, 'provider'), g.provider, '') AS provider,
       if(has({by:Array(String)}, 'framework'), g.framework, '') AS framework,
       if(has({by:Array(String)}, 'statistic'), t, '') AS statistic,
       multiIf(t = 'median', quantileExactInclusive(0.5)(g.price), t = 'p10', quantileExactInclusive(0.1)(g.price),
               t = 'p90', quantileExactInclusive(0.9)(g.price), t = 'min', min(g.price), t = 'max', max(g.price),
               sum(g.price * g.days) / sumIf(g.days, g.price IS NOT NULL)) AS value,
       uniqExactIf(g.who, g.price IS NOT NULL) AS n, sumIf(g.days, g.price IS NOT NULL) / sum(g.days) AS coverage
FROM
(
    -- a row per placement and price that held in the period
    SELECT x.1 AS since, s.entity AS entity, s.who AS who, s.daily_kr AS price,
           if(has({by:Array(String)}, 'main_cause'), s.main_cause, '') AS main_cause,
           if(has({by:Array(String)}, 'sex'), s.sex, '') AS sex,
           if(has({by:Array(String)}, 'target_group'), s.target_group, '') AS target_group,
           if(has({by:Array(String)}, 'care_form'), s.care_form, '') AS care_form,
           if(has({by:Array(String)}, 'tender_area'), s.tender_area, '') AS tender_area,
           if(has({by:Array(String)}, 'age_band'), s.age_band, '') AS age_band,
           if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
           if(has({by:Array(String)}, 'provider'), s.provider, '') AS provider,
           if(has({by:Array(String)}, 'framework'), if(s.framework = '', 'outside', 'inside'), '') AS framework,
           sum(dateDiff('day', greatest(s.first_day, x.1), least(s.after, x.2))) AS days
    FROM
    (
        SELECT *, if(is_open, {today:Date32}, day_after) AS after FROM placement_spans
        WHERE municipality = {municipality:String} AND first_day < after
    ) AS s
    ARRAY JOIN arrayFilter(w -> s.first_day < w.2 AND s.after > w.1,
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY ALL
) AS g
CROSS JOIN
(
    SELECT arrayJoin(if(has({by:Array(String)}, 'statistic'),
                        ['weighted', 'median', 'p10', 'p90', 'min', 'max'], ['weighted'])) AS t
) AS k
GROUP BY ALL
