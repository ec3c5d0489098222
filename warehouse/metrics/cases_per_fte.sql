/*
id = "C5"
kind = "instant"
title_sv = "Ärenden per årsarbetare"
title_en = "Cases per FTE in service"
definition = "Öppna ärenden delat med årsarbetare i tjänst i samma enhet. Saknas när uppgiften om årsarbetare är äldre än 7 dagar."
unit = "ärenden per årsarbetare"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["unit"]
periods = ["now"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare och enhetschef"
decision = "Fördela tjänster mellan enheter"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C5"
manual_input = "none"
needs = ["cases", "reference"]
max_age_s = 900
min_coverage = 0.99
version = 2
checks = [
    { rule = "not_negative", grade = "stop" },
]

[[publish]]
by = ["unit"]
period = "now"
*/
SELECT u.at AS at, if(has({by:Array(String)}, 'unit'), u.unit, '') AS unit,
       if(max(u.told_at < u.at - INTERVAL 7 DAY) OR sum(u.fte) = 0, NULL, sum(u.open) / sum(u.fte)) AS value,
       sum(u.open) AS n
FROM
(
    -- each unit with open cases or someone in service; told_at is 1970 where nobody has told
    SELECT p.at AS at, p.unit AS unit, sum(p.open) AS open, sum(p.fte) AS fte,
           if(countIf(p.open = 0) = 0, toDateTime64(0, 6, 'UTC'), minIf(p.told_at, p.open = 0)) AS told_at
    FROM
    (
        SELECT i.at AS at, s.unit AS unit, count() AS open, toFloat64(0) AS fte, toDateTime64(0, 6, 'UTC') AS told_at
        FROM case_spells AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
        WHERE s.municipality = {municipality:String} AND s.`from` <= i.at AND i.at < s.`until`
        GROUP BY ALL
        UNION ALL
        SELECT t.at AS at, t.unit AS unit, toUInt64(0) AS open, t.now.1 AS fte, t.now.2 AS told_at
        FROM
        (
            SELECT i.at AS at, f.unit AS unit, f.role AS role, argMax(tuple(f.fte, f.told_at), (f.from_on, f.told_at)) AS now
            FROM fte_steps AS f CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
            WHERE f.municipality = {municipality:String} AND f.told_at <= i.at
              AND f.from_on <= toDate32(toTimeZone(i.at, {zone:String}))
              AND f.unit NOT IN (SELECT d.unit FROM snapshot_days AS d WHERE d.municipality = {municipality:String})
            GROUP BY ALL
        ) AS t
        WHERE t.now.1 > 0
    ) AS p
    GROUP BY ALL
) AS u
GROUP BY ALL
