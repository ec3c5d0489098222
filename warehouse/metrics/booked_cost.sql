/*
id = "P5"
kind = "span"
title_sv = "Bokförd kostnad"
title_en = "Booked cost"
definition = "Bokförd kostnad: de belopp på fakturarader som bokförts under perioden, efter bokföringsdag. Vårdformen är den på radens första dag."
unit = "kr"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["main_cause", "sex", "target_group", "care_form", "tender_area", "age_band", "unit", "provider", "framework"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, ekonomiavdelning"
decision = "Stämma av placeringarnas kostnad mot bokföringen"
replaces = "Summering i ekonomisystemet"
law = "Egen definition P5 (bokförd)"
manual_input = "none"
needs = ["placements"]
tells_of = ["invoice"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "warn" },
]
publish = [
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["care_form"], period = "quarter", count = 41 },
    { by = ["care_form"], period = "year", count = 10 },
    { by = ["tender_area"], period = "quarter", count = 41 },
    { by = ["tender_area"], period = "year", count = 10 },
    { by = ["main_cause"], period = "quarter", count = 41 },
    { by = ["main_cause"], period = "year", count = 10 },
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
       if(has({by:Array(String)}, 'framework'), s.framework, '') AS framework,
       sum(s.kr) AS value, uniqExact(s.who) AS n,
       arrayMap(x -> abs(x), sumMap([s.who], [toFloat64(s.kr)]).2) AS parts, arrayMax(parts) / nullIf(arraySum(parts), 0) AS top
FROM
(
    -- what the placement says of the line; its form of care on the first day charged
    SELECT i.provider AS provider, i.booked_on AS booked_on, assumeNotNull(i.booked_kr) AS kr,
           if(p.who = '', i.placement, p.who) AS who,
           multiIf(p.who = '', 'unknown', p.framework = '', 'outside', 'inside') AS framework,
           if(p.who = '', 'unknown', toString(p.main_cause)) AS main_cause,
           if(p.who = '', 'unknown', toString(p.sex)) AS sex,
           if(p.who = '', 'unknown', toString(p.target_group)) AS target_group,
           if(p.who = '', 'unknown', toString(p.tender_area)) AS tender_area,
           if(p.who = '', 'unknown', toString(p.age_band)) AS age_band,
           if(p.who = '', 'unknown', toString(p.unit)) AS unit,
           if(empty(p.forms), 'unknown',
              p.forms[greatest(1, arrayCount(day -> day <= i.from_on, p.firsts))]) AS care_form
    FROM (SELECT * FROM invoices_now WHERE municipality = {municipality:String} AND booked_on IS NOT NULL) AS i
    LEFT JOIN
    (
        SELECT placement, who, framework, main_cause, sex, target_group, tender_area, age_band, unit,
               `spans.from_on` AS firsts, `spans.care_form` AS forms
        FROM placements_now WHERE municipality = {municipality:String}
    ) AS p ON p.placement = i.placement
) AS s
ARRAY JOIN arrayFilter(w -> s.booked_on >= w.1 AND s.booked_on < w.2,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
