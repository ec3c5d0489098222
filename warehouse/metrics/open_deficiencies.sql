/*
id = "P21"
kind = "instant"
title_sv = "Brister hos utförare"
title_en = "Open deficiencies"
definition = "Antal noterade brister hos utförare som vid tidpunkten inte är åtgärdade."
unit = "brister"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["provider", "care_form"]
periods = ["now", "day", "quarter", "year"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Kräva att brister åtgärdas före nya placeringar"
replaces = "Inget minne av brister"
law = "Egen definition P21"
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

[[publish]]
by = ["provider"]
period = "now"
*/
SELECT i.at AS at,
       if(has({by:Array(String)}, 'provider'), d.provider, '') AS provider,
       if(has({by:Array(String)}, 'care_form'), d.care_form, '') AS care_form,
       count() AS value, count() AS n
FROM provider_deficiencies AS d CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
WHERE d.municipality = {municipality:String} AND d.noted_at <= i.at AND i.at < d.mended_at
GROUP BY ALL
