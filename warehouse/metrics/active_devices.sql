/*
id = "D1m"
kind = "instant"
title_sv = "Installerade utrustningar"
title_en = "Devices installed"
definition = "Antal utrustningar som är installerade i ett hem vid tidpunkten: installerade och inte avinstallerade. De tysta räknas med här och visas för sig bredvid. Antalet bakom talet är personer."
unit = "utrustningar"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "device_type", "regi", "sex", "age_band"]
periods = ["now", "day"]
audience = "staff"
owner = "Enhetschef hemsjukvård"
user = "Sjuksköterskor, enhetschef"
decision = "Följa hur många som har utrustning"
replaces = "Ingen tidigare uppgift"
law = "Egen definition D1m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 10
clock = "wall"
tells_of = ["device"]
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
    { rule = "never_zero", grade = "warn" },
]
publish = [
    { by = [], period = "now" },
    { by = ["unit"], period = "now" },
    { by = ["device_type"], period = "now" },
]
*/
SELECT i.at AS at,
       if(has({by:Array(String)}, 'unit'), l.unit, '') AS unit,
       if(has({by:Array(String)}, 'device_type'), l.device_type, '') AS device_type,
       if(has({by:Array(String)}, 'regi'), l.regi, '') AS regi,
       if(has({by:Array(String)}, 'sex'), l.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), l.age_band, '') AS age_band,
       uniqExact(l.device) AS value, uniqExact(l.who) AS n
FROM device_lives AS l CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
WHERE l.municipality = {municipality:String} AND l.installed_at <= i.at AND i.at < l.removed_at
GROUP BY ALL
