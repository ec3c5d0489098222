/*
id = "T18"
kind = "span"
title_sv = "Vikariernas andel av arbetad tid"
title_en = "Temps' share of worked time"
definition = "Vikariers timmar delat med all arbetad tid, vikariernas medräknad. Bara dagar som arbetad tid är känd för räknas, till och med i går. Enheter och roller där ingen under perioden uppger hur många som står på schemat räknas inte. Täckningen är andelen dagar, per enhet och roll, som räknas. Uppgiften saknas för tid innan någon vikarie alls har redovisats. Grupper med färre än fem personer på schemat visas aldrig, inte heller vad en till fyra vikarier har arbetat."
unit = "andel"
decimals = 3
direction = "down"
measure = "share"
dimensions = ["unit", "role"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Personalchef"
user = "Nämnd, enhetschef, bemanningsenhet"
decision = "Ge grupperna fastare bemanning"
replaces = "Ingen tidigare uppgift"
law = "Egen definition T18"
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
SELECT since, unit, role, sum(d.part_h) / nullIf(sum(d.worked_h), 0) AS value,
       uniqExactArray(d.temps) AS temps,
       if(temps BETWEEN 1 AND 4, least(temps, max(d.persons)), max(d.persons)) AS n,
       sum(d.known) / sum(d.days) AS coverage
FROM
(
    SELECT s.since AS since,
           if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
           if(has({by:Array(String)}, 'role'), s.role, '') AS role,
           s.on_day, sum(s.persons) AS persons,
           sum(s.has_work * s.temp_h) AS part_h,
           groupUniqArrayArrayIf(s.temps, s.has_work > 0) AS temps,
           sum(s.worked_h) AS worked_h,
           sum(s.has_work) AS known,
           count() AS days
    FROM staff_spans(municipality = {municipality:String}, today = {today:Date32}, since = {since:Array(Date32)},
                         until = {until:Array(Date32)}) AS s
    GROUP BY ALL
) AS d
GROUP BY ALL
