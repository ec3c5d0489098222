/*
id = "C8"
kind = "span"
title_sv = "Andel i tid"
title_en = "Share in time"
definition = "Andel av de lagstadgade tiderna (och kommunens egna mål) i ärenden vars sista dag föll under perioden som hölls: det lagen kräver var gjort senast den dagen. Det som är gjort för sent och det som ännu inte är gjort räknas som inte i tid. En tid som lagligen förlängts räknas till sin nya sista dag. En tid som upphörde innan sista dagen kommit, och sista dagar som inte har passerat, ingår inte. Antalet bakom talet är tider."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["clock", "unit", "sex"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Se till att det lagen sätter tid för blir gjort i tid"
replaces = "Stickprov för hand före nämnden"
law = "SoL 2025:400 med flera, se tidernas lagrum; egen definition C8"
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
    { by = [], period = "month", count = 27 },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["clock"], period = "month", count = 27 },
    { by = ["clock"], period = "quarter", count = 41 },
    { by = ["clock"], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 27 },
    { by = ["unit"], period = "quarter", count = 41 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["sex"], period = "month", count = 27 },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
    { by = ["clock", "unit"], period = "month", count = 27 },
    { by = ["clock", "unit"], period = "quarter", count = 41 },
    { by = ["clock", "unit"], period = "year", count = 10 },
    { by = ["clock", "sex"], period = "month", count = 27 },
    { by = ["clock", "sex"], period = "quarter", count = 41 },
    { by = ["clock", "sex"], period = "year", count = 10 },
]
*/
SELECT d.since AS since,
       if(has({by:Array(String)}, 'clock'), d.clock, '') AS clock,
       if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
       if(has({by:Array(String)}, 'sex'), d.sex, '') AS sex,
       countIf(d.outcome IN ('in_time', 'in_time_extended')) / count() AS value, count() AS n
FROM due_clocks(municipality = {municipality:String}, zone = {zone:String}, since = {since:Array(Date32)},
                until = {until:Array(Date32)}, today = {today:Date32}) AS d
GROUP BY ALL
