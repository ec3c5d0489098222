/*
id = "C8d"
kind = "span"
title_sv = "Tider med sista dag i perioden"
title_en = "Deadlines of the period"
definition = "Antal lagstadgade tider (och kommunens egna mål) i ärenden vars sista dag föll under perioden. Uppdelat på utfall: i tid, i tid efter laglig förlängning, för sent eller ännu inte gjort. En tid som upphörde innan sista dagen kommit, och sista dagar som inte har passerat, ingår inte."
unit = "tider"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["clock", "unit", "sex", "outcome"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Skilja det som förlängts enligt lag från det som blev sent"
replaces = "Stickprov för hand före nämnden"
law = "SoL 2025:400 med flera, se tidernas lagrum; egen definition C8"
manual_input = "none"
needs = ["cases"]
max_age_s = 90000
min_coverage = 0.99
looks_ahead = true
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 27 },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["outcome"], period = "month", count = 27 },
    { by = ["outcome"], period = "quarter", count = 41 },
    { by = ["outcome"], period = "year", count = 10 },
    { by = ["clock"], period = "month", count = 27 },
    { by = ["clock"], period = "quarter", count = 41 },
    { by = ["clock"], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 27 },
    { by = ["unit"], period = "quarter", count = 41 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["clock", "outcome"], period = "month", count = 27 },
    { by = ["clock", "outcome"], period = "quarter", count = 41 },
    { by = ["clock", "outcome"], period = "year", count = 10 },
    { by = ["unit", "outcome"], period = "month", count = 27 },
    { by = ["unit", "outcome"], period = "quarter", count = 41 },
    { by = ["unit", "outcome"], period = "year", count = 10 },
]
*/
SELECT h.since AS since, h.clock AS clock, h.unit AS unit, h.sex AS sex, o.name AS outcome,
       sumIf(h.many, o.name IN ('', h.came_out)) AS value, value AS n
FROM
(
    SELECT d.since AS since,
           if(has({by:Array(String)}, 'clock'), d.clock, '') AS clock,
           if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
           if(has({by:Array(String)}, 'sex'), d.sex, '') AS sex,
           d.outcome AS came_out, count() AS many
    FROM due_clocks(municipality = {municipality:String}, zone = {zone:String}, since = {since:Array(Date32)},
                    until = {until:Array(Date32)}, today = {today:Date32}) AS d
    GROUP BY ALL
) AS h
-- each outcome has a row, also where nothing came out so
CROSS JOIN
(
    SELECT arrayJoin(if(has({by:Array(String)}, 'outcome'), ['in_time', 'in_time_extended', 'late', 'overdue'], [''])) AS name
) AS o
GROUP BY ALL
