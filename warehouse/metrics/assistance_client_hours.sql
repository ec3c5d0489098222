/*
id = "T2"
kind = "span"
title_sv = "Assistanstimmar hos brukaren"
title_en = "Assistance hours with the client"
definition = "Timmar under vilka brukaren har haft personlig assistans i periodens månader, till och med i går: tid med två assistenter samtidigt räknas en gång. Täckningen är andelen beviljade timmar vars utförande är känt; av planerade pass är det de som har både start och slut."
unit = "timmar"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["unit", "regi", "payer", "sex", "age_band"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef LSS"
decision = "Skilja brukarens tid från personalens"
replaces = "Tidrapporter sammanställda för hand"
law = "SFB 51 kap., LSS 9 § 2; egen definition T2"
manual_input = "none"
needs = ["hours"]
tells_of = ["performed"]
zeros_have_rows = true
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["unit"], period = "month", count = 13 },
    { by = [], period = "quarter", count = 9 },
    { by = ["unit"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
    { by = ["payer"], period = "quarter", count = 9 },
    { by = ["payer"], period = "year", count = 4 },
    { by = ["regi"], period = "quarter", count = 9 },
    { by = ["regi"], period = "year", count = 4 },
    { by = ["sex"], period = "quarter", count = 9 },
    { by = ["sex"], period = "year", count = 4 },
    { by = ["age_band"], period = "quarter", count = 9 },
    { by = ["age_band"], period = "year", count = 4 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), m.unit, '') AS unit,
       if(has({by:Array(String)}, 'regi'), m.regi, '') AS regi,
       if(has({by:Array(String)}, 'payer'), m.payer, '') AS payer,
       if(has({by:Array(String)}, 'sex'), m.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), m.age_band, '') AS age_band,
       sum(m.client_h) AS value, uniqExactIf(m.who, m.client_h > 0) AS n,
       if(sum(m.done_h) > 0, sum(m.covered_h) / sum(m.done_h), NULL) AS coverage
FROM
(
    SELECT * FROM assistance_hours(municipality = {municipality:String}, zone = {zone:String}, today = {today:Date32},
                           since = arrayMin({since:Array(Date32)}), until = arrayMax({until:Array(Date32)}))
    WHERE done_h > 0 OR client_h IS NOT NULL
) AS m
ARRAY JOIN arrayFilter(w -> m.month >= w.1 AND m.month < w.2,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
