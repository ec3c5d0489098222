/*
id = "D4m-äldst"
kind = "instant"
title_sv = "Det äldsta öppna larmets väntan"
title_en = "Minutes that the oldest open alarm has waited"
definition = "Hela minuter sedan det larm gick som har väntat längst av de larm som inte är åtgärdade. Saknas när inget larm är öppet. Antalet bakom talet är personer."
unit = "minuter"
decimals = 0
direction = "down"
measure = "mean"
dimensions = ["unit", "about", "state"]
periods = ["now", "day"]
audience = "staff"
owner = "Enhetschef hemsjukvård"
user = "Sjuksköterskor, enhetschef"
decision = "Ta hand om det larm som har väntat längst"
replaces = "Ingen tidigare uppgift"
law = "Egen definition D4m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 10
clock = "wall"
group = "active_devices"
tells_of = ["alarm"]
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "now" },
]
*/
SELECT a.at AS at,
       if(has({by:Array(String)}, 'unit'), a.unit, '') AS unit,
       if(has({by:Array(String)}, 'about'), a.about, '') AS about,
       if(has({by:Array(String)}, 'state'), a.state, '') AS state,
       max(age('minute', a.raised_at, a.at)) AS value, uniqExact(a.who) AS n
FROM
(
    SELECT *, i.at AS at, if(acknowledged_at <= i.at, 'acknowledged', 'open') AS state
    FROM device_alarms_in_homes CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE municipality = {municipality:String} AND raised_at <= i.at
      AND (handled_at IS NULL OR greatest(assumeNotNull(handled_at), raised_at) > i.at)
) AS a
GROUP BY ALL
