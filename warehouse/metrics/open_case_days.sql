/*
id = "C4"
kind = "instant"
title_sv = "Öppna ärendens ålder"
title_en = "Age of open cases"
definition = "Dagar som de öppna ärendena varit öppna när perioden slutar, eller nu om den pågår: medianen, hälften är äldre. Nio av tio är yngre än den nittionde percentilen. Förfluten tid, inte arbetsdagar."
unit = "dagar"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["unit", "statistic", "sex"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Ta hand om ärenden som blivit liggande"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C4"
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
    { by = [], period = "month", count = 27 },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 27 },
    { by = ["unit"], period = "quarter", count = 41 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["sex"], period = "month", count = 27 },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
    { by = ["statistic"], period = "month", count = 27 },
    { by = ["statistic"], period = "quarter", count = 41 },
    { by = ["statistic"], period = "year", count = 10 },
]
*/
SELECT s.at AS at, s.unit AS unit, s.sex AS sex, if(has({by:Array(String)}, 'statistic'), k.name, '') AS statistic,
       toFloat64(if(k.name = 'p90', s.quantiles[2], s.quantiles[1])) AS value, s.n AS n
FROM
(
    SELECT x AS at, if(has({by:Array(String)}, 'unit'), c.unit, '') AS unit, if(has({by:Array(String)}, 'sex'), c.sex, '') AS sex,
           arrayMap(q -> q / 86400000000, quantilesExactInclusive(0.5, 0.9)(
               toUnixTimestamp64Micro(x) - toUnixTimestamp64Micro(c.opened_at))) AS quantiles,
           uniqExact(if(c.person = '', c.entity, c.person)) AS n
    FROM
    (
        SELECT entity, toString(person) AS person, toString(unit) AS unit, toString(stage) AS stage, toString(sex) AS sex,
               toString(law) AS law, `from`, `until`, opened_at
        FROM case_spells WHERE municipality = {municipality:String}
    ) AS c
    ARRAY JOIN arrayFilter(t -> c.`from` <= t AND t < c.`until`, {at:Array(DateTime64(6, 'UTC'))}) AS x
    GROUP BY ALL
) AS s CROSS JOIN (SELECT arrayJoin(if(has({by:Array(String)}, 'statistic'), ['median', 'p90'], ['median'])) AS name) AS k
