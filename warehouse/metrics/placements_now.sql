/*
id = "P1b"
kind = "instant"
title_sv = "Pågående placeringar"
title_en = "Placements now"
definition = "Antal placeringar som pågår vid tidpunkten: de har börjat och inte avslutats. En person med två pågående placeringar räknas två gånger. Huvudorsaken är den som gällde vid inskrivningen. Ramavtal: placeringen är gjord inom eller utanför ett ramavtal."
unit = "placeringar"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["main_cause", "sex", "target_group", "care_form", "tender_area", "age_band", "unit", "law", "provider", "provider_municipality", "framework"]
periods = ["now", "day", "quarter", "year"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Se hur många placeringar som pågår och ska följas upp"
replaces = "Raderna i Listan"
law = "SoL 2025:400; egen definition P1b och P2 (läge)"
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
    { by = [], period = "now" },
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
SELECT i.at AS at,
       if(has({by:Array(String)}, 'main_cause'), s.main_cause, '') AS main_cause,
       if(has({by:Array(String)}, 'sex'), s.sex, '') AS sex,
       if(has({by:Array(String)}, 'target_group'), s.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'care_form'), s.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'tender_area'), s.tender_area, '') AS tender_area,
       if(has({by:Array(String)}, 'age_band'), s.age_band, '') AS age_band,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       if(has({by:Array(String)}, 'law'), s.law, '') AS law,
       if(has({by:Array(String)}, 'provider'), s.provider, '') AS provider,
       if(has({by:Array(String)}, 'provider_municipality'), if(s.located_in = '', 'unknown', s.located_in), '') AS provider_municipality,
       if(has({by:Array(String)}, 'framework'), if(s.framework = '', 'outside', 'inside'), '') AS framework,
       uniqExact(s.entity) AS value, uniqExact(s.who) AS n
FROM placement_at AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
WHERE s.municipality = {municipality:String} AND s.`from` <= i.at AND i.at < s.`until`
GROUP BY ALL
