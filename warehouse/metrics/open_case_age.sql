/*
id = "C4"
kind = "instant"
title_sv = "Öppna ärendens ålder"
title_en = "Age of open cases"
definition = "Dagar som de öppna ärendena varit öppna vid tidpunkten, medianen om inget annat sägs. Förfluten tid, inte arbetsdagar."
unit = "dagar"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["unit", "law", "case_type", "statistic"]
periods = ["now"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare och enhetschef"
decision = "Ta hand om ärenden som blivit liggande"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C4"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
checks = [
    { rule = "not_negative", grade = "stop" },
]

[[publish]]
by = []
period = "now"

[[publish]]
by = ["unit"]
period = "now"
*/
SELECT s.at AS at,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       if(has({by:Array(String)}, 'law'), s.law, '') AS law,
       if(has({by:Array(String)}, 'case_type'), s.case_type, '') AS case_type,
       if(has({by:Array(String)}, 'statistic'), k.name, '') AS statistic,
       toFloat64(multiIf(k.name = 'mean', s.mean, k.name = 'p90', s.quantiles[2], s.quantiles[1])) AS value, s.n AS n
FROM
(
    SELECT i.at AS at, if(has({by:Array(String)}, 'unit'), c.unit, '') AS unit,
           if(has({by:Array(String)}, 'law'), c.law, '') AS law,
           if(has({by:Array(String)}, 'case_type'), c.case_type, '') AS case_type,
           sum(toUnixTimestamp64Micro(i.at) - toUnixTimestamp64Micro(c.opened_at)) / count() / 86400000000 AS mean,
           arrayMap(q -> q / 86400000000, quantilesExactInclusive(0.5, 0.9)(
               toUnixTimestamp64Micro(i.at) - toUnixTimestamp64Micro(c.opened_at))) AS quantiles,
           count() AS n
    FROM case_spells AS c CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE c.municipality = {municipality:String} AND c.`from` <= i.at AND i.at < c.`until`
    GROUP BY ALL
) AS s CROSS JOIN (SELECT arrayJoin(if(has({by:Array(String)}, 'statistic'), ['mean', 'median', 'p90'], ['median'])) AS name) AS k
