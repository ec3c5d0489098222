/*
id = "P18"
kind = "span"
title_sv = "Flyttar per placeringsår"
title_en = "Moves per placement year"
definition = "Flyttar under perioden delat med placeringsår. Ett placeringsår är 365 dygn som någon varit placerad, från inskrivningsdagen till men inte med utskrivningsdagen. Vårdformen är den som personen lämnar. Planerade och oplanerade flyttar kan visas var för sig."
unit = "flyttar/år"
decimals = 2
direction = "down"
measure = "mean"
dimensions = ["planned", "care_form", "main_cause", "target_group", "sex", "unit"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Bedöma om placeringarna håller"
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
]
publish = [
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["planned"], period = "quarter", count = 41 },
    { by = ["planned"], period = "year", count = 10 },
    { by = ["care_form"], period = "quarter", count = 41 },
    { by = ["care_form"], period = "year", count = 10 },
]
*/
SELECT g.since AS since, m.1 AS planned,
       if(has({by:Array(String)}, 'care_form'), g.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'main_cause'), g.main_cause, '') AS main_cause,
       if(has({by:Array(String)}, 'target_group'), g.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'sex'), g.sex, '') AS sex,
       if(has({by:Array(String)}, 'unit'), g.unit, '') AS unit,
       365 * m.2 / g.days AS value, g.persons AS n
FROM
(
    SELECT d.since AS since,
           if(has({by:Array(String)}, 'care_form'), d.care_form, '') AS care_form,
           if(has({by:Array(String)}, 'main_cause'), d.main_cause, '') AS main_cause,
           if(has({by:Array(String)}, 'target_group'), d.target_group, '') AS target_group,
           if(has({by:Array(String)}, 'sex'), d.sex, '') AS sex,
           if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
           sum(d.days) AS days, uniqExactIf(d.who, d.days > 0) AS persons,
           if(has({by:Array(String)}, 'planned'),
              [('yes', countIf(d.planned = 'yes')), ('no', countIf(d.planned = 'no')),
               ('unknown', countIf(d.planned = 'unknown'))], [('', countIf(d.planned != ''))]) AS moves
    FROM
    (
        SELECT x.1 AS since, s.who AS who, s.care_form AS care_form, s.main_cause AS main_cause,
               s.target_group AS target_group, s.sex AS sex, s.unit AS unit,
               dateDiff('day', greatest(s.from_on, x.1), least(s.after, x.2)) AS days, '' AS planned
        FROM
        (
            SELECT *, if(is_open, {today:Date32}, until_on) AS after FROM placement_spans
            WHERE municipality = {municipality:String} AND from_on < after
        ) AS s
        ARRAY JOIN arrayFilter(w -> s.from_on < w.2 AND s.after > w.1,
                               arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
        UNION ALL
        SELECT x.1 AS since, s.who AS who, s.care_form AS care_form, s.main_cause AS main_cause,
               s.target_group AS target_group, s.sex AS sex, s.unit AS unit, 0 AS days, s.planned AS planned
        FROM (SELECT * FROM placement_moves WHERE municipality = {municipality:String} AND is_placed) AS s
        ARRAY JOIN arrayFilter(w -> s.on_day >= w.1 AND s.on_day < w.2,
                               arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    ) AS d
    GROUP BY ALL
) AS g
ARRAY JOIN g.moves AS m
WHERE g.days > 0
