/*
id = "T13"
kind = "span"
title_sv = "Kvalificerad tid för legitimerad personal"
title_en = "Qualified time of licensed staff"
definition = "Andel av den arbetade tiden som gått till uppgifter som kräver legitimation, av den tid där det är känt om uppgiften gör det, till och med i går. Legitimerad personal är de roller som det alls anges för. Enheter och roller där ingen under perioden uppger hur många som står på schemat räknas inte. Täckningen är andelen av deras arbetade tid där uppgiftens slag är känt. Grupper med färre än fem personer på schemat visas aldrig."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["unit", "role"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Personalchef"
user = "Nämnd, enhetschef, bemanningsenhet"
decision = "Låta legitimerad personal göra det bara de får göra"
replaces = "Ingen tidigare uppgift"
law = "Egen definition T13"
manual_input = "none"
needs = ["hours"]
least = 5
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
    { by = ["unit"], period = "month", count = 13 },
    { by = ["role"], period = "month", count = 13 },
    { by = [], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
    { by = ["role"], period = "year", count = 4 },
]
*/
SELECT since, unit, role, sum(d.yes_h) / nullIf(sum(d.known_h), 0) AS value, max(d.persons) AS n,
       sum(d.known_h) / nullIf(sum(d.worked_h), 0) AS coverage
FROM
(
    SELECT s.since AS since,
           if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
           if(has({by:Array(String)}, 'role'), s.role, '') AS role,
           s.on_day, sum(s.persons) AS persons,
           sum(s.yes_h) AS yes_h,
           sum(s.known_h) AS known_h,
           sum(s.worked_h) AS worked_h
    FROM staff_spans(municipality = {municipality:String}, today = {today:Date32}, since = {since:Array(Date32)},
                         until = {until:Array(Date32)}) AS s
    WHERE s.is_licensed
    GROUP BY ALL
) AS d
GROUP BY ALL
