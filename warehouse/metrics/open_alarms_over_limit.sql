/*
id = "D4m-över"
kind = "instant"
title_sv = "Larm som väntat för länge"
title_en = "Open alarms over the limit"
definition = "Antal öppna larm som gick för mer än 30 minuter sedan och ännu inte är åtgärdade. Uppdelat på gräns: mer än 15, 30 och 60 minuter. Antalet bakom talet är personer."
unit = "larm"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["unit", "device_type", "regi", "about", "state", "over_minutes"]
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
beat_s = 60
clock = "wall"
group = "active_devices"
tells_of = ["alarm"]
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "now" },
    { by = ["unit"], period = "now" },
    { by = ["over_minutes"], period = "now" },
]
*/
SELECT a.at AS at,
       if(has({by:Array(String)}, 'unit'), a.unit, '') AS unit,
       if(has({by:Array(String)}, 'device_type'), a.device_type, '') AS device_type,
       if(has({by:Array(String)}, 'regi'), a.regi, '') AS regi,
       if(has({by:Array(String)}, 'about'), a.about, '') AS about,
       if(has({by:Array(String)}, 'state'), a.state, '') AS state,
       if(has({by:Array(String)}, 'over_minutes'), toString(k), '') AS over_minutes,
       count() AS value, uniqExact(a.who) AS n
FROM
(
    SELECT *, i.at AS at, if(acknowledged_at <= i.at, 'acknowledged', 'open') AS state
    FROM device_alarms_in_homes CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE municipality = {municipality:String} AND raised_at <= i.at
      AND (handled_at IS NULL OR greatest(assumeNotNull(handled_at), raised_at) > i.at)
) AS a
ARRAY JOIN if(has({by:Array(String)}, 'over_minutes'), [15, 30, 60], [30]) AS k
WHERE a.raised_at + INTERVAL k MINUTE < a.at
GROUP BY ALL
