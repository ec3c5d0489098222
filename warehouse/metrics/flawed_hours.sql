/*
id = "H-flaws-t"
kind = "instant"
title_sv = "Timmar, besök och bemanning med brister i uppgifterna"
title_en = "Hours, visits and staffing with flaws"
definition = "Antal beviljanden, besök, rapporter, bemanningsdagar, assistansärenden och belopp vars uppgifter inte går ihop, var för sig eller med varandra, efter slag av brist. De räknas, visas och utelämnas där de skulle ge fel tal."
unit = "poster"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["flaw", "kind"]
periods = ["now"]
audience = "engineer"
owner = "Verksamhetschef hemtjänst"
user = "Dataingenjör"
decision = "Rätta i källsystemet"
replaces = "Ingen tidigare uppgift"
law = "Egen definition"
manual_input = "none"
needs = ["hours"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
timeless = true
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "now" },
    { by = ["flaw"], period = "now" },
    { by = ["kind"], period = "now" },
]
*/
SELECT if(has({by:Array(String)}, 'flaw'), f.flaw, '') AS flaw,
       if(has({by:Array(String)}, 'kind'), f.kind, '') AS kind,
       uniqExact(f.kind, f.entity) AS value, uniqExact(f.kind, f.entity) AS n
FROM hours_flaws(zone = {zone:String}) AS f
WHERE f.municipality = {municipality:String}
GROUP BY ALL
