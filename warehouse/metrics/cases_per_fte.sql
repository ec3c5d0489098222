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
version = 1
checks = [
    { rule = "not_negative", grade = "stop" },
]

[[publish]]
by = ["unit"]
period = "now"
*/
SELECT b.at AS at, if(has({by:Array(String)}, 'unit'), b.unit, '') AS unit,
       if(min(f.told_at) < b.at - INTERVAL 7 DAY OR countIf(f.unit = '') > 0, NULL, sum(b.open) / sum(f.fte)) AS value,
       sum(b.open) AS n
FROM
(
    SELECT i.at AS at, s.unit AS unit, count() AS open
    FROM case_spells AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE s.municipality = {municipality:String} AND s.`from` <= i.at AND i.at < s.`until`
    GROUP BY ALL
) AS b
LEFT JOIN
(
    SELECT t.at AS at, t.unit AS unit, sum(t.now.1) AS fte, min(t.now.2) AS told_at
    FROM
    (
        SELECT i.at AS at, f.unit AS unit, f.role AS role,
               argMaxIf(tuple(f.fte, f.told_at), (f.from_on, f.told_at), f.from_on <= toDate32(toTimeZone(i.at, {zone:String}))
                        AND f.told_at <= i.at) AS now
        FROM fte_steps AS f CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
        WHERE f.municipality = {municipality:String}
        GROUP BY ALL
    ) AS t
    GROUP BY ALL
) AS f ON f.at = b.at AND f.unit = b.unit
GROUP BY ALL
