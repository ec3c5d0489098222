/*
id = "T3a"
kind = "span"
title_sv = "Utförda av beviljade assistanstimmar"
title_en = "Performed share of granted assistance hours"
definition = "Utförda assistanstimmar delat med beviljade i periodens månader, till och med i går, för samma personer och dagar. En timme med två assistenter räknas som två, på samma sätt som i beslutet. Månader som ingen har rapporterat timmar för ingår inte, varken ovanför eller under strecket. Täckningen är andelen beviljade timmar vars utförande är känt; av planerade pass är det de som har både start och slut. Över 105 procent och under 70 procent larmar navet."
unit = "andel"
decimals = 3
direction = "none"
measure = "share"
dimensions = ["unit", "regi", "payer", "sex", "age_band"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef LSS"
decision = "Upptäcka över- och underuttag medan perioden pågår"
replaces = "Avstämning i efterhand"
law = "SFB 51 kap., LSS 9 § 2; egen definition T3a"
manual_input = "none"
needs = ["hours"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "warn", limit = 1.05 },
    { rule = "at_least", grade = "warn", limit = 0.7 },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["unit"], period = "month", count = 14 },
    { by = [], period = "quarter", count = 9 },
    { by = ["unit"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
    { by = ["payer"], period = "quarter", count = 9 },
    { by = ["payer"], period = "year", count = 4 },
    { by = ["regi"], period = "quarter", count = 9 },
    { by = ["regi"], period = "year", count = 4 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), m.unit, '') AS unit,
       if(has({by:Array(String)}, 'regi'), m.regi, '') AS regi,
       if(has({by:Array(String)}, 'payer'), m.payer, '') AS payer,
       if(has({by:Array(String)}, 'sex'), m.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), m.age_band, '') AS age_band,
       if(sum(m.told_h) > 0, sum(m.staff_h) / sum(m.told_h), NULL) AS value, uniqExactIf(m.who, m.told_h > 0) AS n,
       sum(m.covered_h) / sum(m.done_h) AS coverage
FROM
(
    SELECT * FROM assistance_hours(municipality = {municipality:String}, zone = {zone:String}, today = {today:Date32},
                           since = arrayMin({since:Array(Date32)}), until = arrayMax({until:Array(Date32)}))
    WHERE done_h > 0
) AS m
ARRAY JOIN arrayFilter(w -> m.month >= w.1 AND m.month < w.2,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
