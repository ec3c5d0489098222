/*
id = "D7m"
kind = "instant"
title_sv = "Utrustningar påfyllda i tid"
title_en = "Devices refilled on time"
definition = "Andel av de installerade utrustningarna där det vid tidpunkten har gått högst 14 dagar sedan den senaste påfyllningen, eller sedan installationen om den är senare. Räknas för de slag av utrustning som fylls på. Täckningen är andelen utrustningar som någon påfyllning är känd för, eller som inte behövt någon än; de andra räknas som sena. Är det ingen saknas uppgiften. Antalet bakom talet är personer."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["unit", "device_type", "regi", "sex", "age_band"]
periods = ["now", "month", "quarter", "year"]
audience = "committee"
owner = "Enhetschef hemsjukvård"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Se om utrustningarna fylls på i tid"
replaces = "Ingen tidigare uppgift"
law = "Egen definition D7m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
version = 2
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "now" },
    { by = [], period = "month", count = 25 },
    { by = [], period = "quarter", count = 13 },
    { by = [], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 25 },
    { by = ["unit"], period = "quarter", count = 13 },
    { by = ["unit"], period = "year", count = 10 },
]
*/
SELECT l.at AS at,
       if(has({by:Array(String)}, 'unit'), l.unit, '') AS unit,
       if(has({by:Array(String)}, 'device_type'), l.device_type, '') AS device_type,
       if(has({by:Array(String)}, 'regi'), l.regi, '') AS regi,
       if(has({by:Array(String)}, 'sex'), l.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), l.age_band, '') AS age_band,
       countIf(l.days <= 14 OR l.is_filled) / count() AS coverage, if(coverage = 0, NULL, countIf(l.days <= 14) / count()) AS value,
       uniqExact(l.who) AS n
FROM
(
    SELECT *, i.at AS at, arrayExists(r -> r <= i.at, refills) AS is_filled,
           dateDiff('day', toDate32(toTimeZone(arrayMax(arrayPushBack(arrayFilter(r -> r <= i.at, refills), installed_at)), {zone:String})),
                    toDate32(toTimeZone(i.at, {zone:String}))) AS days
    FROM device_lives CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE municipality = {municipality:String} AND installed_at <= i.at AND i.at < removed_at
      AND device_type IN (SELECT device_type FROM device_lives WHERE municipality = {municipality:String} AND notEmpty(refills))
) AS l
GROUP BY ALL
