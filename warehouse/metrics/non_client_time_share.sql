/*
id = "T5"
kind = "span"
title_sv = "Kringtid"
title_en = "Non-client time"
definition = "Andel av den arbetade tiden som inte är direkt tid hos brukaren: indirekt tid, resor, tid för personalen själv, dokumentation och tid som ingen har sagt vad den användes till. Kringtid och brukartid blir tillsammans hela tiden. Dagar vars direkta tid är okänd, eller det enda som är känt, räknas inte med."
unit = "andel"
decimals = 3
direction = "down"
measure = "share"
dimensions = ["used_for", "unit", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Nämnd, verksamhetschef, enhetschef"
decision = "Se vad tiden går till när den inte går till brukarna"
replaces = "Manuella mätveckor"
law = "Egen definition T5"
manual_input = "none"
needs = ["hours"]
tells_of = ["staff_day"]
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["unit"], period = "month", count = 13 },
    { by = ["regi"], period = "month", count = 13 },
    { by = [], period = "quarter", count = 9 },
    { by = ["used_for"], period = "month", count = 14 },
    { by = ["used_for"], period = "quarter", count = 9 },
    { by = ["unit"], period = "quarter", count = 9 },
    { by = ["regi"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["used_for"], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
    { by = ["regi"], period = "year", count = 4 },
]
*/
SELECT since, u.1 AS used_for, unit, regi, u.2 / worked_known_h AS value, n, worked_known_h / worked_h AS coverage
FROM
(
    SELECT since, unit, regi, sum(direct_h) AS direct_h, sum(worked_known_h) AS worked_known_h, sum(worked_h) AS worked_h,
           sum(persons) AS n, if(has({by:Array(String)}, 'used_for'), arrayZip((sumMap(uses) AS m).1, m.2),
                                 [('', worked_known_h - direct_h)]) AS parts
    FROM
    (
        SELECT x.1 AS since, if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
               if(has({by:Array(String)}, 'regi'), d.regi, '') AS regi,
               sumIf(d.direct_h, d.known) AS direct_h, sumIf(d.worked_h, d.known) AS worked_known_h, sum(d.worked_h) AS worked_h,
               greatest(1, ifNull(max(d.persons), 1)) AS persons,
               sumMapIf((arrayMap(u -> toString(u.1), d.other_uses), arrayMap(u -> u.2, d.other_uses)), d.known) AS uses
        FROM worked_days(municipality = {municipality:String}, zone = {zone:String}, since = {since:Array(Date32)},
                         until = {until:Array(Date32)}) AS d
        ARRAY JOIN arrayFilter(w -> d.on_day >= w.1 AND d.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
        GROUP BY x.1, unit, regi, d.unit, d.regi
    )
    GROUP BY since, unit, regi
    HAVING worked_known_h > 0
)
ARRAY JOIN parts AS u
