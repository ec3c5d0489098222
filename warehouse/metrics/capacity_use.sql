/*
id = "P23"
kind = "span"
title_sv = "Använd kapacitet"
title_en = "Use of capacity"
definition = "Insatser som påbörjats under perioden delat med så många som kapaciteten medger under samma tid. Den period som pågår räknas till och med i går. Insatser som ingen kapacitet är angiven för är inte med."
unit = "andel"
decimals = 3
direction = "none"
measure = "share"
dimensions = ["service_type"]
periods = ["year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef"
decision = "Se om en insats kan ta emot fler"
replaces = "Ingen tidigare uppgift"
law = "Egen definition P23"
manual_input = "none"
needs = ["cases"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "warn", limit = 1.1 },
]
publish = [
    { by = [], period = "year", count = 10 },
    { by = ["service_type"], period = "year", count = 10 },
]
*/
SELECT u.since AS since, if(has({by:Array(String)}, 'service_type'), u.service_type, '') AS service_type,
       if(sum(u.capacity) > 0, sum(u.started) / sum(u.capacity), NULL) AS value, uniqExactIf(u.who, u.started) AS n
FROM
(
    -- years are counted in parts of calendar years, so that five of them are five
    SELECT x.1 AS since, s.service_type AS service_type, '' AS who, 0 AS started, s.per_year * x.2 AS capacity
    FROM (SELECT * FROM capacity_steps WHERE municipality = {municipality:String}) AS s
    ARRAY JOIN arrayFilter(x -> x.2 > 0, arrayMap(
        (since, until) -> (since, arrayDifference(arrayMap(
            day -> toYear(day) + (toDayOfYear(day) - 1) / toDayOfYear(makeDate32(toYear(day), 12, 31)),
            [greatest(s.from_on, since), least(s.until_on, until, {today:Date32})]))[2]),
        {since:Array(Date32)}, {until:Array(Date32)})) AS x
    UNION ALL
    SELECT x.1 AS since, s.service_type AS service_type, s.who AS who, 1 AS started, 0 AS capacity
    FROM
    (
        SELECT c.service_type AS service_type, if(c.person = '', c.entity, c.person) AS who,
               toDate32(toTimeZone(c.`from`, {zone:String})) AS started_on
        FROM (SELECT * FROM case_services WHERE municipality = {municipality:String}) AS c
        INNER JOIN
        (
            SELECT service_type, min(from_on) AS from_on FROM capacity_steps
            WHERE municipality = {municipality:String} GROUP BY service_type
        ) AS k ON k.service_type = c.service_type
        WHERE started_on >= k.from_on AND started_on < {today:Date32}
    ) AS s
    ARRAY JOIN arrayFilter(w -> s.started_on >= w.1 AND s.started_on < w.2,
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
) AS u
GROUP BY ALL
