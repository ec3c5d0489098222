/*
id = "T1"
kind = "span"
title_sv = "Beviljade assistanstimmar"
title_en = "Granted assistance hours"
definition = "Timmar med personlig assistans som är beviljade för dagarna i perioden, till och med i går. Timmar som beslutats för en hel period fördelas jämnt över periodens dagar. Ersätts ett beslut av ett nytt gäller det nya från sin första dag."
unit = "timmar"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["unit", "regi", "payer", "sex", "age_band"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef LSS"
decision = "Bedöma hur mycket assistans som ska bemannas"
replaces = "Sammanställning av besluten för hand"
law = "SFB 51 kap., LSS 9 § 2; egen definition T1"
manual_input = "none"
needs = ["hours"]
tells_of = ["assistance"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
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
    { by = ["sex"], period = "quarter", count = 9 },
    { by = ["sex"], period = "year", count = 4 },
    { by = ["age_band"], period = "quarter", count = 9 },
    { by = ["age_band"], period = "year", count = 4 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), p.unit, '') AS unit,
       if(has({by:Array(String)}, 'regi'), p.regi, '') AS regi,
       if(has({by:Array(String)}, 'payer'), p.payer, '') AS payer,
       if(has({by:Array(String)}, 'sex'), p.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), p.age_band, '') AS age_band,
       sum(p.hours / dateDiff('day', p.from_on, p.until_on)
           * dateDiff('day', greatest(p.from_on, x.1), least(p.until_on, x.2, {today:Date32}))) AS value,
       uniqExactIf(p.who, p.hours > 0) AS n
FROM (SELECT * FROM assistance_periods WHERE municipality = {municipality:String} AND from_on < {today:Date32}) AS p
ARRAY JOIN arrayFilter(w -> p.from_on < least(w.2, {today:Date32}) AND p.until_on > w.1,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
