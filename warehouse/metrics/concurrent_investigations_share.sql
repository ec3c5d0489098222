/*
id = "J2s"
kind = "instant"
title_sv = "Andel personer med flera utredningar samtidigt"
title_en = "Share of persons with several investigations at once"
definition = "Andel av de personer som har minst en öppen utredning som har två eller fler samtidigt, i en eller flera enheter. Utredningar utan personnyckel kan inte höra ihop med andra; hur stor del som har en är täckningen. Antalet bakom talet är personer."
unit = "andel"
decimals = 3
direction = "down"
measure = "share"
dimensions = ["sex"]
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
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "now" },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["sex"], period = "now" },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
]
*/
SELECT at, if(has({by:Array(String)}, 'sex'), sex, '') AS sex, countIf(many >= 2) / count() AS value, count() AS n,
       sum(named) / sum(many) AS coverage
FROM investigated_at(municipality = {municipality:String}, at = {at:Array(DateTime64(6, 'UTC'))})
GROUP BY ALL
