/*
id = "D6m-hyra"
kind = "span"
title_sv = "Hyra för utrustning"
title_en = "Rent of devices"
definition = "Bokförd hyra för utrustningar under perioden, jämnt fördelad över dagarna i den månad som den avser. En månad då utrustning är installerad men ingen hyra är bokförd är inte 0 kr: är det mer än 1 procent av dagarna är talet preliminärt. Det som pågår räknas till och med i går. Antalet bakom talet är personer."
unit = "kr"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["unit", "device_type", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef hemsjukvård"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Se vad utrustningen kostar"
replaces = "Brutto och netto i samma siffra"
law = "Egen definition D6m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 900
tells_of = ["rent"]
checks = []
publish = [
    { by = [], period = "month", count = 25 },
    { by = [], period = "quarter", count = 13 },
    { by = [], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 25 },
    { by = ["unit"], period = "quarter", count = 13 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["regi"], period = "month", count = 25 },
    { by = ["regi"], period = "quarter", count = 13 },
    { by = ["regi"], period = "year", count = 10 },
]
*/
WITH
(
    SELECT groupUniqArray((if(has({by:Array(String)}, 'unit'), toString(unit), ''),
                           if(has({by:Array(String)}, 'device_type'), toString(device_type), ''),
                           if(has({by:Array(String)}, 'regi'), toString(regi), ''), month))
    FROM rent_months_now WHERE municipality = {municipality:String}
) AS rented
SELECT a.since AS since, a.unit AS unit, a.device_type AS device_type, a.regi AS regi,
       if(sum(a.lines) = 0, NULL, sum(a.rent_kr)) AS value, uniqExactIf(a.who, a.who != '') AS n,
       if(sum(a.days) = 0, 1, sum(a.rent_days) / sum(a.days)) AS coverage
FROM
(
    SELECT m.since AS since,
           if(has({by:Array(String)}, 'unit'), m.unit, '') AS unit,
           if(has({by:Array(String)}, 'device_type'), m.device_type, '') AS device_type,
           if(has({by:Array(String)}, 'regi'), m.regi, '') AS regi,
           m.who AS who, m.days AS days, 0 AS lines,
           if(has(rented, (toString(unit), toString(device_type), toString(regi), toDate32(m.month))), m.days, 0) AS rent_days, 0 AS rent_kr
    FROM
    (
        -- each month of each life of a device, up to and including yesterday
        SELECT l.unit AS unit, l.device_type AS device_type, l.regi AS regi, l.who AS who, l.person AS person,
               l.baseline_visits AS baseline, x.1 AS since, month,
               greatest(l.first_day, x.1, month) AS from_on, least(l.day_after, x.2, addMonths(month, 1)) AS until_on,
               dateDiff('day', from_on, until_on) AS days, dateDiff('day', month, addMonths(month, 1)) AS of_month
        FROM
        (
            SELECT *, toDate32(toTimeZone(installed_at, {zone:String})) AS first_day,
                   least(toDate32(toTimeZone(removed_at, {zone:String})), {today:Date32}) AS day_after
            FROM device_lives WHERE municipality = {municipality:String} AND first_day < day_after
        ) AS l
        ARRAY JOIN arrayFilter(w -> l.first_day < w.2 AND l.day_after > w.1, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
        ARRAY JOIN arrayMap(k -> addMonths(toStartOfMonth(greatest(l.first_day, x.1)), k),
                            range(toUInt32(dateDiff('month', greatest(l.first_day, x.1),
                                                    least(l.day_after, x.2) - 1) + 1))) AS month
    ) AS m
    UNION ALL
    SELECT x.1 AS since,
           if(has({by:Array(String)}, 'unit'), r.unit, '') AS unit,
           if(has({by:Array(String)}, 'device_type'), r.device_type, '') AS device_type,
           if(has({by:Array(String)}, 'regi'), r.regi, '') AS regi,
           toString('') AS who, 0 AS days, 1 AS lines, 0 AS rent_days,
           r.rent_kr * greatest(0, dateDiff('day', greatest(r.month, x.1), least(addMonths(r.month, 1), x.2, {today:Date32})))
               / dateDiff('day', r.month, addMonths(r.month, 1)) AS rent_kr
    FROM (SELECT * FROM rent_months_now WHERE municipality = {municipality:String} AND month < {today:Date32}) AS r
    ARRAY JOIN arrayFilter(w -> r.month < w.2 AND addMonths(r.month, 1) > w.1, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
) AS a
GROUP BY ALL
