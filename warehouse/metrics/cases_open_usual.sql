/*
id = "C6"
kind = "instant"
title_sv = "Vanligt antal öppna ärenden"
title_en = "Usual number of open cases"
definition = "Medianen av antalet öppna ärenden i slutet av de åtta föregående perioderna av samma slag. Det vanliga är medianen ± 2 gånger den skalade medianavvikelsen. Kräver minst fyra tidigare perioder."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "mean"
dimensions = []
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Se om balansen ligger inom det vanliga"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C6"
manual_input = "none"
needs = ["cases"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 27 },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
]
*/
SELECT b.at AS at, b.middle AS value, greatest(0, b.middle - b.spread) AS lower, b.middle + b.spread AS upper, b.n AS n
FROM
(
    SELECT a.at AS at, a.n AS n, arrayReduce('quantileExactInclusive(0.5)', a.before) AS middle,
           2 * 1.4826 * arrayReduce('quantileExactInclusive(0.5)', arrayMap(v -> abs(v - middle), a.before)) AS spread
    FROM
    (
        SELECT o.at AS at, o.n AS n,
               groupArray(toFloat64(o.open)) OVER (ORDER BY o.at ROWS BETWEEN 8 PRECEDING AND 1 PRECEDING) AS before
        FROM
        (
            SELECT x AS at, count() AS open, uniqExact(if(s.person = '', s.entity, s.person)) AS n
            FROM (SELECT entity, toString(person) AS person, `from`, `until` FROM case_spells
                  WHERE municipality = {municipality:String}) AS s
            ARRAY JOIN arrayFilter(t -> s.`from` <= t AND t < s.`until`, {at:Array(DateTime64(6, 'UTC'))}) AS x
            GROUP BY x
        ) AS o
    ) AS a
    WHERE length(a.before) >= 4
) AS b
