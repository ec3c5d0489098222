/*
id = "P2"
kind = "span"
title_sv = "Personer med ny placering"
title_en = "Persons newly placed"
definition = "Antal personer med minst en placering som börjat under perioden, också de som varit placerade tidigare. En person räknas en gång i summan och en gång i varje stapel som någon av de nya placeringarna hör till. Huvudorsak, vårdform och utförare är de vid inskrivningen."
unit = "personer"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["main_cause", "sex", "target_group", "care_form", "tender_area", "age_band", "unit", "law", "provider", "framework"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Se hur många personer som placeras och av vilken orsak"
replaces = "En hum"
law = "Egen definition P2 (nya)"
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
    { by = ["main_cause"], period = "quarter", count = 41 },
    { by = ["main_cause"], period = "year", count = 10 },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
    { by = ["target_group"], period = "quarter", count = 41 },
    { by = ["target_group"], period = "year", count = 10 },
    { by = ["care_form"], period = "quarter", count = 41 },
    { by = ["care_form"], period = "year", count = 10 },
    { by = ["tender_area"], period = "quarter", count = 41 },
    { by = ["tender_area"], period = "year", count = 10 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'main_cause'), s.main_cause, '') AS main_cause,
       if(has({by:Array(String)}, 'sex'), s.sex, '') AS sex,
       if(has({by:Array(String)}, 'target_group'), s.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'care_form'), s.first_care_form, '') AS care_form,
       if(has({by:Array(String)}, 'tender_area'), s.tender_area, '') AS tender_area,
       if(has({by:Array(String)}, 'age_band'), s.age_band, '') AS age_band,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       if(has({by:Array(String)}, 'law'), s.law, '') AS law,
       if(has({by:Array(String)}, 'provider'), s.first_provider, '') AS provider,
       if(has({by:Array(String)}, 'framework'), if(s.framework = '', 'outside', 'inside'), '') AS framework,
       uniqExact(s.who) AS value, uniqExact(s.who) AS n
FROM (SELECT * FROM placement_stays WHERE municipality = {municipality:String}) AS s
ARRAY JOIN arrayFilter(w -> s.start_on >= w.1 AND s.start_on < w.2,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
