/*
id = "D3m"
kind = "span"
title_sv = "Larm per 1 000 doser"
title_en = "Alarms per 1,000 doses"
definition = "Antal larm från utrustningar under perioden per 1 000 doser som förföll och vars tidsfönster har stängt. Det som pågår räknas till och med i går. Uppgiften saknas för tid innan kommunen fick sitt första larm. Täckningen är andelen av doserna vars utfall är känt: en utrustning som inte hörs av larmar inte heller. Antalet bakom talet är personer med doser."
unit = "larm per 1 000 doser"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["unit", "device_type", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef hemsjukvård"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Se om larmen blir fler än vad arbetsdagen rymmer"
replaces = "Ingen tidigare uppgift"
law = "Egen definition D3m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
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
]
*/
WITH
(
    -- before the first alarm was told of there were not none; null where there never was one
    SELECT minOrNull(toDate32(toTimeZone(raised_at, {zone:String}))) FROM device_alarms_now
    WHERE municipality = {municipality:String}
) AS alarmed_from
SELECT p.since AS since, p.unit AS unit, p.device_type AS device_type, p.regi AS regi,
       if(sum(p.doses) = 0 OR ifNull(any(p.until) <= alarmed_from, 1), NULL, 1000 * sum(p.alarms) / sum(p.doses)) AS value,
       uniqExactIf(p.who, p.doses > 0) AS n, sum(p.known) / nullIf(sum(p.doses), 0) AS coverage
FROM
(
    SELECT x.1 AS since, x.2 AS until,
           if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
           if(has({by:Array(String)}, 'device_type'), d.device_type, '') AS device_type,
           if(has({by:Array(String)}, 'regi'), d.regi, '') AS regi,
           d.who AS who, count() AS doses, countIf(d.outcome != 'unknown') AS known, 0 AS alarms
    FROM
    (
        -- doses whose window had closed when today began; without a window a known outcome is enough
        SELECT *, toDate32(toTimeZone(due_at, {zone:String})) AS on_day FROM doses_in_homes AS d
        WHERE d.municipality = {municipality:String}
          AND d.day BETWEEN greatest(arrayMin({since:Array(Date32)}), toDate32('1900-01-02')) - 1 AND arrayMax({until:Array(Date32)})
          AND (d.window_until <= toDateTime64(toString({today:Date32}), 6, {zone:String})
               OR d.window_until = d.due_at AND d.outcome != 'unknown')
    ) AS d
    ARRAY JOIN arrayFilter(w -> d.on_day >= w.1 AND d.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY ALL
    UNION ALL
    SELECT x.1 AS since, x.2 AS until,
           if(has({by:Array(String)}, 'unit'), a.unit, '') AS unit,
           if(has({by:Array(String)}, 'device_type'), a.device_type, '') AS device_type,
           if(has({by:Array(String)}, 'regi'), a.regi, '') AS regi,
           a.who AS who, 0 AS doses, 0 AS known, count() AS alarms
    FROM
    (
        SELECT *, toDate32(toTimeZone(raised_at, {zone:String})) AS on_day FROM device_alarms_in_homes
        WHERE municipality = {municipality:String} AND on_day < {today:Date32}
    ) AS a
    ARRAY JOIN arrayFilter(w -> a.on_day >= w.1 AND a.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY ALL
) AS p
GROUP BY ALL
