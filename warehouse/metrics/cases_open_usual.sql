/*
id = "C6"
kind = "span"
title_sv = "Vanligt antal öppna ärenden"
title_en = "Usual number of open cases"
definition = "Medianen av antalet öppna ärenden vid de åtta föregående periodernas slut, av samma slag. Det vanliga är medianen ± 2 gånger den skalade medianavvikelsen. Kräver minst fyra tidigare perioder."
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
SELECT b.since AS since, if(b.told < 4, NULL, b.middle) AS value, if(b.told < 4, NULL, greatest(0, b.middle - b.spread)) AS lower,
       if(b.told < 4, NULL, b.middle + b.spread) AS upper, b.n AS n
FROM
(
    SELECT a.since AS since, a.n AS n, a.told AS told, arrayReduce('quantileExactInclusive(0.5)', a.open) AS middle,
           2 * 1.4826 * arrayReduce('quantileExactInclusive(0.5)', arrayMap(v -> abs(v - middle), a.open)) AS spread
    FROM
    (
        -- the ends of the eight periods before, of as many months each; an end that nothing was open at was told of by nobody
        SELECT e.since AS since, groupArray(toFloat64(e.open)) AS open, count() AS told, max(e.n) AS n
        FROM
        (
            SELECT x.1 AS since, x.2 AS back, count() AS open, uniqExact(if(s.person = '', s.entity, s.person)) AS n
            FROM
            (
                SELECT entity, toString(person) AS person, toTimeZone(`from`, {zone:String}) AS since, toTimeZone(`until`, {zone:String}) AS until
                FROM case_spells WHERE municipality = {municipality:String}
            ) AS s
            ARRAY JOIN arrayFilter(
                y -> s.since <= y.3 AND y.3 < s.until,
                arrayFlatten(arrayMap(
                    (f, u) -> arrayMap(k -> (f, k, toDateTime64(toString(addMonths(u, -k * dateDiff('month', f, u))), 6, {zone:String})), range(1, 9)),
                    {since:Array(Date32)}, {until:Array(Date32)}))) AS x
            GROUP BY x.1, x.2
        ) AS e
        GROUP BY e.since
    ) AS a
) AS b
