/*
id = "C2"
kind = "span"
title_sv = "Nya ärenden"
title_en = "New cases"
definition = "Antal ärenden som öppnats under perioden, nya och återöppnade. Ärenden räknas, inte personer. Flyttar mellan enheter är inte nya ärenden."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "kind", "sex", "law"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Bedöma inflödet mot bemanningen"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C2"
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
       if(has({by:Array(String)}, 'unit'), o.unit, '') AS unit,
       if(has({by:Array(String)}, 'kind'), o.kind, '') AS kind,
       if(has({by:Array(String)}, 'sex'), o.sex, '') AS sex,
       if(has({by:Array(String)}, 'law'), o.law, '') AS law,
       count() AS value, uniqExact(if(o.person = '', o.entity, o.person)) AS n
FROM
(
    SELECT entity, toString(person) AS person, toString(unit) AS unit, toString(kind) AS kind, toString(sex) AS sex,
           toString(law) AS law, toDate32(toTimeZone(at, {zone:String})) AS day
    FROM case_openings WHERE municipality = {municipality:String}
) AS o
ARRAY JOIN arrayFilter(w -> o.day >= w.1 AND o.day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
