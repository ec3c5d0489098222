/*
id = "H-flaws-p"
kind = "instant"
title_sv = "Placeringar, avtal och fakturor med brister i uppgifterna"
title_en = "Placements, contracts and invoices with flaws"
definition = "Antal placeringar, avtal, utförare, förfrågningar och fakturarader vars uppgifter inte går ihop, efter slag av brist. De räknas, visas och utelämnas där de skulle ge fel tal."
unit = "poster"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["flaw", "kind"]
periods = ["now"]
audience = "engineer"
owner = "Enhetschef placeringar"
user = "Dataingenjör"
decision = "Rätta i källsystemet"
replaces = "Ingen tidigare uppgift"
law = "Egen definition"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
timeless = true
beat_s = 60
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

[[publish]]
by = ["kind"]
period = "now"
*/
SELECT if(has({by:Array(String)}, 'flaw'), f.flaw, '') AS flaw,
       if(has({by:Array(String)}, 'kind'), f.kind, '') AS kind,
       uniqExact(f.kind, f.entity) AS value, uniqExact(f.kind, f.entity) AS n
FROM placement_flaws AS f
WHERE f.municipality = {municipality:String}
GROUP BY ALL
