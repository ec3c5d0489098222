/*
id = "D2m-doser-dygn"
kind = "instant"
title_sv = "Förfallna doser senaste dygnet"
title_en = "Doses due in the last 24 hours"
definition = "Antal doser vars tidsfönster stängde under de senaste 24 timmarna, efter utfall. Antalet bakom talet är personer."
unit = "doser"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "outcome"]
periods = ["now", "day"]
audience = "staff"
owner = "Enhetschef hemsjukvård"
user = "Sjuksköterskor, enhetschef"
decision = "Märka att doser har slutat rapporteras"
replaces = "Ingen märkte att doserna slutade komma"
law = "Egen definition D2m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 60
tells_of = ["dose"]
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
    { rule = "never_zero", grade = "warn" },
]
publish = [
    { by = [], period = "now" },
    { by = ["unit"], period = "now" },
    { by = ["outcome"], period = "now" },
]
*/
SELECT d.at AS at, if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
       if(has({by:Array(String)}, 'outcome'), d.outcome, '') AS outcome,
       count() AS value, uniqExact(d.who) AS n
FROM
(
    SELECT at, d.unit AS unit, d.who AS who, if(d.outcome = 'late' AND d.taken_at > at, 'unknown', d.outcome) AS outcome
    FROM doses_in_homes AS d ARRAY JOIN arrayFilter(t -> d.window_until <= t AND d.window_until > t - INTERVAL 24 HOUR, {at:Array(DateTime64(6, 'UTC'))}) AS at
    WHERE d.municipality = {municipality:String}
      AND d.day BETWEEN toDate32(arrayMin({at:Array(DateTime64(6, 'UTC'))})) - 9 AND toDate32(arrayMax({at:Array(DateTime64(6, 'UTC'))}))
) AS d
GROUP BY ALL
