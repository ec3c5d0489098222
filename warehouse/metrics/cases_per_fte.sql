/*
id = "C5"
kind = "instant"
title_sv = "Ärenden per årsarbetare"
title_en = "Cases per FTE in service"
definition = "Öppna ärenden delat med årsarbetare i tjänst i samma enhet, eller i en roll där. Saknas när uppgiften om årsarbetare är äldre än 7 dagar."
unit = "ärenden per årsarbetare"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["unit", "role"]
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
version = 4
checks = [
    { rule = "not_negative", grade = "stop" },
]

[[publish]]
by = ["unit"]
period = "now"
*/
SELECT u.at AS at, if(has({by:Array(String)}, 'unit'), u.unit, '') AS unit, u.role AS role,
       if(max(u.told_at < u.at - INTERVAL 7 DAY) OR sum(u.fte) = 0, NULL, sum(u.open) / sum(u.fte)) AS value,
       sum(u.open) AS n
FROM
(
    -- each unit with open cases or someone in service; told_at is 1970 where nobody has told.
    -- By role each role in service there, against all open cases of the unit.
    SELECT o.at AS at, o.unit AS unit, f.role AS role, o.open AS open, f.fte AS fte, f.told_at AS told_at
    FROM
    (
        SELECT p.at AS at, p.unit AS unit, sum(p.open) AS open
        FROM
        (
            SELECT i.at AS at, s.unit AS unit, 1 AS open
            FROM case_spells AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
            WHERE s.municipality = {municipality:String} AND s.`from` <= i.at AND i.at < s.`until`
            UNION ALL
            SELECT i.at AS at, f.unit AS unit, 0 AS open
            FROM fte_steps AS f CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
            WHERE f.municipality = {municipality:String}
              AND f.unit NOT IN (SELECT d.unit FROM care_units AS d WHERE d.municipality = {municipality:String})
        ) AS p
        GROUP BY ALL
    ) AS o
    LEFT JOIN
    (
        SELECT t.at AS at, t.unit AS unit, if(has({by:Array(String)}, 'role'), t.role, '') AS role,
               sum(t.now.1) AS fte, min(t.now.2) AS told_at
        FROM
        (
            SELECT i.at AS at, f.unit AS unit, f.role AS role, argMax(tuple(f.fte, f.told_at), (f.from_on, f.told_at)) AS now
            FROM fte_steps AS f CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
            WHERE f.municipality = {municipality:String} AND f.told_at <= i.at
              AND f.from_on <= toDate32(toTimeZone(i.at, {zone:String}))
              AND f.unit NOT IN (SELECT d.unit FROM snapshot_days AS d WHERE d.municipality = {municipality:String})
              AND f.unit NOT IN (SELECT d.unit FROM care_units AS d WHERE d.municipality = {municipality:String})
            GROUP BY ALL
        ) AS t
        WHERE t.now.1 > 0
        GROUP BY ALL
    ) AS f ON f.at = o.at AND f.unit = o.unit
    WHERE if(has({by:Array(String)}, 'role'), f.fte > 0, o.open > 0 OR f.fte > 0)
) AS u
GROUP BY ALL
