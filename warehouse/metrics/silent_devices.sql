/*
id = "D1m-tysta"
kind = "instant"
title_sv = "Tysta utrustningar"
title_en = "Silent devices"
definition = "Antal installerade utrustningar som inte har gett något livstecken på 24 timmar. En utrustning som har varit installerad kortare tid än så räknas inte som tyst. Antalet bakom talet är personer."
unit = "utrustningar"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["unit", "device_type", "regi", "sex", "age_band"]
periods = ["now", "day"]
audience = "staff"
owner = "Enhetschef hemsjukvård"
user = "Sjuksköterskor, enhetschef"
decision = "Ringa eller åka hem till dem vars utrustning har tystnat"
replaces = "Ingen märkte att utrustningen tystnat"
law = "Egen definition D1m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 10
clock = "wall"
group = "active_devices"
tells_of = ["device"]
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "now" },
    { by = ["unit"], period = "now" },
    { by = ["device_type"], period = "now" },
]
*/
SELECT a.at AS at,
       if(has({by:Array(String)}, 'unit'), a.unit, '') AS unit,
       if(has({by:Array(String)}, 'device_type'), a.device_type, '') AS device_type,
       if(has({by:Array(String)}, 'regi'), a.regi, '') AS regi,
       if(has({by:Array(String)}, 'sex'), a.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), a.age_band, '') AS age_band,
       uniqExact(a.device) AS value, uniqExact(a.who) AS n
FROM
(
    SELECT i.at AS at, l.device AS device, l.who AS who, l.unit AS unit, l.device_type AS device_type, l.regi AS regi,
           l.sex AS sex, l.age_band AS age_band
    FROM device_lives AS l CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE l.municipality = {municipality:String} AND l.installed_at <= i.at - INTERVAL 24 HOUR AND i.at < l.removed_at
) AS a
LEFT JOIN
(
    SELECT device, groupArray((first_at, last_at)) AS days FROM device_signs
    WHERE municipality = {municipality:String}
      AND last_at > arrayMin({at:Array(DateTime64(6, 'UTC'))}) - INTERVAL 24 HOUR
      AND first_at <= arrayMax({at:Array(DateTime64(6, 'UTC'))})
    GROUP BY device
) AS s ON s.device = a.device
WHERE NOT arrayExists(x -> x.1 <= a.at AND x.2 > a.at - INTERVAL 24 HOUR, s.days)
GROUP BY ALL
