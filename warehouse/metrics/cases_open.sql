/*
id = "C1"
kind = "instant"
title_sv = "Öppna ärenden"
title_en = "Open cases"
definition = "Antal ärenden som är öppna när perioden slutar, eller nu om den pågår. Ärenden räknas, inte personer. Enheter som bara redovisar sin balans ingår inte."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "stage", "sex", "law"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Bedöma om balansen växer"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C1"
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
    { by = ["stage"], period = "month", count = 27 },
    { by = ["stage"], period = "quarter", count = 41 },
    { by = ["stage"], period = "year", count = 10 },
]
*/
SELECT x AS at,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       if(has({by:Array(String)}, 'stage'), s.stage, '') AS stage,
       if(has({by:Array(String)}, 'sex'), s.sex, '') AS sex,
       if(has({by:Array(String)}, 'law'), s.law, '') AS law,
       count() AS value, uniqExact(if(s.person = '', s.entity, s.person)) AS n
FROM
(
    SELECT entity, toString(person) AS person, toString(unit) AS unit, toString(stage) AS stage, toString(sex) AS sex,
           toString(law) AS law, `from`, `until`, opened_at
    FROM case_spells WHERE municipality = {municipality:String}
) AS s
ARRAY JOIN arrayFilter(t -> s.`from` <= t AND t < s.`until`, {at:Array(DateTime64(6, 'UTC'))}) AS x
GROUP BY ALL
