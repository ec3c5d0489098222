/*
id = "G1"
kind = "span"
title_sv = "Beslut som vilar på ett mått"
title_en = "Decisions that rest on a metric"
definition = "Andel av nämndens beslut under perioden som anger ett mått och vilken version av måttet beslutet vilar på. Antalet bakom talet är beslut; finns inga beslut saknas värde."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = []
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Nämndsekreterare"
user = "Nämnd, socialchef"
decision = "Begära underlag med mått där beslut fattas utan"
replaces = "Ingen tidigare uppgift"
law = "SoL 5:2; egen definition G1"
manual_input = "none"
needs = ["reference"]
tells_of = ["decision"]
max_age_s = 90000
min_coverage = 0.99
version = 1
persons = false
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
]
*/
SELECT q.p.1 AS since, countIf(d.is_linked) / count() AS value, count() AS n
FROM
(
    SELECT on_day, arrayExists(version -> version > 0, versions) AS is_linked
    FROM committee_decisions_now WHERE municipality = {municipality:String} AND on_day <= {today:Date32}
) AS d
CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
WHERE d.on_day >= q.p.1 AND d.on_day < q.p.2
GROUP BY ALL
