/*
id = "T4"
kind = "span"
title_sv = "Brukartid"
title_en = "Client time"
definition = "Direkt tid hos brukaren delad med arbetad tid. Har ingen sagt vad en enhets tid användes till en dag tas den direkta tiden från enhetens besök; går det inte heller, eller är bara den direkta tiden känd, räknas den dagen inte med, och täckningen sjunker. Antalet bakom talet är medarbetare på schemat."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["unit", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Nämnd, verksamhetschef, enhetschef"
decision = "Fördela arbetstiden så att mer av den når brukarna"
replaces = "Manuella mätveckor"
law = "Egen definition T4"
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
    { by = ["unit"], period = "month", count = 14 },
    { by = ["regi"], period = "month", count = 13 },
    { by = [], period = "quarter", count = 9 },
    { by = ["unit"], period = "quarter", count = 9 },
    { by = ["regi"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
    { by = ["regi"], period = "year", count = 4 },
]
*/
SELECT since, unit, regi, if(sum(worked_known_h) = 0, NULL, sum(direct_h) / sum(worked_known_h)) AS value, sum(persons) AS n,
       sum(worked_known_h) / sum(worked_h) AS coverage
FROM
(
    SELECT x.1 AS since, if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
           if(has({by:Array(String)}, 'regi'), d.regi, '') AS regi,
           sumIf(d.direct_h, d.known) AS direct_h, sumIf(d.worked_h, d.known) AS worked_known_h, sum(d.worked_h) AS worked_h,
           greatest(1, ifNull(max(d.persons), 1)) AS persons
    FROM worked_days(municipality = {municipality:String}, zone = {zone:String}, since = {since:Array(Date32)},
                     until = {until:Array(Date32)}) AS d
    ARRAY JOIN arrayFilter(w -> d.on_day >= w.1 AND d.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY x.1, unit, regi, d.unit, d.regi
)
GROUP BY since, unit, regi
HAVING sum(worked_h) > 0
