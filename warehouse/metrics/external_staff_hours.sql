/*
id = "T12"
kind = "span"
title_sv = "Extern bemanning i timmar"
title_en = "External staffing in hours"
definition = "Timmar som inhyrd personal har arbetat under perioden, till och med i går. Enheter och roller där ingen under perioden uppger hur många som står på schemat räknas inte; täckningen är andelen dagar, per enhet och roll, som räknas. Uppgiften saknas för tid innan inhyrd personal alls har redovisats. Grupper med färre än fem personer på schemat visas aldrig."
unit = "timmar"
decimals = 0
direction = "down"
measure = "amount"
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
tells_of = ["staff_day"]
zeros_have_rows = true
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
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
SELECT since, unit, role, if(sum(d.known) = 0, NULL, sum(d.external_h)) AS value, max(d.persons) AS n,
       sum(d.known) / sum(d.days) AS coverage
FROM
(
    SELECT s.since AS since,
           if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
           if(has({by:Array(String)}, 'role'), s.role, '') AS role,
           s.on_day, sum(s.persons) AS persons,
           sum(s.external_h) AS external_h,
           sum(s.is_known) AS known,
           count() AS days
    FROM staff_spans(municipality = {municipality:String}, today = {today:Date32}, since = {since:Array(Date32)},
                         until = {until:Array(Date32)}) AS s
    GROUP BY ALL
) AS d
GROUP BY ALL
