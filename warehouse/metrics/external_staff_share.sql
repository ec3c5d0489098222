/*
id = "T12"
kind = "span"
title_sv = "Extern bemanning"
title_en = "External staffing"
definition = "Inhyrd personals timmar delat med all arbetad tid, den inhyrda medräknad. Bara dagar som arbetad tid är känd för räknas, till och med i går. Enheter och roller där ingen under perioden uppger hur många som står på schemat räknas inte. Täckningen är andelen dagar, per enhet och roll, som räknas. Uppgiften saknas för tid innan inhyrd personal alls har redovisats. Grupper med färre än fem personer på schemat visas aldrig."
unit = "andel"
decimals = 3
direction = "down"
measure = "share"
dimensions = ["unit", "role"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Personalchef"
user = "Nämnd, enhetschef, bemanningsenhet"
decision = "Minska beroendet av inhyrd personal"
replaces = "Ingen tidigare uppgift"
law = "Egen definition T12"
manual_input = "none"
needs = ["hours"]
least = 5
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "warn", limit = 1 },
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
SELECT since, unit, role, sum(d.part_h) / nullIf(sum(d.worked_h), 0) AS value, max(d.persons) AS n,
       sum(d.known) / sum(d.days) AS coverage
FROM
(
    SELECT s.since AS since,
           if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
           if(has({by:Array(String)}, 'role'), s.role, '') AS role,
           s.on_day, sum(s.persons) AS persons,
           sum(s.has_work * s.external_h) AS part_h,
           sum(s.worked_h) AS worked_h,
           sum(s.has_work) AS known,
           count() AS days
    FROM staff_spans(municipality = {municipality:String}, today = {today:Date32}, since = {since:Array(Date32)},
                         until = {until:Array(Date32)}) AS s
    GROUP BY ALL
) AS d
GROUP BY ALL
