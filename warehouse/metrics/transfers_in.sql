/*
id = "C2t"
kind = "period"
title_sv = "Flyttade hit"
title_en = "Transfers in"
definition = "Antal ärenden som flyttats till enheten från en annan enhet under perioden. Räknas inte som inflöde."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "day"]
periods = ["day", "week", "month", "any"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare och enhetschef"
decision = "Se hur mycket arbete som kommer från andra enheter"
replaces = "Ingen tidigare uppgift"
law = "Egen definition"
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
SELECT if(has({by:Array(String)}, 'unit'), t.to_unit, '') AS unit,
       if(has({by:Array(String)}, 'day'), toString(toDate(toTimeZone(t.at, {zone:String}))), '') AS day,
       count() AS value, count() AS n
FROM case_transfers AS t
WHERE t.municipality = {municipality:String}
  AND t.at >= {since:DateTime64(6, 'UTC')} AND t.at < {until:DateTime64(6, 'UTC')}
GROUP BY ALL
