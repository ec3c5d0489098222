/*
id = "T5b"
kind = "span"
title_sv = "Tid för dokumentation"
title_en = "Documentation time"
definition = "Dokumentation delad med arbetad tid, för de dagar då enheten har sagt hur mycket tid som gick till dokumentation. Andra dagar räknas inte med, och täckningen sjunker. Antalet bakom talet är medarbetare på schemat."
unit = "andel"
decimals = 3
direction = "down"
measure = "share"
dimensions = ["unit", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Verksamhetschef, enhetschef"
decision = "Minska tiden vid datorn"
replaces = "Manuella mätveckor"
law = "Egen definition T5b"
manual_input = "none"
needs = ["hours"]
tells_of = ["staff_day"]
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
SELECT since, unit, regi, if(sum(of_h) = 0, NULL, sum(documentation_h) / sum(of_h)) AS value, sum(persons) AS n,
       sum(of_h) / sum(worked_h) AS coverage
FROM
(
    SELECT x.1 AS since, if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
           if(has({by:Array(String)}, 'regi'), d.regi, '') AS regi,
           sum(d.documentation_h) AS documentation_h, sumIf(d.worked_h, d.is_told) AS of_h, sum(d.worked_h) AS worked_h,
           greatest(1, max(d.persons)) AS persons
    FROM
    (
        SELECT on_day, toString(unit) AS unit, toString(regi) AS regi, sum(arraySum(`worked.hours`)) AS worked_h,
               sum(arraySum((u, h) -> if(u = 'documentation', h, 0), `worked.used_for`, `worked.hours`)) AS documentation_h,
               max(has(`worked.used_for`, 'documentation')) AS is_told, sum(ifNull(scheduled_persons, 0)) AS persons
        FROM staff_days_now WHERE municipality = {municipality:String}
        GROUP BY on_day, unit, regi
    ) AS d
    ARRAY JOIN arrayFilter(w -> d.on_day >= w.1 AND d.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY x.1, unit, regi, d.unit, d.regi
)
GROUP BY since, unit, regi
HAVING sum(worked_h) > 0
