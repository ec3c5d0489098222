/*
id = "T11"
kind = "span"
title_sv = "Sjukfrånvaro"
title_en = "Sick absence"
definition = "Sjukfrånvarotimmar delat med schemalagda timmar, de dagar i perioden som schemat är känt för, till och med i går. Uppdelat på sjukfallets längd: kort är högst 14 dagar. Täckningen är andelen dagar, per enhet och roll, som schemat är känt för. Uppgiften saknas för tid innan sjukfrånvaro alls har redovisats. Grupper med färre än fem personer på schemat visas aldrig."
unit = "andel"
decimals = 3
direction = "down"
measure = "share"
dimensions = ["unit", "role", "spell"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Personalchef"
user = "Nämnd, enhetschef, bemanningsenhet"
decision = "Sätta in stöd där frånvaron är hög"
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
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "warn", limit = 1 },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["unit"], period = "month", count = 13 },
    { by = ["role"], period = "month", count = 13 },
    { by = ["spell"], period = "month", count = 13 },
    { by = [], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
    { by = ["role"], period = "year", count = 4 },
    { by = ["spell"], period = "year", count = 4 },
]
*/
SELECT since, unit, role, k.1 AS spell, sum(k.2) / nullIf(sum(d.scheduled_h), 0) AS value, max(d.persons) AS n,
       sum(d.known) / sum(d.days) AS coverage
FROM
(
    SELECT s.since AS since,
           if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
           if(has({by:Array(String)}, 'role'), s.role, '') AS role,
           s.on_day, sum(s.persons) AS persons,
           sum(s.scheduled_h) AS scheduled_h,
           sum(s.short_h) AS short_h,
           sum(s.long_h) AS long_h,
           sum(s.unknown_h) AS unknown_h,
           sum(s.has_schedule) AS known,
           count() AS days
    FROM staff_spans(municipality = {municipality:String}, today = {today:Date32}, since = {since:Array(Date32)},
                         until = {until:Array(Date32)}) AS s
    GROUP BY ALL
) AS d
ARRAY JOIN if(has({by:Array(String)}, 'spell'), [('short', d.short_h), ('long', d.long_h), ('unknown', d.unknown_h)],
              [('', d.short_h + d.long_h + d.unknown_h)]) AS k
GROUP BY ALL
