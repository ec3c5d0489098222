/*
id = "P3"
kind = "span"
title_sv = "Vårddygn"
title_en = "Care days"
definition = "Antal vårddygn under perioden, räknade efter avtalets dygnsregel: inskrivningsdagen räknas men inte utskrivningsdagen, om avtalet inte säger annat. Det som pågår räknas till och med i går. Uppdelat på dygnsregel räknas alla placeringar efter varje regel."
unit = "vårddygn"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["main_cause", "sex", "target_group", "care_form", "tender_area", "age_band", "unit", "provider", "framework", "day_rule"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, ekonomiavdelning"
decision = "Följa hur mycket vård som köps"
replaces = "Vårddygn sammanställda för hand"
law = "Egen definition P3"
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
       if(has({by:Array(String)}, 'care_form'), s.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'tender_area'), s.tender_area, '') AS tender_area,
       if(has({by:Array(String)}, 'age_band'), s.age_band, '') AS age_band,
       if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
       if(has({by:Array(String)}, 'provider'), s.provider, '') AS provider,
       if(has({by:Array(String)}, 'framework'), if(s.framework = '', 'outside', 'inside'), '') AS framework,
       if(has({by:Array(String)}, 'day_rule'), s.rule, '') AS day_rule,
       sum(dateDiff('day', greatest(s.first_by_rule, x.1), least(s.after_by_rule, x.2))) AS value,
       uniqExact(s.who) AS n
FROM
(
    -- asked by rule, every placement is counted by each; else by its own
    SELECT *, arrayJoin(if(has({by:Array(String)}, 'day_rule'),
                           ['start_in_end_out', 'both_in', 'start_out_end_in'], [day_rule])) AS rule,
           from_on + (is_first AND rule = 'start_out_end_in') AS first_by_rule,
           if(is_open, {today:Date32}, until_on + (is_last AND rule != 'start_in_end_out')) AS after_by_rule
    FROM placement_spans WHERE municipality = {municipality:String} AND first_by_rule < after_by_rule
) AS s
ARRAY JOIN arrayFilter(w -> s.first_by_rule < w.2 AND s.after_by_rule > w.1,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
