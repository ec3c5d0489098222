/*
id = "C8o"
kind = "instant"
title_sv = "Öppna ärenden med måltid"
title_en = "Open cases with a target"
definition = "Antal öppna ärenden som har en måltid, och om den har passerat vid tidpunkten."
unit = "ärenden"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["past"]
periods = ["now"]
audience = "engineer"
owner = "Verksamhetscontroller"
user = "Dataingenjör"
decision = "Ta hand om ärenden som passerat måltiden"
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
SELECT s.at AS at, if(has({by:Array(String)}, 'past'), if(s.target_at < s.at, 'yes', 'no'), '') AS past, count() AS value, count() AS n
FROM
(
    SELECT i.at AS at, c.target_at AS target_at
    FROM cases_now AS c CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE c.municipality = {municipality:String} AND c.target_at IS NOT NULL
      AND arrayExists((f, u) -> f <= i.at AND i.at < u, c.`spells.from`, c.`spells.until`)
) AS s
GROUP BY ALL
