/*
id = "P16"
kind = "span"
title_sv = "Avslutade placeringar"
title_en = "Placements ended"
definition = "Antal placeringar som avslutats under perioden, efter orsak. Är ingen orsak angiven visas den som saknas. Vårdform och utförare är de sista."
unit = "placeringar"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["reason", "main_cause", "sex", "target_group", "care_form", "tender_area", "age_band", "unit", "provider", "framework"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Följa varför placeringar avslutas"
replaces = "Ingen tidigare uppgift"
law = "Egen definition P16"
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
    { by = ["care_form"], period = "quarter", count = 41 },
    { by = ["care_form"], period = "year", count = 10 },
    { by = ["reason", "care_form"], period = "quarter", count = 41 },
    { by = ["reason", "care_form"], period = "year", count = 10 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'reason'), if(s.end_reason = '', 'unknown', s.end_reason), '') AS reason,
       if(has({by:Array(String)}, 'main_cause'), s.main_cause, '') AS main_cause,
       if(has({by:Array(String)}, 'sex'), s.sex, '') AS sex,
       if(has({by:Array(String)}, 'target_group'), s.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'care_form'), s.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'tender_area'), s.tender_area, '') AS tender_area,
       if(has({by:Array(String)}, 'age_band'), s.age_band, '') AS age_band,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       if(has({by:Array(String)}, 'provider'), s.provider, '') AS provider,
       if(has({by:Array(String)}, 'framework'), if(s.framework = '', 'outside', 'inside'), '') AS framework,
       count() AS value, uniqExact(s.who) AS n
FROM (SELECT * FROM placement_stays WHERE municipality = {municipality:String}) AS s
ARRAY JOIN arrayFilter(w -> s.end_on >= w.1 AND s.end_on < w.2,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
