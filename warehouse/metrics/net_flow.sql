/*
id = "C6"
kind = "period"
title_sv = "Nettoflöde"
title_en = "Net flow"
definition = "Inflöde minus utflöde under perioden. Över noll växer balansen, under noll minskar den."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "week"]
periods = ["week", "any"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare och enhetschef"
decision = "Se om balansen växer"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C6"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
checks = [
    { rule = "whole", grade = "stop" },
]
*/
SELECT if(has({by:Array(String)}, 'unit'), f.unit, '') AS unit,
       if(has({by:Array(String)}, 'week'), toString(toMonday(toTimeZone(f.at, {zone:String}))), '') AS week,
       sum(f.step) AS value, count() AS n
FROM
(
    SELECT o.at AS at, o.unit AS unit, 1 AS step FROM case_openings AS o WHERE o.municipality = {municipality:String}
    UNION ALL
    SELECT c.at AS at, c.unit AS unit, -1 AS step FROM case_closings AS c WHERE c.municipality = {municipality:String}
) AS f
WHERE f.at >= {since:DateTime64(6, 'UTC')} AND f.at < {until:DateTime64(6, 'UTC')}
GROUP BY ALL
