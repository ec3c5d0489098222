/*
id = "C1b"
kind = "instant"
title_sv = "Utan handläggare"
title_en = "Unassigned cases"
definition = "Antal öppna ärenden som ännu inte är tilldelade någon handläggare. Visas aldrig per handläggare."
unit = "ärenden"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["unit", "law", "case_type"]
periods = ["now"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare och enhetschef"
decision = "Tilldela ärenden som väntar"
replaces = "Fråga på morgonmötet"
law = "Egen definition C1b"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]

[[publish]]
by = []
period = "now"

[[publish]]
by = ["unit"]
period = "now"
*/
SELECT i.at AS at,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       if(has({by:Array(String)}, 'law'), s.law, '') AS law,
       if(has({by:Array(String)}, 'case_type'), s.case_type, '') AS case_type,
       count() AS value, count() AS n
FROM case_spells AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
WHERE s.municipality = {municipality:String} AND s.`from` <= i.at AND i.at < s.`until` AND NOT s.handler_known
GROUP BY ALL
