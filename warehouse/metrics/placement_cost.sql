/*
id = "P5"
kind = "span"
title_sv = "Beräknad kostnad"
title_en = "Computed cost"
definition = "Beräknad kostnad: för varje vårddygn under perioden det pris som gällde den dagen, lagt ihop. Tillägg är inte med. Dygn utan känt pris är inte 0 kr utan lämnas utanför; saknas pris för mer än 1 procent av vårddygnen är summan preliminär. Fakturerad och bokförd kostnad är andra uppgifter."
unit = "kr"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["main_cause", "sex", "target_group", "care_form", "tender_area", "age_band", "unit", "provider", "framework"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, ekonomiavdelning"
decision = "Följa vad placeringarna kostar medan de pågår"
replaces = "Kostnader sammanställda för hand"
law = "Egen definition P5 (beräknad)"
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
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'main_cause'), s.main_cause, '') AS main_cause,
       if(has({by:Array(String)}, 'sex'), s.sex, '') AS sex,
       if(has({by:Array(String)}, 'target_group'), s.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'care_form'), s.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'tender_area'), s.tender_area, '') AS tender_area,
       if(has({by:Array(String)}, 'age_band'), s.age_band, '') AS age_band,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       if(has({by:Array(String)}, 'provider'), s.provider, '') AS provider,
       if(has({by:Array(String)}, 'framework'), if(s.framework = '', 'outside', 'inside'), '') AS framework,
       sum(dateDiff('day', greatest(s.first_day, x.1), least(s.after, x.2)) AS days * s.daily_kr) AS value,
       uniqExactIf(s.who, s.daily_kr IS NOT NULL) AS n, sumIf(days, s.daily_kr IS NOT NULL) / sum(days) AS coverage,
       arrayMap(x -> abs(x), sumMap([s.who], [toFloat64(ifNull(days * s.daily_kr, 0))]).2) AS parts, arrayMax(parts) / nullIf(arraySum(parts), 0) AS top
FROM
(
    SELECT *, if(is_open, {today:Date32}, day_after) AS after FROM placement_spans
    WHERE municipality = {municipality:String} AND first_day < after
) AS s
ARRAY JOIN arrayFilter(w -> s.first_day < w.2 AND s.after > w.1,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
