/*
id = "T1"
kind = "span"
title_sv = "Beviljade timmar"
title_en = "Granted hours"
definition = "Timmar som är beviljade enligt SoL eller LSS för dagarna i perioden. Timmar per vecka räknas som en sjundedel per dag, timmar per månad fördelas jämnt över månadens dagar. Innevarande dag är med, kommande dagar inte. Hälso- och sjukvård (HSL) ingår inte. Kön och ålder är de vid det senaste beslutet. Täckningen är andelen timmar vars lagrum är känt; är det känt för inga timmar saknas uppgiften."
unit = "timmar"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["service", "unit", "regi", "age_band", "sex"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Nämnd, biståndschef, verksamhetschef"
decision = "Bedöma behovet av personal och pengar"
replaces = "Timmar sammanställda för hand ur verksamhetssystemet"
law = "SoL 2025:400, LSS; egen definition T1"
manual_input = "none"
needs = ["hours"]
tells_of = ["grant"]
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
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
    { by = ["age_band"], period = "quarter", count = 9 },
    { by = ["sex"], period = "quarter", count = 9 },
    { by = ["age_band"], period = "year", count = 4 },
    { by = ["sex"], period = "year", count = 4 },
]
*/
SELECT since, service, unit, regi, age_band, sex, sum(g.granted_h) AS known_h, sum(g.other_h) AS other_h,
       if(known_h = 0 AND other_h > 0, NULL, known_h) AS value, uniqExactIf(g.who, g.granted_h > 0) AS n,
       if(known_h + other_h = 0, 1, known_h / (known_h + other_h)) AS coverage
FROM granted_by_person(municipality = {municipality:String}, by = {by:Array(String)}, since = {since:Array(Date32)},
                       until = {until:Array(Date32)}, after = {today:Date32} + 1) AS g
GROUP BY ALL
