/*
id = "H-flaws-d"
kind = "instant"
title_sv = "Utrustningar, doser och larm med brister i uppgifterna"
title_en = "Devices, doses and alarms with flaws"
definition = "Antal utrustningar, dagar med livstecken, doser, larm och hyror vars uppgifter inte går ihop, efter slag av brist. De räknas, visas och utelämnas där de skulle ge fel tal."
unit = "poster"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["flaw", "kind"]
periods = ["now"]
audience = "engineer"
owner = "Enhetschef hemsjukvård"
user = "Dataingenjör"
decision = "Rätta i källsystemet"
replaces = "Ingen tidigare uppgift"
law = "Egen definition"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
version = 1
timeless = true
beat_s = 900
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
FROM device_flaws AS f
WHERE f.municipality = {municipality:String}
GROUP BY ALL
