/*
id = "J2"
kind = "instant"
title_sv = "Personer med flera utredningar samtidigt"
title_en = "Persons with several investigations at once"
definition = "Antal personer som har två eller fler utredningar öppna samtidigt, i en eller flera enheter. Uppdelat på antal: två, tre, fyra eller fler. Utredningar utan personnyckel kan inte höra ihop med andra; hur stor del som har en är täckningen."
unit = "personer"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["investigations", "sex"]
periods = ["now", "quarter", "year"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Samordna utredningar om samma person"
replaces = "Ingen tidigare uppgift"
law = "Egen definition J2"
manual_input = "none"
needs = ["cases"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "now" },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["investigations"], period = "now" },
    { by = ["investigations"], period = "quarter", count = 41 },
    { by = ["investigations"], period = "year", count = 10 },
    { by = ["sex"], period = "now" },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
]
*/
SELECT at, if(has({by:Array(String)}, 'investigations'), multiIf(many >= 4, '4_or_more', many < 2, '', toString(many)), '') AS investigations,
       if(has({by:Array(String)}, 'sex'), sex, '') AS sex, countIf(many >= 2) AS value, value AS n,
       sum(named) / sum(many) AS coverage
FROM investigated_at(municipality = {municipality:String}, at = {at:Array(DateTime64(6, 'UTC'))})
GROUP BY ALL
HAVING value > 0 OR NOT has({by:Array(String)}, 'investigations')
