/*
id = "P1c"
kind = "instant"
title_sv = "Placerade barn och unga per 1 000 invånare"
title_en = "Children and youth placed per 1,000 inhabitants"
definition = "Antal personer 0–20 år som är placerade vid tidpunkten, per 1 000 invånare 0–20 år. Åldern är den vid inskrivningen. Folkmängden är den senaste kända vid ett årsskifte; finns bara folkmängden 0–19 år delas det med den. Utan folkmängd saknas uppgiften."
unit = "per 1 000"
decimals = 1
direction = "none"
measure = "mean"
dimensions = ["sex"]
periods = ["now", "day", "quarter", "year"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Jämföra hur vanligt det är med placering, över tid och med andra kommuner"
replaces = "Antal placerade utan hänsyn till folkmängden"
law = "Egen definition P1c"
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
    { by = [], period = "now" },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
]
*/
SELECT r.at AS at, r.sex AS sex, if(sum(r.inhabitants) = 0, NULL, 1000 * sum(r.placed) / sum(r.inhabitants)) AS value,
       sum(r.placed) AS n
FROM
(
    SELECT i.at AS at, if(has({by:Array(String)}, 'sex'), toString(s.sex), '') AS sex, uniqExact(s.who) AS placed,
           0 AS inhabitants
    FROM placement_at AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE s.municipality = {municipality:String} AND s.`from` <= i.at AND i.at < s.`until`
      AND s.age_band IN ('0-6', '7-12', '13-17', '18-20')
    GROUP BY ALL
    UNION ALL
    -- the inhabitants at the last turn of a year that is known, from the first placement that was told of
    SELECT i.at AS at, y.sex AS sex, 0 AS placed, argMax(y.persons, y.year) AS inhabitants
    FROM young_people AS y CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE y.municipality = {municipality:String} AND y.year < toYear(toTimeZone(i.at, {zone:String}) + INTERVAL 1 DAY)
      AND (y.sex IN ('woman', 'man')) = has({by:Array(String)}, 'sex')
      AND i.at >= (SELECT minOrNull(started_at) FROM placements_now WHERE municipality = {municipality:String})
    GROUP BY ALL
) AS r
GROUP BY ALL
