/*
id = "C9"
kind = "span"
title_sv = "Överväganden och möten i tid"
title_en = "Considerations and meetings on time"
definition = "Andel av de överväganden om barns vård (var sjätte månad enligt SoL och LVU, och enligt lag 2024:79) och de möten som kommunen har satt ett eget mål för vars sista dag föll under perioden som hölls i tid. Det som är gjort för sent och det som ännu inte är gjort räknas som inte i tid. En tid som upphörde innan sista dagen kommit, och sista dagar som inte har passerat, ingår inte. Antalet bakom talet är tider."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["clock", "unit", "sex"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef barn och unga"
user = "Nämnd, enhetschef"
decision = "Se till att överväganden och möten hålls i tid"
replaces = "Bevakningslistor för hand"
law = "SoL 2025:400 22 kap. 13 §, LVU 13 §, lag 2024:79; egen definition C9"
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
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["clock"], period = "quarter", count = 41 },
    { by = ["clock"], period = "year", count = 10 },
    { by = ["unit"], period = "quarter", count = 41 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
]
*/
SELECT d.since AS since,
       if(has({by:Array(String)}, 'clock'), d.clock, '') AS clock,
       if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
       if(has({by:Array(String)}, 'sex'), d.sex, '') AS sex,
       countIf(d.outcome IN ('in_time', 'in_time_extended')) / count() AS value, count() AS n
FROM due_clocks(municipality = {municipality:String}, zone = {zone:String}, since = {since:Array(Date32)},
                until = {until:Array(Date32)}, today = {today:Date32}) AS d
-- considerations of the law, and the municipality's own meetings (`schemas/municipalities/README.md`)
WHERE d.clock IN ('LC8', 'LC15c') OR has({meetings:Array(String)}, d.clock)
GROUP BY ALL
