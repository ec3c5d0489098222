/*
id = "C8t"
kind = "period"
title_sv = "Avslutade ärenden med måltid"
title_en = "Closed cases with a target"
definition = "Antal ärenden med enhetens egen måltid som avslutats under perioden, i tid eller sent."
unit = "ärenden"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["unit", "outcome"]
periods = ["any"]
audience = "engineer"
owner = "Verksamhetscontroller"
user = "Dataingenjör"
decision = "Jämföra enhetens eget mål med utfallet"
replaces = "Ingen tidigare uppgift"
law = "Egen definition"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 10
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
*/
SELECT if(has({by:Array(String)}, 'unit'), c.unit, '') AS unit, if(has({by:Array(String)}, 'outcome'), if(c.at <= c.target_at, 'in_time', 'late'), '') AS outcome,
       count() AS value, count() AS n
FROM case_closings AS c
WHERE c.municipality = {municipality:String} AND c.target_at IS NOT NULL
  AND c.at >= {since:DateTime64(6, 'UTC')} AND c.at < {until:DateTime64(6, 'UTC')}
GROUP BY ALL
