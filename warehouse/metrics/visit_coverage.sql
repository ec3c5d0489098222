/*
id = "H2"
kind = "span"
title_sv = "Planerade besök med start och slut"
title_en = "Visit coverage"
definition = "Andel av de planerade besöken, utom inställda, som är registrerade med både start och slut. Dagens besök räknas inte förrän dagen är slut. Besök som ingen har planerat räknas inte. När för många saknar tid är utförda timmar preliminära."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["service", "unit", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Nämnd, verksamhetschef, dataingenjör"
decision = "Se till att tider registreras, innan någon litar på timmarna"
replaces = "Ingen tidigare uppgift"
law = "Egen definition H2"
manual_input = "none"
needs = ["hours"]
tells_of = ["plan"]
max_age_s = 90000
min_coverage = 0.99
covers = "planerade besök"
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = [], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["service"], period = "month", count = 25 },
    { by = ["service"], period = "quarter", count = 9 },
    { by = ["service"], period = "year", count = 4 },
    { by = ["service", "unit"], period = "month", count = 14 },
    { by = ["service", "unit"], period = "quarter", count = 9 },
    { by = ["service", "unit"], period = "year", count = 4 },
    { by = ["service", "regi"], period = "month", count = 14 },
    { by = ["service", "regi"], period = "quarter", count = 9 },
    { by = ["service", "regi"], period = "year", count = 4 },
]
*/
SELECT since, service, unit, regi, sum(p.told) / sum(p.planned) AS value, uniqExactIf(p.who, p.planned > 0) AS n
FROM performed_by_person(municipality = {municipality:String}, zone = {zone:String}, by = {by:Array(String)},
                         since = {since:Array(Date32)}, until = {until:Array(Date32)},
                             today = {today:Date32}, after = '2299-12-31') AS p
GROUP BY ALL
HAVING sum(p.planned) > 0
