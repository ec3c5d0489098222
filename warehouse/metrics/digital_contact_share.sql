/*
id = "D9m"
kind = "span"
title_sv = "Digitala kontakter"
title_en = "Digital contacts"
definition = "Andel av de utförda besöken och andra kontakterna under perioden som skedde på distans: per telefon, video eller kamera. Kontakter där sättet är okänt räknas inte; är de fler än 1 procent är talet preliminärt. Antalet bakom talet är personer."
unit = "andel"
decimals = 3
direction = "none"
measure = "share"
dimensions = ["service", "unit", "regi", "sex", "age_band"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef hemtjänst"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Se hur stor del av kontakterna som sker på distans"
replaces = "Ingen tidigare uppgift"
law = "Egen definition D9m"
manual_input = "none"
needs = ["hours"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = [], period = "quarter", count = 13 },
    { by = [], period = "year", count = 10 },
    { by = ["service"], period = "month", count = 25 },
    { by = ["service"], period = "quarter", count = 13 },
    { by = ["service"], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 25 },
    { by = ["unit"], period = "quarter", count = 13 },
    { by = ["unit"], period = "year", count = 10 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'service'), v.service, '') AS service,
       if(has({by:Array(String)}, 'unit'), v.unit, '') AS unit,
       if(has({by:Array(String)}, 'regi'), v.regi, '') AS regi,
       if(has({by:Array(String)}, 'sex'), v.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), v.age_band, '') AS age_band,
       if(countIf(v.channel != 'unknown') = 0, NULL,
          countIf(v.channel IN ('phone', 'video', 'camera')) / countIf(v.channel != 'unknown')) AS value,
       uniqExact(v.who) AS n, countIf(v.channel != 'unknown') / count() AS coverage
FROM
(
    SELECT *, multiIf(person != '', toString(person), assistance != '', toString(assistance), entity) AS who,
           toDate32(toTimeZone(assumeNotNull(start_at), {zone:String})) AS on_day
    FROM visits FINAL
    WHERE municipality = {municipality:String} AND void = 0 AND start_at IS NOT NULL AND kind IN ('direct', 'unknown')
      AND day BETWEEN greatest(arrayMin({since:Array(Date32)}), toDate32('1900-01-02')) - 1 AND arrayMax({until:Array(Date32)})
) AS v
ARRAY JOIN arrayFilter(w -> v.on_day >= w.1 AND v.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
