/*
id = "D8m"
kind = "span"
title_sv = "Avinstallerade utrustningar"
title_en = "Devices removed"
definition = "Antal utrustningar som har avinstallerats under perioden, efter orsak. Är ingen orsak angiven visas den som saknas. Antalet bakom talet är personer."
unit = "utrustningar"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "device_type", "regi", "sex", "age_band", "reason"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef hemsjukvård"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Se för vilka utrustningen inte passar"
replaces = "Ingen tidigare uppgift"
law = "Egen definition D8m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 900
tells_of = ["device"]
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = [], period = "quarter", count = 13 },
    { by = [], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 25 },
    { by = ["unit"], period = "quarter", count = 13 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["reason"], period = "month", count = 25 },
    { by = ["reason"], period = "quarter", count = 13 },
    { by = ["reason"], period = "year", count = 10 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), l.unit, '') AS unit,
       if(has({by:Array(String)}, 'device_type'), l.device_type, '') AS device_type,
       if(has({by:Array(String)}, 'regi'), l.regi, '') AS regi,
       if(has({by:Array(String)}, 'sex'), l.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), l.age_band, '') AS age_band,
       if(has({by:Array(String)}, 'reason'), if(l.remove_reason = '', 'unknown', l.remove_reason), '') AS reason,
       count() AS value, uniqExact(l.who) AS n
FROM
(
    SELECT *, toDate32(toTimeZone(removed_at, {zone:String})) AS end_on FROM device_lives
    WHERE municipality = {municipality:String} AND removed_at < toDateTime64('2299-12-31 00:00:00', 6, 'UTC')
) AS l
ARRAY JOIN arrayFilter(w -> l.end_on >= w.1 AND l.end_on < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
