/*
id = "D4m-i-tid"
kind = "span"
title_sv = "Larm med kontakt i tid"
title_en = "Alarms with contact in time"
definition = "Andel av periodens larm där personen nåddes, per telefon eller genom hembesök, inom 30 minuter. Ett larm som fortfarande väntar räknas som inte i tid när gränsen har passerats. Larm som har åtgärdats utan kontakt, eller innan de gick, ingår inte. Täckningen är andelen av larmen som går att räkna; under 90 procent är talet preliminärt. Uppdelat på gräns: inom 15, 30 och 60 minuter. Antalet bakom talet är personer."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["unit", "device_type", "regi", "about", "channel", "within_minutes"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef hemsjukvård"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Se om larm leder till kontakt i tid"
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
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = [], period = "quarter", count = 13 },
    { by = [], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 25 },
    { by = ["unit"], period = "quarter", count = 13 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["within_minutes"], period = "month", count = 25 },
    { by = ["within_minutes"], period = "quarter", count = 13 },
    { by = ["within_minutes"], period = "year", count = 10 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), a.unit, '') AS unit,
       if(has({by:Array(String)}, 'device_type'), a.device_type, '') AS device_type,
       if(has({by:Array(String)}, 'regi'), a.regi, '') AS regi,
       if(has({by:Array(String)}, 'about'), a.about, '') AS about,
       if(has({by:Array(String)}, 'channel'), if(a.reached, a.how, 'open'), '') AS channel,
       if(has({by:Array(String)}, 'within_minutes'), toString(k), '') AS within_minutes,
       countIf(a.reached AND a.minutes <= k) / countIf(a.is_judged) AS value, uniqExactIf(a.who, a.is_judged) AS n,
       countIf(a.is_judged) / count() AS coverage
FROM
(
    SELECT *, toDate32(toTimeZone(raised_at, {zone:String})) AS on_day,
           (toUnixTimestamp64Micro(assumeNotNull(handled_at)) - toUnixTimestamp64Micro(raised_at)) / 60000000 AS minutes,
           handled_at >= raised_at AND how IN ('phone', 'home_visit') AS reached, reached OR handled_at IS NULL AS is_judged
    FROM device_alarms_in_homes WHERE municipality = {municipality:String} AND on_day < {today:Date32}
) AS a
ARRAY JOIN arrayFilter(w -> a.on_day >= w.1 AND a.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
ARRAY JOIN if(has({by:Array(String)}, 'within_minutes'), [15, 30, 60], [30]) AS k
WHERE a.handled_at IS NOT NULL
   OR a.raised_at + INTERVAL k MINUTE <= toDateTime64(toString({today:Date32}), 6, {zone:String})
GROUP BY ALL
HAVING n > 0
