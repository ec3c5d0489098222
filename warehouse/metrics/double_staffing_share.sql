/*
id = "T17"
kind = "span"
title_sv = "Dubbel assistans"
title_en = "Double staffing"
definition = "Andel av timmarna med assistans hos brukaren då två eller fler assistenter var där samtidigt, i periodens månader till och med i går. Varje timme räknas en gång, både ovanför och under strecket. Täckningen är andelen beviljade timmar vars utförande är känt; av planerade pass är det de som har både start och slut."
unit = "andel"
decimals = 3
direction = "none"
measure = "share"
dimensions = ["unit", "regi", "payer", "sex", "age_band"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef LSS"
decision = "Pröva om dubbel assistans används som den är beslutad"
replaces = "Ingen tidigare uppgift"
law = "Egen definition T17"
manual_input = "none"
needs = ["hours"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
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
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), m.unit, '') AS unit,
       if(has({by:Array(String)}, 'regi'), m.regi, '') AS regi,
       if(has({by:Array(String)}, 'payer'), m.payer, '') AS payer,
       if(has({by:Array(String)}, 'sex'), m.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), m.age_band, '') AS age_band,
       if(sum(m.client_h) > 0, sum(m.double_h) / sum(m.client_h), NULL) AS value,
       uniqExactIf(m.who, m.client_h > 0) AS n,
       if(sum(m.done_h) > 0, sum(m.covered_h) / sum(m.done_h), NULL) AS coverage
FROM
(
    SELECT * FROM assistance_hours(municipality = {municipality:String}, zone = {zone:String}, today = {today:Date32},
                           since = arrayMin({since:Array(Date32)}), until = arrayMax({until:Array(Date32)}))
    WHERE done_h > 0 OR client_h > 0
) AS m
ARRAY JOIN arrayFilter(w -> m.month >= w.1 AND m.month < w.2,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
