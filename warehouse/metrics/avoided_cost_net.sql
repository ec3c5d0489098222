/*
id = "D6m-netto"
kind = "span"
title_sv = "Undviken kostnad, netto"
title_en = "Avoided cost, net"
definition = "Undviken kostnad brutto minus hyran för utrustningarna, under perioden. Bruttot är undvikna läkemedelsbesök gånger priset per besök. Talet kan vara negativt. Saknas bruttot eller hyran saknas också nettot; saknas någon av dem för mer än 1 procent av dagarna är talet preliminärt. Det som pågår räknas till och med i går. Antalet bakom talet är personer."
unit = "kr"
decimals = 0
direction = "up"
measure = "amount"
dimensions = ["unit", "device_type", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef hemsjukvård"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Avgöra om utrustningen lönar sig"
replaces = "Brutto och netto i samma siffra"
law = "Egen definition D6m"
manual_input = "none"
needs = ["devices", "hours", "reference"]
max_age_s = 900
min_coverage = 0.99
version = 2
beat_s = 900
tells_of = ["device", "visit", "unit_price", "rent"]
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
    -- since when visits are told of; null where none of them is of anybody with a device
    SELECT if(countIf(person IN (SELECT person FROM device_lives WHERE municipality = {municipality:String})) = 0, NULL,
              toDate32(toTimeZone(minOrNull(start_at), {zone:String})))
    FROM visits WHERE municipality = {municipality:String} AND void = 0 AND person != ''
) AS visited_from,
(
    -- by whom visits are told of: where one regi tells of none, nobody knows which of its visits were avoided
    SELECT groupUniqArray(toString(regi)) FROM visits
    WHERE municipality = {municipality:String} AND void = 0 AND person != '' AND start_at IS NOT NULL
) AS visited_by,
(
    SELECT groupArray((toString(regi), from_on, until_on, price_kr)) FROM unit_price_steps
    WHERE municipality = {municipality:String} AND service = 'medication_visit' AND per = 'visit'
) AS prices,
(
    SELECT groupUniqArray((if(has({by:Array(String)}, 'unit'), toString(unit), ''),
                           if(has({by:Array(String)}, 'device_type'), toString(device_type), ''),
                           if(has({by:Array(String)}, 'regi'), toString(regi), ''), month))
    FROM rent_months_now WHERE municipality = {municipality:String}
) AS rented
SELECT a.since AS since, a.unit AS unit, a.device_type AS device_type, a.regi AS regi,
       if(sum(a.known_days) = 0 OR sum(a.rent_days) = 0, NULL, sum(a.kr) - sum(a.rent_kr)) AS value,
       uniqExactIf(a.who, a.who != '') AS n, least(sum(a.known_days), toFloat64(sum(a.rent_days))) / sum(a.days) AS coverage,
       arrayMap(x -> abs(x), sumMap([a.who], [toFloat64(a.kr)]).2) AS parts, arrayMax(parts) / nullIf(arraySum(parts), 0) AS top
FROM
(
    SELECT m.since AS since,
           if(has({by:Array(String)}, 'unit'), m.unit, '') AS unit,
           if(has({by:Array(String)}, 'device_type'), m.device_type, '') AS device_type,
           if(has({by:Array(String)}, 'regi'), m.regi, '') AS regi,
           m.who AS who, m.days AS days,
           -- days of the month with a price, and that price
           arrayMap(s -> (toFloat64(greatest(0, dateDiff('day', greatest(m.from_on, s.2), least(m.until_on, s.3)))), s.4),
                    arrayFilter(s -> s.1 = if(arrayExists(t -> t.1 = m.regi, prices), toString(m.regi), 'unknown'),
                                prices)) AS priced,
           if(m.baseline IS NOT NULL AND m.person != '' AND ifNull(m.from_on >= visited_from, 0)
              AND (m.regi = 'unknown' OR hasAny(visited_by, [toString(m.regi), 'unknown'])), arraySum(s -> s.1, priced), 0) AS known_days,
           if(known_days = 0, 0, ifNull(m.baseline, 0) * arraySum(s -> s.1 * s.2, priced) / m.of_month) AS kr,
           if(has(rented, (toString(unit), toString(device_type), toString(regi), toDate32(m.month))), m.days, 0) AS rent_days,
           0 AS rent_kr
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
    SELECT p.since AS since,
           if(has({by:Array(String)}, 'unit'), p.unit, '') AS unit,
           if(has({by:Array(String)}, 'device_type'), p.device_type, '') AS device_type,
           if(has({by:Array(String)}, 'regi'), p.regi, '') AS regi,
           p.who AS who, 0 AS days, [] AS priced, 0 AS known_days,
           -arrayFirst(s -> s.2 <= p.on_day AND p.on_day < s.3, arrayFilter(s -> s.1 = if(arrayExists(t -> t.1 = p.regi, prices), toString(p.regi), 'unknown'),
                                prices)).4 AS kr, 0 AS rent_days, 0 AS rent_kr
    FROM
    (
        -- medication visits that persons with a device have had all the same
        SELECT x.1 AS since, v.on_day AS on_day,
               arrayFirst(h -> h.1 <= v.start_at AND v.start_at < h.2, l.lives) AS life,
               life.3 AS unit, life.4 AS device_type, life.5 AS regi, life.6 AS who
        FROM
        (
            SELECT person, assumeNotNull(t.start_at) AS start_at, toDate32(toTimeZone(start_at, {zone:String})) AS on_day
            FROM visits AS t FINAL
            WHERE municipality = {municipality:String} AND void = 0 AND purpose = 'medication' AND kind IN ('direct', 'unknown')
              AND t.start_at IS NOT NULL
              AND day BETWEEN greatest(arrayMin({since:Array(Date32)}), toDate32('1900-01-02')) - 1
                          AND arrayMax({until:Array(Date32)})
              AND on_day < {today:Date32}
        ) AS v
        INNER JOIN
        (
            SELECT person, groupArray((installed_at, removed_at, toString(unit), toString(device_type), toString(regi),
                                       who)) AS lives
            FROM device_lives
            WHERE municipality = {municipality:String} AND person != '' AND baseline_visits IS NOT NULL
              AND (regi = 'unknown' OR hasAny(visited_by, [toString(regi), 'unknown']))
            GROUP BY person
        ) AS l ON l.person = v.person
        ARRAY JOIN arrayFilter(w -> v.on_day >= w.1 AND v.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
        WHERE life.6 != ''
    ) AS p
    UNION ALL
    SELECT x.1 AS since,
           if(has({by:Array(String)}, 'unit'), r.unit, '') AS unit,
           if(has({by:Array(String)}, 'device_type'), r.device_type, '') AS device_type,
           if(has({by:Array(String)}, 'regi'), r.regi, '') AS regi,
           toString('') AS who, 0 AS days, [] AS priced, 0 AS known_days, 0 AS kr, 0 AS rent_days,
           r.rent_kr * greatest(0, dateDiff('day', greatest(r.month, x.1), least(addMonths(r.month, 1), x.2, {today:Date32})))
               / dateDiff('day', r.month, addMonths(r.month, 1)) AS rent_kr
    FROM (SELECT * FROM rent_months_now WHERE municipality = {municipality:String} AND month < {today:Date32}) AS r
    ARRAY JOIN arrayFilter(w -> r.month < w.2 AND addMonths(r.month, 1) > w.1, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
) AS a
GROUP BY ALL
HAVING sum(a.days) > 0
