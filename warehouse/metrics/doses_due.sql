/*
id = "D2m-doser"
kind = "span"
title_sv = "Förfallna doser"
title_en = "Doses due"
definition = "Antal doser som förföll under perioden och vars tidsfönster har stängt, efter utfall: tagen inom fönstret, tagen för sent, missad eller okänt. Efter skäl: varför doser missades. Det som pågår räknas till och med i går. Antalet bakom talet är personer."
unit = "doser"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["unit", "device_type", "regi", "sex", "age_band", "outcome", "reason"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef hemsjukvård"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Se hur många doser som följsamheten bygger på och varför doser missas"
replaces = "Ingen tidigare uppgift"
law = "Egen definition D2m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 900
tells_of = ["dose"]
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = [], period = "quarter", count = 13 },
    { by = [], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 25 },
    { by = ["unit"], period = "quarter", count = 13 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["outcome"], period = "month", count = 25 },
    { by = ["outcome"], period = "quarter", count = 13 },
    { by = ["outcome"], period = "year", count = 10 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
       if(has({by:Array(String)}, 'device_type'), d.device_type, '') AS device_type,
       if(has({by:Array(String)}, 'regi'), d.regi, '') AS regi,
       if(has({by:Array(String)}, 'sex'), d.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), d.age_band, '') AS age_band,
       if(has({by:Array(String)}, 'outcome'), d.outcome, '') AS outcome,
       if(has({by:Array(String)}, 'reason'), multiIf(d.outcome != 'missed', 'not_missed', d.miss_reason = '', 'unknown', d.miss_reason), '') AS reason,
       toFloat64(count()) AS value, uniqExact(d.who) AS n
FROM
(
    -- doses whose window had closed when today began; without a window a known outcome is enough
    SELECT *, toDate32(toTimeZone(due_at, {zone:String})) AS on_day FROM doses_in_homes AS d
    WHERE d.municipality = {municipality:String}
      AND d.day BETWEEN greatest(arrayMin({since:Array(Date32)}), toDate32('1900-01-02')) - 1 AND arrayMax({until:Array(Date32)})
      AND (d.window_until <= toDateTime64(toString({today:Date32}), 6, {zone:String})
           OR d.window_until = d.due_at AND d.outcome != 'unknown')
) AS d
ARRAY JOIN arrayFilter(w -> d.on_day >= w.1 AND d.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
