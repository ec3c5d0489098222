/*
id = "T11"
kind = "span"
title_sv = "Närvarograd"
title_en = "Attendance rate"
definition = "Ett minus sjukfrånvaron: andelen av de schemalagda timmarna som inte föll bort genom sjukfrånvaro, de dagar i perioden som schemat är känt för, till och med i går. Täckningen är andelen dagar, per enhet och roll, som schemat är känt för. Uppgiften saknas för tid innan sjukfrånvaro alls har redovisats. Grupper med färre än fem personer på schemat visas aldrig."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["unit", "role"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Personalchef"
user = "Nämnd, enhetschef, bemanningsenhet"
decision = "Följa om närvaron ökar"
replaces = "Månadsrapporter om sjukfrånvaro"
law = "Egen definition T11"
manual_input = "none"
needs = ["hours"]
least = 5
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
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
SELECT since, unit, role, 1 - sum(d.sick_h) / nullIf(sum(d.scheduled_h), 0) AS value, max(d.persons) AS n,
       sum(d.known) / sum(d.days) AS coverage
FROM
(
    SELECT s.since AS since,
           if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
           if(has({by:Array(String)}, 'role'), s.role, '') AS role,
           s.on_day, sum(s.persons) AS persons,
           sum(s.scheduled_h) AS scheduled_h,
           sum(s.short_h + s.long_h + s.unknown_h) AS sick_h,
           sum(s.has_schedule) AS known,
           count() AS days
    FROM staff_spans(municipality = {municipality:String}, today = {today:Date32}, since = {since:Array(Date32)},
                         until = {until:Array(Date32)}) AS s
    GROUP BY ALL
) AS d
GROUP BY ALL
