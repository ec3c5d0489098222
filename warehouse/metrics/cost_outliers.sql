/*
id = "T14"
kind = "span"
title_sv = "Ytterfall i kostnad per brukare"
title_en = "Cost outliers"
definition = "Antal personer vars kostnad under perioden är så hög att den bör kontrolleras: mer än den övre kvartilen plus tre gånger kvartilavståndet. Uppdelat på insats, regi eller ålder jämförs varje person med den egna gruppen, så delarna behöver inte bli lika många som summan."
unit = "personer"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["service", "regi", "age_band"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Ekonomiavdelning, verksamhetschef"
decision = "Kontrollera uppgifterna bakom de högsta kostnaderna"
replaces = "Granskning av KPB en gång om året"
law = "Egen definition T14 (ytterfall)"
manual_input = "none"
needs = ["hours", "reference"]
tells_of = ["performed", "unit_price"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
]
*/
SELECT since, service, regi, age_band, arrayCount(kr -> kr > limit_kr, costs) AS value, value AS n
FROM
(
    SELECT since, service, regi, age_band, groupArrayIf(c.cost_kr, c.is_named AND c.cost_kr > 0) AS costs,
           arrayReduce('quantileExactInclusive(0.25)', costs) AS low_kr,
           arrayReduce('quantileExactInclusive(0.75)', costs) AS high_kr,
           high_kr + 3 * (high_kr - low_kr) AS limit_kr
    FROM cost_by_person(municipality = {municipality:String}, zone = {zone:String}, by = {by:Array(String)},
                        since = {since:Array(Date32)}, until = {until:Array(Date32)}, today = {today:Date32}) AS c
    GROUP BY ALL
    HAVING notEmpty(costs)
)
