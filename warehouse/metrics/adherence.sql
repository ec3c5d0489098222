/*
id = "D2m"
kind = "span"
title_sv = "Följsamhet"
title_en = "Adherence"
definition = "Andel av doserna med känt utfall som togs inom sitt tidsfönster. En dos räknas när fönstret har stängt och hör till den dag då den förföll. En dos utan känt utfall räknas varken som tagen eller missad utan sänker täckningen. Är utfallet okänt för mer än 1 procent av doserna visas bara gränserna: om alla okända hade missats och om alla hade tagits. Det som pågår räknas till och med i går. Antalet bakom talet är personer."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["unit", "device_type", "regi", "sex", "age_band"]
periods = ["week", "month", "quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef hemsjukvård"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Se om läkemedel tas i tid med utrustningens hjälp"
replaces = "Leverantörens egen siffra"
law = "Egen definition D2m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 900
bounds_only = true
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "week", count = 55 },
    { by = ["unit"], period = "week", count = 55 },
    { by = [], period = "month", count = 25 },
    { by = [], period = "quarter", count = 13 },
    { by = [], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 25 },
    { by = ["unit"], period = "quarter", count = 13 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["device_type"], period = "month", count = 25 },
    { by = ["device_type"], period = "quarter", count = 13 },
    { by = ["device_type"], period = "year", count = 10 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
       if(has({by:Array(String)}, 'device_type'), d.device_type, '') AS device_type,
       if(has({by:Array(String)}, 'regi'), d.regi, '') AS regi,
       if(has({by:Array(String)}, 'sex'), d.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), d.age_band, '') AS age_band,
       if(countIf(d.outcome != 'unknown') = 0, NULL,
          countIf(d.outcome = 'taken') / countIf(d.outcome != 'unknown')) AS value,
       uniqExact(d.who) AS n, countIf(d.outcome != 'unknown') / count() AS coverage,
       countIf(d.outcome = 'taken') / count() AS lower, countIf(d.outcome IN ('taken', 'unknown')) / count() AS upper
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
