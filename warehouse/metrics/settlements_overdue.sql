/*
id = "LC18"
kind = "instant"
title_sv = "Assistansperioder som inte slutredovisats i tid"
title_en = "Assistance periods not settled in time"
definition = "Antal beslutsperioder med assistansersättning där två månader har gått sedan periodens sista dag utan att en räkning har lämnats för alla dess månader (SFB 51:14–15). Perioder som började innan räkningar redovisas i navet, och sådana som kommunen själv betalar, ingår inte."
unit = "perioder"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["unit", "regi"]
periods = ["now", "month"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef LSS, ekonomiavdelning"
decision = "Lämna de räkningar som saknas"
replaces = "Ingen tidigare uppgift"
law = "SFB 51:14–15; egen definition LC18"
manual_input = "none"
needs = ["hours"]
tells_of = ["account"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "now" },
    { by = ["unit"], period = "now" },
    { by = [], period = "month", count = 25 },
]
*/
SELECT p.at AS at,
       if(has({by:Array(String)}, 'unit'), p.unit, '') AS unit,
       if(has({by:Array(String)}, 'regi'), p.regi, '') AS regi,
       count() AS value, value AS n
FROM assistance_unsettled(municipality = {municipality:String}, zone = {zone:String}, at = {at:Array(DateTime64(6, 'UTC'))}) AS p
GROUP BY ALL
