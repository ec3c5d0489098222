/*
id = "C1h"
kind = "instant"
title_sv = "Ärenden som haft handläggare"
title_en = "Cases that have had a handler"
definition = "Antal ärenden som någon gång varit tilldelade en känd handläggare."
unit = "ärenden"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["case_type"]
periods = ["now"]
audience = "engineer"
owner = "Verksamhetscontroller"
user = "Dataingenjör"
decision = "Kontrollera att tilldelningar kommer med från källan"
replaces = "Ingen tidigare uppgift"
law = "Egen definition"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 2
timeless = true
beat_s = 10
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
*/
SELECT if(has({by:Array(String)}, 'case_type'), c.case_type, '') AS case_type, countIf(c.handler_seen) AS value, count() AS n
FROM cases_now AS c
WHERE c.municipality = {municipality:String}
GROUP BY ALL
