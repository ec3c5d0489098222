/*
id = "H-flaws"
kind = "instant"
title_sv = "Ärenden med brister i uppgifterna"
title_en = "Cases with flaws"
definition = "Antal ärenden vars händelser inte går ihop, efter slag av brist. De räknas, visas och utelämnas där de skulle ge fel tal."
unit = "ärenden"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["flaw"]
periods = ["now"]
audience = "engineer"
owner = "Verksamhetscontroller"
user = "Dataingenjör"
decision = "Rätta i källsystemet"
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

[[publish]]
by = []
period = "now"

[[publish]]
by = ["flaw"]
period = "now"
*/
SELECT if(has({by:Array(String)}, 'flaw'), f.flaw, '') AS flaw,
       uniqExact(f.entity) AS value, uniqExact(f.entity) AS n
FROM case_flaws AS f
WHERE f.municipality = {municipality:String}
GROUP BY ALL
