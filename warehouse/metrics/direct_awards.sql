/*
id = "P7"
kind = "span"
title_sv = "Direktupphandlade placeringar"
title_en = "Direct awards"
definition = "Antal placeringar som börjat under perioden utanför ramavtal. Skälet är fullt hos ramavtalets utförare, för omfattande vårdbehov eller annat. Är inget skäl angivet visas det som saknas."
unit = "placeringar"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["reason", "tender_area", "care_form", "target_group", "unit"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, upphandling"
decision = "Se varför placeringar görs utanför ramavtal"
replaces = "Skäl som ingen kände till"
law = "LOU 2016:1145, 19 a kap.; egen definition P7"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["reason"], period = "quarter", count = 41 },
    { by = ["reason"], period = "year", count = 10 },
    { by = ["tender_area"], period = "quarter", count = 41 },
    { by = ["tender_area"], period = "year", count = 10 },
    { by = ["reason", "tender_area"], period = "quarter", count = 41 },
    { by = ["reason", "tender_area"], period = "year", count = 10 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'reason'), if(s.award_reason = '', 'unknown', s.award_reason), '') AS reason,
       if(has({by:Array(String)}, 'tender_area'), s.tender_area, '') AS tender_area,
       if(has({by:Array(String)}, 'care_form'), s.first_care_form, '') AS care_form,
       if(has({by:Array(String)}, 'target_group'), s.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       count() AS value, uniqExact(s.who) AS n
FROM (SELECT * FROM placement_stays WHERE municipality = {municipality:String} AND framework = '') AS s
ARRAY JOIN arrayFilter(w -> s.start_on >= w.1 AND s.start_on < w.2,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
