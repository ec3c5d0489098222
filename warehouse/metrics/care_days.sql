/*
id = "P3"
kind = "span"
title_sv = "Vårddygn"
title_en = "Care days"
definition = "Antal vårddygn under perioden, räknade efter avtalets dygnsregel: inskrivningsdagen räknas men inte utskrivningsdagen, om avtalet inte säger annat. Det som pågår räknas till och med i går."
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
*/
SELECT d.since AS since,
       if(has({by:Array(String)}, 'main_cause'), d.main_cause, '') AS main_cause,
       if(has({by:Array(String)}, 'sex'), d.sex, '') AS sex,
       if(has({by:Array(String)}, 'target_group'), d.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'care_form'), d.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'tender_area'), d.tender_area, '') AS tender_area,
       if(has({by:Array(String)}, 'age_band'), d.age_band, '') AS age_band,
       if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
       if(has({by:Array(String)}, 'provider'), d.provider, '') AS provider,
       if(has({by:Array(String)}, 'framework'), d.framework, '') AS framework,
       if(has({by:Array(String)}, 'day_rule'), d.rule, '') AS day_rule,
       sum(d.days) AS value, uniqExactIf(d.who, d.days > 0) AS n
FROM
(
    SELECT s.*, p.1 AS since, r AS rule,
           greatest(0, dateDiff('day',
               greatest(s.from_on + (s.is_first AND r = 'start_out_end_in'), p.1),
               least(if(s.end_on >= toDate32('2299-12-31') AND s.is_last, least({today:Date32}, s.until_on),
                        s.until_on + (s.is_last AND r != 'start_in_end_out')), p.2))) AS days
    FROM placement_spans AS s
    CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
    -- asked by rule, every placement is counted by each; else by its own
    ARRAY JOIN if(has({by:Array(String)}, 'day_rule'), ['start_in_end_out', 'both_in', 'start_out_end_in'],
                  [s.day_rule]) AS r
    WHERE s.municipality = {municipality:String} AND s.from_on < q.p.2 AND s.until_on + 1 >= q.p.1
) AS d
GROUP BY ALL
