/*
id = "D4m-p90"
kind = "span"
title_sv = "Tid från larm till kontakt, nio av tio"
title_en = "Minutes from alarm to first contact, 90th percentile"
definition = "Den tid i minuter inom vilken nio av tio larm under perioden ledde till att personen nåddes, per telefon eller genom hembesök. Larm som ännu väntar ingår inte; de syns bland öppna larm. Larm som har åtgärdats innan de gick, eller utan kontakt, ingår inte. Täckningen är andelen av larmen där personen nåddes; under 90 procent är talet preliminärt. Antalet bakom talet är personer."
unit = "minuter"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["unit", "device_type", "regi", "about", "channel"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef hemsjukvård"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Se hur länge de som får vänta längst får vänta"
replaces = "Ingen tidigare uppgift"
law = "Egen definition D4m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.9
version = 2
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = [], period = "quarter", count = 13 },
    { by = [], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 25 },
    { by = ["unit"], period = "quarter", count = 13 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["channel"], period = "month", count = 25 },
    { by = ["channel"], period = "quarter", count = 13 },
    { by = ["channel"], period = "year", count = 10 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), a.unit, '') AS unit,
       if(has({by:Array(String)}, 'device_type'), a.device_type, '') AS device_type,
       if(has({by:Array(String)}, 'regi'), a.regi, '') AS regi,
       if(has({by:Array(String)}, 'about'), a.about, '') AS about,
       if(has({by:Array(String)}, 'channel'), a.how, '') AS channel,
       quantileExactInclusiveIf(0.9)(a.minutes, a.reached) AS value, uniqExactIf(a.who, a.reached) AS n,
       countIf(a.reached) / count() AS coverage
FROM
(
    SELECT *, toDate32(toTimeZone(raised_at, {zone:String})) AS on_day,
           (toUnixTimestamp64Micro(assumeNotNull(handled_at)) - toUnixTimestamp64Micro(raised_at)) / 60000000 AS minutes,
           handled_at >= raised_at AND how IN ('phone', 'home_visit') AS reached
    FROM device_alarms_in_homes WHERE municipality = {municipality:String} AND on_day < {today:Date32}
) AS a
ARRAY JOIN arrayFilter(w -> a.on_day >= w.1 AND a.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
HAVING n > 0
