/*
id = "C3"
kind = "span"
title_sv = "Avslutade ärenden"
title_en = "Closed cases"
definition = "Antal ärenden som avslutats under perioden, oavsett hur. Ärenden räknas, inte personer. Flyttar mellan enheter är inga avslut."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "reason", "sex", "law"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Se om avsluten håller jämna steg med inflödet"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C3"
manual_input = "none"
needs = ["cases"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 27 },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 27 },
    { by = ["unit"], period = "quarter", count = 41 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["sex"], period = "month", count = 27 },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), c.unit, '') AS unit,
       if(has({by:Array(String)}, 'reason'), c.reason, '') AS reason,
       if(has({by:Array(String)}, 'sex'), c.sex, '') AS sex,
       if(has({by:Array(String)}, 'law'), c.law, '') AS law,
       count() AS value, uniqExact(if(c.person = '', c.entity, c.person)) AS n
FROM
(
    SELECT entity, toString(person) AS person, toString(unit) AS unit, toString(reason) AS reason, toString(sex) AS sex,
           toString(law) AS law, toDate32(toTimeZone(at, {zone:String})) AS day
    FROM case_closings WHERE municipality = {municipality:String}
) AS c
ARRAY JOIN arrayFilter(w -> c.day >= w.1 AND c.day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
