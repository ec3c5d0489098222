/*
id = "J5"
kind = "span"
title_sv = "Glapp mellan insatser"
title_en = "Gaps between services"
definition = "Andel av de insatser som följer på en tidigare insats för samma person där glappet är längre än den gräns som kommunen har satt (14 dagar om inget annat är beslutat). En insats som börjar när en annan har slutat räknas till perioden den börjar i. Glappet är kalenderdagarna från det att personens föregående insatser hade slutat till dess att nästa började; började den innan dess är det noll dagar. Insatser utan personnyckel ingår inte. Antalet bakom talet är personer."
unit = "andel"
decimals = 3
direction = "down"
measure = "share"
dimensions = ["service_type", "sex"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Låta nästa insats börja i tid"
replaces = "Ingen tidigare uppgift"
law = "Egen definition J5"
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
    { by = ["service_type"], period = "quarter", count = 41 },
    { by = ["service_type"], period = "year", count = 10 },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
]
*/
SELECT g.since AS since,
       if(has({by:Array(String)}, 'service_type'), g.service_type, '') AS service_type,
       if(has({by:Array(String)}, 'sex'), g.sex, '') AS sex,
       countIf(g.days > {gap_days:UInt16}) / count() AS value, uniqExact(g.person) AS n
FROM service_gaps(municipality = {municipality:String}, zone = {zone:String}, since = {since:Array(Date32)},
                  until = {until:Array(Date32)}, today = {today:Date32}) AS g
GROUP BY ALL
