/*
id = "P18"
kind = "span"
title_sv = "Flyttar under placering"
title_en = "Moves"
definition = "Antal gånger under perioden som en placerad person flyttat till en annan utförare eller till en annan del av samma. Vårdformen är den som personen lämnar. Planerad: flytten stod i planen; är det inte känt visas det som saknas."
unit = "flyttar"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["cause", "planned", "from_provider", "to_provider", "main_cause", "sex", "target_group", "care_form", "tender_area", "age_band", "unit"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Följa hur ofta placerade får byta hem och varför"
replaces = "Ingen tidigare uppgift"
law = "Egen definition P18"
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
    { by = ["planned"], period = "quarter", count = 41 },
    { by = ["planned"], period = "year", count = 10 },
    { by = ["cause"], period = "quarter", count = 41 },
    { by = ["cause"], period = "year", count = 10 },
    { by = ["care_form"], period = "quarter", count = 41 },
    { by = ["care_form"], period = "year", count = 10 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'cause'), s.cause, '') AS cause,
       if(has({by:Array(String)}, 'planned'), s.planned, '') AS planned,
       if(has({by:Array(String)}, 'from_provider'), s.from_provider, '') AS from_provider,
       if(has({by:Array(String)}, 'to_provider'), s.to_provider, '') AS to_provider,
       if(has({by:Array(String)}, 'main_cause'), s.main_cause, '') AS main_cause,
       if(has({by:Array(String)}, 'sex'), s.sex, '') AS sex,
       if(has({by:Array(String)}, 'target_group'), s.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'care_form'), s.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'tender_area'), s.tender_area, '') AS tender_area,
       if(has({by:Array(String)}, 'age_band'), s.age_band, '') AS age_band,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       count() AS value, uniqExact(s.who) AS n
FROM (SELECT * FROM placement_moves WHERE municipality = {municipality:String}) AS s
ARRAY JOIN arrayFilter(w -> s.on_day >= w.1 AND s.on_day < w.2,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
