/*
id = "C2"
kind = "period"
title_sv = "Inflöde"
title_en = "Inflow"
definition = "Antal ärenden som öppnats eller återöppnats under perioden. Överföringar mellan enheter räknas inte hit. Aktualiseringar räknas, inte unika personer."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "kind", "law", "case_type", "day"]
periods = ["day", "week", "month", "any"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare och enhetschef"
decision = "Bemanna efter hur mycket som kommer in"
replaces = "Handräknad veckolista"
law = "Egen definition C2"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]

[[publish]]
by = []
period = "day"
days = 70
band = true

[[publish]]
by = ["unit"]
period = "day"
days = 70
band = true
*/
SELECT if(has({by:Array(String)}, 'unit'), o.unit, '') AS unit,
       if(has({by:Array(String)}, 'kind'), o.kind, '') AS kind,
       if(has({by:Array(String)}, 'law'), o.law, '') AS law,
       if(has({by:Array(String)}, 'case_type'), o.case_type, '') AS case_type,
       if(has({by:Array(String)}, 'day'), toString(toDate(toTimeZone(o.at, {zone:String}))), '') AS day,
       count() AS value, count() AS n
FROM case_openings AS o
WHERE o.municipality = {municipality:String}
  AND o.at >= {since:DateTime64(6, 'UTC')} AND o.at < {until:DateTime64(6, 'UTC')}
GROUP BY ALL
