/*
id = "P17a"
kind = "span"
title_sv = "Utförarnas omdömen"
title_en = "Provider scores"
definition = "Medelvärde av omdömena 1–5 i periodens uppföljningar: hur väl vårdplanen följts, skillnaden för den enskilde och hur rapporteringen sköts. Utan uppdelning på omdöme är en uppföljnings omdöme medelvärdet av dem som getts. Döljs vid färre än fem uppföljningar."
unit = "poäng 1–5"
decimals = 1
direction = "up"
measure = "mean"
dimensions = ["provider", "target_group", "parameter"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, upphandling"
decision = "Ställa krav på utförare"
replaces = "Pappersfrågor sammanställda för hand inför nämnden"
law = "Egen definition P17a"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
least = 5
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 5 },
]

[[publish]]
by = []
period = "quarter"
count = 41

[[publish]]
by = []
period = "year"
count = 10

[[publish]]
by = ["parameter"]
period = "quarter"
count = 41

[[publish]]
by = ["parameter"]
period = "year"
count = 10

[[publish]]
by = ["target_group"]
period = "quarter"
count = 41

[[publish]]
by = ["target_group"]
period = "year"
count = 10

[[publish]]
by = ["provider"]
period = "quarter"
count = 9

[[publish]]
by = ["provider"]
period = "year"
count = 10

[[publish]]
by = ["provider", "parameter"]
period = "quarter"
count = 9

[[publish]]
by = ["provider", "parameter"]
period = "year"
count = 10
*/
SELECT g.since AS since,
       if(has({by:Array(String)}, 'provider'), g.provider, '') AS provider,
       if(has({by:Array(String)}, 'target_group'), g.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'parameter'), g.parameter, '') AS parameter,
       if(g.n < 5, NULL, g.mean) AS value, g.n AS n, if(g.n < 5, 'suppressed', 'value') AS state
FROM
(
    SELECT q.p.1 AS since,
           if(has({by:Array(String)}, 'provider'), f.provider, '') AS provider,
           if(has({by:Array(String)}, 'target_group'), f.target_group, '') AS target_group,
           if(has({by:Array(String)}, 'parameter'), f.parameter, '') AS parameter,
           avg(f.score) AS mean, count() AS n
    FROM
    (
        SELECT u.provider AS provider, u.on_day AS on_day, u.judged.1 AS parameter, u.judged.2 AS score,
               if(s.entity = '', 'unknown', s.target_group) AS target_group
        FROM
        (
            SELECT provider, placement, on_day,
                   arrayFilter(x -> x.2 > 0, [('plan_followed', plan_followed), ('difference_made', difference_made),
                                              ('reporting', reporting)]) AS each,
                   arrayJoin(if(has({by:Array(String)}, 'parameter'), arrayMap(x -> (x.1, toFloat64(x.2)), each),
                                if(empty(each), [], [('', arrayAvg(x -> x.2, each))]))) AS judged
            FROM provider_follow_ups WHERE municipality = {municipality:String}
        ) AS u
        LEFT JOIN (SELECT * FROM placements_now WHERE municipality = {municipality:String}) AS s
            ON s.placement = u.placement
    ) AS f
    CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
    WHERE f.on_day >= q.p.1 AND f.on_day < q.p.2
    GROUP BY ALL
) AS g
