/*
id = "C1"
kind = "instant"
title_sv = "Ärendebalans"
title_en = "Caseload balance"
definition = "Antal ärenden som är öppna vid tidpunkten: öppnade då eller tidigare och ännu inte avslutade. Ärenden, inte personer. En enhet vars system bara kan lämna en ögonblicksbild räknas med sin senaste, och det sägs; den kan inte delas upp på annat än enhet."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "stage", "law", "case_type", "sex", "age_band", "handler_known"]
periods = ["now", "day"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare i lobbyn, enhetschef, nämnd"
decision = "Fördela arbetet mellan enheter och handläggare"
replaces = "Balansen som någon knappar in kvällen innan"
law = "SoL 2025:400; egen definition C1"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 2
snapshots = true
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
    { rule = "never_zero", grade = "warn" },
]

[[publish]]
by = []
period = "now"

[[publish]]
by = ["unit"]
period = "now"

[[publish]]
by = []
period = "day"
days = 70
band = true

[[publish]]
by = ["unit"]
period = "day"
days = 70
band = true
*/
SELECT p.at AS at, p.unit AS unit, p.stage AS stage, p.law AS law, p.case_type AS case_type, p.sex AS sex,
       p.age_band AS age_band, p.handler_known AS handler_known,
       sum(p.open) AS value, sum(p.open) AS n, if(max(p.snapshot) = 1, 'snapshot', 'value') AS state
FROM
(
    SELECT i.at AS at,
           if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
           if(has({by:Array(String)}, 'stage'), s.stage, '') AS stage,
           if(has({by:Array(String)}, 'law'), s.law, '') AS law,
           if(has({by:Array(String)}, 'case_type'), s.case_type, '') AS case_type,
           if(has({by:Array(String)}, 'sex'), s.sex, '') AS sex,
           if(has({by:Array(String)}, 'age_band'), s.age_band, '') AS age_band,
           if(has({by:Array(String)}, 'handler_known'), if(s.handler_known, 'yes', 'no'), '') AS handler_known,
           count() AS open, 0 AS snapshot
    FROM case_spells AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE s.municipality = {municipality:String} AND s.`from` <= i.at AND i.at < s.`until`
    GROUP BY ALL
    UNION ALL
    -- units that tell nothing but their balance: the newest one, where no more than the unit is asked for
    SELECT i.at AS at, if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit, '' AS stage, '' AS law,
           '' AS case_type, '' AS sex, '' AS age_band, '' AS handler_known,
           argMax(d.open_cases, d.observed_at) AS open, 1 AS snapshot
    FROM snapshot_days AS d CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE d.municipality = {municipality:String} AND d.observed_at <= i.at
      AND empty(arrayFilter(name -> name != 'unit', {by:Array(String)}))
    GROUP BY i.at, d.unit
) AS p
GROUP BY ALL
