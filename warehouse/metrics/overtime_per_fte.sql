/*
id = "T10"
kind = "span"
title_sv = "Övertid per årsarbetare"
title_en = "Overtime per FTE"
definition = "Övertidstimmar under perioden, till och med i går, delat med årsarbetare i tjänst i samma enheter och roller. Årsarbetarna är medeltalet över de dagar som bemanning redovisas för. Enheter, roller och dagar utan känt antal årsarbetare räknas inte; täckningen är andelen dagar, per enhet och roll, där det är känt. Uppgiften saknas för tid innan övertid alls har redovisats. Grupper med färre än fem personer på schemat visas aldrig."
unit = "timmar per årsarbetare"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["unit", "role"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Personalchef"
user = "Nämnd, enhetschef, bemanningsenhet"
decision = "Sätta in rätt bemanning i stället för övertid"
replaces = "Övertidslistor per enhet"
law = "Egen definition T10"
manual_input = "none"
needs = ["hours", "reference"]
least = 5
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
SELECT since, unit, role, sum(r.overtime_h) / nullIf(sum(r.fte), 0) AS value, max(r.persons) AS n,
       sum(r.known) / sum(r.days) AS coverage
FROM
(
    SELECT since, unit, role, own_unit, own_role, sumIf(d.overtime_h, d.fte > 0) AS overtime_h,
           avgIf(d.fte, d.fte > 0) AS mean_fte, if(known > 0, mean_fte, 0) AS fte, countIf(d.fte > 0) AS known,
           count() AS days, max(d.persons_there) AS persons
    FROM
    (
        SELECT s.since AS since, s.unit AS own_unit, s.role AS own_role, s.overtime_h AS overtime_h,
               if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
               if(has({by:Array(String)}, 'role'), s.role, '') AS role,
               s.is_known * arrayLast(x -> x.1 <= s.on_day, f.steps).3 AS fte,
               sumIf(s.persons, fte > 0) OVER (PARTITION BY s.since, if(has({by:Array(String)}, 'unit'), s.unit, ''),
                                               if(has({by:Array(String)}, 'role'), s.role, ''), s.on_day) AS persons_there
        FROM staff_spans(municipality = {municipality:String}, today = {today:Date32}, since = {since:Array(Date32)},
                             until = {until:Array(Date32)}) AS s
        LEFT JOIN
        (
            SELECT unit, role, arraySort(groupArray((from_on, told_at, fte))) AS steps
            FROM fte_steps WHERE municipality = {municipality:String} GROUP BY unit, role
        ) AS f ON f.unit = s.unit AND f.role = s.role
    ) AS d
    GROUP BY ALL
) AS r
GROUP BY ALL
