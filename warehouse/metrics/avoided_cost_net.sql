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
    SELECT groupUniqArray((if(has({by:Array(String)}, 'unit'), toString(unit), ''),
                           if(has({by:Array(String)}, 'device_type'), toString(device_type), ''),
                           if(has({by:Array(String)}, 'regi'), toString(regi), ''), month))
    FROM rent_months_now WHERE municipality = {municipality:String}
) AS rented
SELECT a.since AS since, a.unit AS unit, a.device_type AS device_type, a.regi AS regi,
       if(sum(a.priced_days) = 0 OR sum(a.rent_days) = 0, NULL, sum(a.kr) - sum(a.rent_kr)) AS value,
       uniqExactIf(a.who, a.who != '') AS n, least(sum(a.priced_days), toFloat64(sum(a.rent_days))) / sum(a.days) AS coverage,
       arrayMap(x -> abs(x), sumMap([a.who], [toFloat64(a.kr)]).2) AS parts, arrayMax(parts) / nullIf(arraySum(parts), 0) AS top
FROM
(
    SELECT d.since AS since,
           if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
           if(has({by:Array(String)}, 'device_type'), d.device_type, '') AS device_type,
           if(has({by:Array(String)}, 'regi'), d.regi, '') AS regi,
           d.who AS who, d.days AS days, d.priced_days AS priced_days, d.kr AS kr,
           if(has(rented, (unit, device_type, regi, d.month)), d.days, 0) AS rent_days, 0 AS rent_kr
    FROM avoided_by_device(municipality = {municipality:String}, zone = {zone:String}, today = {today:Date32},
                           since = {since:Array(Date32)}, until = {until:Array(Date32)}) AS d
    UNION ALL
    SELECT x.1 AS since,
           if(has({by:Array(String)}, 'unit'), r.unit, '') AS unit,
           if(has({by:Array(String)}, 'device_type'), r.device_type, '') AS device_type,
           if(has({by:Array(String)}, 'regi'), r.regi, '') AS regi,
           '' AS who, 0 AS days, 0 AS priced_days, 0 AS kr, 0 AS rent_days,
           r.rent_kr * greatest(0, dateDiff('day', greatest(r.month, x.1), least(addMonths(r.month, 1), x.2, {today:Date32})))
               / dateDiff('day', r.month, addMonths(r.month, 1)) AS rent_kr
    FROM (SELECT * FROM rent_months_now WHERE municipality = {municipality:String} AND month < {today:Date32}) AS r
    ARRAY JOIN arrayFilter(w -> r.month < w.2 AND addMonths(r.month, 1) > w.1, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
) AS a
GROUP BY ALL
HAVING sum(a.days) > 0
