/*
id = "J5d"
kind = "span"
title_sv = "Dagar mellan insatser"
title_en = "Days between services"
definition = "Kalenderdagar mellan en persons insatser, för insatser som började under perioden och följer på en tidigare; median om inget annat anges. En insats som börjar när en annan har slutat räknas till perioden den börjar i. Glappet är kalenderdagarna från det att personens föregående insatser hade slutat till dess att nästa började; började den innan dess är det noll dagar. Insatser utan personnyckel ingår inte. Antalet bakom talet är personer."
unit = "dagar"
decimals = 0
direction = "down"
measure = "mean"
dimensions = ["service_type", "statistic"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Låta nästa insats börja i tid"
replaces = "Ingen tidigare uppgift"
law = "Egen definition J5"
manual_input = "none"
needs = ["cases"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["statistic"], period = "quarter", count = 41 },
    { by = ["statistic"], period = "year", count = 10 },
    { by = ["service_type"], period = "quarter", count = 41 },
    { by = ["service_type"], period = "year", count = 10 },
]
*/
SELECT h.since AS since, h.service_type AS service_type,
       if(has({by:Array(String)}, 'statistic'), k.name, '') AS statistic,
       if(k.name = 'p90', h.quantiles[2], h.quantiles[1]) AS value, h.n AS n
FROM
(
    SELECT g.since AS since, if(has({by:Array(String)}, 'service_type'), g.service_type, '') AS service_type,
           quantilesExactInclusive(0.5, 0.9)(g.days) AS quantiles, uniqExact(g.person) AS n
    FROM service_gaps(municipality = {municipality:String}, zone = {zone:String}, since = {since:Array(Date32)},
                      until = {until:Array(Date32)}, today = {today:Date32}) AS g
    GROUP BY ALL
) AS h
CROSS JOIN (SELECT arrayJoin(if(has({by:Array(String)}, 'statistic'), ['median', 'p90'], ['median'])) AS name) AS k
