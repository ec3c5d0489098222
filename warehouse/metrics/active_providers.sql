/*
id = "P19"
kind = "instant"
title_sv = "Aktiva utförare"
title_en = "Active providers"
definition = "Antal utförare som har haft någon placerad hos sig under de senaste tolv månaderna. Vårdformen är den som utföraren främst ger."
unit = "utförare"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["care_form", "provider_municipality"]
periods = ["now", "day", "quarter", "year"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, upphandling"
decision = "Planera upphandling av ramavtal"
replaces = "En databas per kommun"
law = "Egen definition P19"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
persons = false
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]

[[publish]]
by = []
period = "now"

[[publish]]
by = []
period = "quarter"
count = 41

[[publish]]
by = []
period = "year"
count = 10

[[publish]]
by = ["care_form"]
period = "now"

[[publish]]
by = ["care_form"]
period = "quarter"
count = 41

[[publish]]
by = ["care_form"]
period = "year"
count = 10
*/
SELECT a.at AS at,
       if(has({by:Array(String)}, 'care_form'), a.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'provider_municipality'), a.provider_municipality, '') AS provider_municipality,
       uniqExact(a.provider) AS value, uniqExact(a.provider) AS n
FROM
(
    SELECT DISTINCT i.at AS at, s.provider AS provider,
           if(v.care_form = '', 'unknown', v.care_form) AS care_form,
           if(v.located_in = '', 'unknown', v.located_in) AS provider_municipality
    FROM
    (
        SELECT provider, `from`, `until` FROM placement_at
        WHERE municipality = {municipality:String} AND provider != 'unknown'
    ) AS s
    CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    LEFT JOIN (SELECT * FROM providers_now WHERE municipality = {municipality:String}) AS v ON v.provider = s.provider
    WHERE s.`from` <= i.at AND s.`until` > subtractMonths(i.at, 12)
) AS a
GROUP BY ALL
