/*
id = "C4b"
kind = "instant"
title_sv = "Dagar som de öppna ärendena varit öppna"
title_en = "Open cases by age"
definition = "Antal öppna ärenden efter hur många hela dagar de varit öppna: 0–14, 15–30, 31–60, 61–120 och över 120 dagar."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "age_days"]
periods = ["now"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare och enhetschef"
decision = "Ta hand om ärenden som blivit liggande"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C4"
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
by = ["age_days"]
period = "now"

[[publish]]
by = ["unit", "age_days"]
period = "now"
*/
SELECT i.at AS at,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       if(has({by:Array(String)}, 'age_days'), multiIf(((toUnixTimestamp64Micro(i.at) - toUnixTimestamp64Micro(s.opened_at)) / 86400000000) < 15, '0-14', ((toUnixTimestamp64Micro(i.at) - toUnixTimestamp64Micro(s.opened_at)) / 86400000000) < 31, '15-30', ((toUnixTimestamp64Micro(i.at) - toUnixTimestamp64Micro(s.opened_at)) / 86400000000) < 61, '31-60', ((toUnixTimestamp64Micro(i.at) - toUnixTimestamp64Micro(s.opened_at)) / 86400000000) < 121, '61-120', 'over-120'), '') AS age_days,
       count() AS value, count() AS n
FROM case_spells AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
WHERE s.municipality = {municipality:String} AND s.`from` <= i.at AND i.at < s.`until`
GROUP BY ALL
