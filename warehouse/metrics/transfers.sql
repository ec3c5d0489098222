/*
id = "C2/C3"
kind = "period"
title_sv = "Överförda ärenden"
title_en = "Transfers"
definition = "Antal gånger ett ärende flyttats från en enhet till en annan under perioden. Varken inflöde eller utflöde."
unit = "överföringar"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["from_unit", "to_unit", "day"]
periods = ["day", "week", "month", "any"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare och enhetschef"
decision = "Se om gränsen mellan enheter fungerar"
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
*/
SELECT if(has({by:Array(String)}, 'from_unit'), t.from_unit, '') AS from_unit,
       if(has({by:Array(String)}, 'to_unit'), t.to_unit, '') AS to_unit,
       if(has({by:Array(String)}, 'day'), toString(toDate(toTimeZone(t.at, {zone:String}))), '') AS day,
       count() AS value, count() AS n
FROM case_transfers AS t
WHERE t.municipality = {municipality:String}
  AND t.at >= {since:DateTime64(6, 'UTC')} AND t.at < {until:DateTime64(6, 'UTC')}
GROUP BY ALL
