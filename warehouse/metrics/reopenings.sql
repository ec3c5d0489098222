/*
id = "C2r"
kind = "instant"
title_sv = "Återöppningar enligt källan"
title_en = "Reopenings told by the source"
definition = "Antal gånger källan sagt att ett ärende återöppnats, också medan ärendet var öppet. Inflödet räknar bara dem som öppnade ett avslutat ärende."
unit = "återöppningar"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["case_type"]
periods = ["now"]
audience = "engineer"
owner = "Verksamhetscontroller"
user = "Dataingenjör"
decision = "Kontrollera källans räknare mot navets"
replaces = "Ingen tidigare uppgift"
law = "Egen definition"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 10
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
*/
SELECT if(has({by:Array(String)}, 'case_type'), c.case_type, '') AS case_type, sum(c.reopenings) AS value,
       countIf(c.reopenings > 0) AS n, i.at AS at
FROM cases_now AS c CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
 WHERE c.municipality = {municipality:String}
GROUP BY ALL
