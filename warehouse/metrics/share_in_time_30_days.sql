/*
id = "C8r"
kind = "instant"
title_sv = "Andel i tid, senaste 30 dagarna"
title_en = "Share in time, last 30 days"
definition = "Andel av de lagstadgade tiderna (och kommunens egna mål) i ärenden vars sista dag har passerat under de senaste 30 dagarna som hölls. Det som är gjort för sent och det som ännu inte är gjort räknas som inte i tid. En tid som lagligen förlängts räknas till sin nya sista dag."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["clock"]
periods = ["now"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare i lobbyn, enhetschef"
decision = "Se om det lagen sätter tid för blir gjort i tid"
replaces = "Stickprov för hand"
law = "SoL 2025:400 med flera, se tidernas lagrum; egen definition C8"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "now" },
    { by = ["clock"], period = "now" },
]
*/
SELECT i.at AS at, if(has({by:Array(String)}, 'clock'), c.clock, '') AS clock,
       countIf(c.outcome IN ('in_time', 'in_time_extended')) / count() AS value, count() AS n
FROM (SELECT clock, due_at, outcome FROM judged_clocks WHERE municipality = {municipality:String} AND outcome != 'ended') AS c
CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
WHERE c.due_at < i.at AND c.due_at >= i.at - INTERVAL 30 DAY
GROUP BY ALL
