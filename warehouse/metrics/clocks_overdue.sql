/*
id = "C8b"
kind = "instant"
title_sv = "Överskridna tider just nu"
title_en = "Overdue now"
definition = "Antal lagstadgade tider (och kommunens egna mål) i ärenden som har gått ut utan att det lagen kräver är gjort. En tid som lagligen förlängts räknas från sin nya sista dag."
unit = "tider"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["clock"]
periods = ["now"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare i lobbyn, enhetschef"
decision = "Göra det som redan skulle ha varit gjort"
replaces = "Bevakningslistor för hand"
law = "SoL 2025:400 med flera, se tidernas lagrum; egen definition C8b"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "now" },
    { by = ["clock"], period = "now" },
]
*/
SELECT i.at AS at, if(has({by:Array(String)}, 'clock'), c.clock, '') AS clock,
       countIf(c.due_at < i.at AND c.over_at > i.at) AS value, value AS n
FROM (SELECT clock, unit, started_at, due_at, over_at FROM judged_clocks WHERE municipality = {municipality:String}) AS c
CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
-- one that nothing is overdue of has a row with zero
WHERE c.started_at <= i.at
GROUP BY ALL
