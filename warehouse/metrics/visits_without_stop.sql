/*
id = "B29"
kind = "span"
title_sv = "Besök utan sluttid"
title_en = "Visits without a stop"
definition = "Antal utförda besök, på den dag då de började, vars slut ingen har registrerat. Deras timmar räknas inte förrän slutet kommer. Dagens besök är inte med, eftersom de kan pågå."
unit = "besök"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["unit", "service"]
periods = ["month", "quarter", "year", "any"]
audience = "engineer"
owner = "Verksamhetschef hemtjänst"
user = "Dataingenjör, enhetschef"
decision = "Rätta i planeringssystemet innan timmarna används"
replaces = "Ingen tidigare uppgift"
law = "Egen definition B29"
manual_input = "none"
needs = ["hours"]
tells_of = ["visit"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["unit"], period = "month", count = 13 },
]
*/
SELECT x.1 AS since, v.unit AS unit, v.service AS service, count() AS value, count() AS n
FROM
(
    SELECT s.on_day AS on_day, if(has({by:Array(String)}, 'unit'), toString(s.unit), '') AS unit,
           if(has({by:Array(String)}, 'service'), toString(s.service), '') AS service
    FROM visits_started(municipality = {municipality:String}, zone = {zone:String}, since = {since:Array(Date32)},
                        until = {until:Array(Date32)}) AS s
    WHERE s.kind = 'direct' AND NOT s.has_stop AND s.on_day < {today:Date32}
) AS v
ARRAY JOIN arrayFilter(w -> v.on_day >= w.1 AND v.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
