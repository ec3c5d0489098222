/*
id = "C2r"
kind = "instant"
title_sv = "Återöppningar enligt källan"
title_en = "Reopenings told by the source"
definition = "Antal gånger fram till tidpunkten som källan sagt att ett ärende återöppnats, också medan ärendet var öppet. Inflödet räknar bara dem som öppnade ett avslutat ärende."
unit = "återöppningar"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["case_type"]
periods = ["now"]
audience = "engineer"
owner = "Verksamhetscontroller"
user = "Dataingenjör"
decision = "Kontrollera källans räknare mot navets"
replaces = "Ingen tidigare uppgift"
law = "Egen definition"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 2
beat_s = 10
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
*/
WITH stood AS
(
    -- the version of each reopening that holds; entity rows keep only how many there are
    SELECT entity, id, argMax(tuple(retracted, occurred_at), tuple(told, -toInt128(content_hash))) AS fact
    FROM
    (
        SELECT e.entity AS entity, e.id AS id, e.retracted AS retracted, e.occurred_at AS occurred_at,
               e.content_hash AS content_hash, greatest(e.recorded_at, c.recorded_at) AS told
        FROM (SELECT * FROM events FINAL WHERE topic = 'cases' AND municipality = {municipality:String}
              AND splitByChar('.', type)[4] = 'reopened') AS e
        LEFT JOIN (SELECT * FROM confirmations FINAL WHERE startsWith(entity, {municipality:String})) AS c
               ON c.entity = e.entity AND c.id = e.id AND c.content_hash = e.content_hash
    )
    GROUP BY entity, id
)
SELECT c.at AS at, if(has({by:Array(String)}, 'case_type'), c.case_type, '') AS case_type,
       sum(c.times) AS value, countIf(c.times > 0) AS n
FROM
(
    SELECT k.at AS at, m.case_type AS case_type, countIf(s.living AND s.reopened_at <= k.at) AS times
    FROM cases_now AS m CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS k
    LEFT JOIN (SELECT entity, fact.2 AS reopened_at, fact.1 = 0 AS living FROM stood) AS s ON s.entity = m.entity
    WHERE m.municipality = {municipality:String}
    GROUP BY k.at, m.entity, m.case_type
) AS c
GROUP BY ALL
