/*
id = "P6"
kind = "span"
title_sv = "Andel inom ramavtal"
title_en = "Share inside framework agreements"
definition = "Andel av vårddygnen under perioden som hör till placeringar inom ramavtal. Kan också räknas på nya placeringar (de som börjat under perioden) eller på kronor (dygn med känt pris gånger priset); underlaget anges alltid."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["basis", "tender_area", "care_form", "target_group", "unit"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, upphandling"
decision = "Bedöma om ramavtalen räcker och används"
replaces = "Fråga som ingen kunde svara på snabbt"
law = "LOU 2016:1145; egen definition P6"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["tender_area"], period = "quarter", count = 41 },
    { by = ["tender_area"], period = "year", count = 10 },
    { by = ["care_form"], period = "quarter", count = 41 },
    { by = ["care_form"], period = "year", count = 10 },
    { by = ["basis"], period = "quarter", count = 41 },
    { by = ["basis"], period = "year", count = 10 },
]
*/
SELECT d.since AS since, if(has({by:Array(String)}, 'basis'), d.basis, '') AS basis,
       if(has({by:Array(String)}, 'tender_area'), d.tender_area, '') AS tender_area,
       if(has({by:Array(String)}, 'care_form'), d.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'target_group'), d.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
       if(sum(d.amount) > 0, ifNull(sumIf(d.amount, d.framework != ''), 0) / sum(d.amount), NULL) AS value,
       uniqExactIf(d.who, d.amount IS NOT NULL) AS n, sumIf(d.many, d.amount IS NOT NULL) / sum(d.many) AS coverage
FROM
(
    SELECT x.1 AS since, arrayJoin(['care_days', 'kr']) AS basis, s.who AS who, s.framework AS framework,
           s.tender_area AS tender_area, s.care_form AS care_form, s.target_group AS target_group,
           s.unit AS unit, toFloat64(dateDiff('day', greatest(s.first_day, x.1), least(s.after, x.2))) AS many,
           if(basis = 'kr', many * s.daily_kr, many) AS amount
    FROM
    (
        SELECT *, if(is_open, {today:Date32}, day_after) AS after FROM placement_spans
        WHERE municipality = {municipality:String} AND first_day < after
    ) AS s
    ARRAY JOIN arrayFilter(w -> s.first_day < w.2 AND s.after > w.1,
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    UNION ALL
    SELECT x.1 AS since, 'new_placements' AS basis, s.who AS who, s.framework AS framework,
           s.tender_area AS tender_area, s.first_care_form AS care_form, s.target_group AS target_group,
           s.unit AS unit, toFloat64(1) AS many, many AS amount
    FROM (SELECT * FROM placement_stays WHERE municipality = {municipality:String}) AS s
    ARRAY JOIN arrayFilter(w -> s.start_on >= w.1 AND s.start_on < w.2,
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
) AS d
WHERE has({by:Array(String)}, 'basis') OR d.basis = 'care_days'
GROUP BY ALL
