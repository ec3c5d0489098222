/*
id = "C8b-enhet"
kind = "instant"
title_sv = "Överskridna tider per enhet"
title_en = "Overdue, by unit"
definition = "Antal lagstadgade tider (och kommunens egna mål) i ärenden som har gått ut utan att det lagen kräver är gjort. En tid som lagligen förlängts räknas från sin nya sista dag. Per enhet för nämnden; per tid visas samma antal för alla i C8b."
unit = "tider"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["unit"]
periods = ["now", "quarter", "year"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Se var det som redan skulle ha varit gjort ligger"
replaces = "Bevakningslistor för hand"
law = "SoL 2025:400 med flera, se tidernas lagrum; egen definition C8b"
manual_input = "none"
needs = ["cases"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "now" },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["unit"], period = "now" },
    { by = ["unit"], period = "quarter", count = 41 },
    { by = ["unit"], period = "year", count = 10 },
]
*/
SELECT i.at AS at, if(has({by:Array(String)}, 'unit'), c.unit, '') AS unit,
       countIf(c.due_at < i.at AND c.over_at > i.at) AS value, value AS n
FROM (SELECT clock, unit, started_at, due_at, over_at FROM judged_clocks WHERE municipality = {municipality:String}) AS c
CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
-- one that nothing is overdue of has a row with zero
WHERE c.started_at <= i.at
GROUP BY ALL
