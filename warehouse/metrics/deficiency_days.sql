/*
id = "P21b"
kind = "instant"
title_sv = "Tid med oåtgärdad brist"
title_en = "Days with an open deficiency"
definition = "Antal dagar sedan de brister noterades som vid tidpunkten inte är åtgärdade; median om inget annat anges. Finns inga sådana brister saknas värde."
unit = "dagar"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["provider", "care_form", "statistic"]
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
by = ["statistic"]
period = "now"

[[publish]]
by = ["statistic"]
period = "quarter"
count = 41

[[publish]]
by = ["statistic"]
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
SELECT h.at AS at,
       if(has({by:Array(String)}, 'provider'), h.provider, '') AS provider,
       if(has({by:Array(String)}, 'care_form'), h.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'statistic'), k.name, '') AS statistic,
       multiIf(k.name = 'mean', h.mean, k.name = 'p90', h.quantiles[2], h.quantiles[1]) AS value, h.n AS n
FROM
(
    SELECT i.at AS at,
           if(has({by:Array(String)}, 'provider'), d.provider, '') AS provider,
           if(has({by:Array(String)}, 'care_form'), d.care_form, '') AS care_form,
           avg(dateDiff('day', d.noted_on, toDate32(toTimeZone(subtractMicroseconds(i.at, 1), {zone:String})))) AS mean,
           quantilesExactInclusive(0.5, 0.9)(dateDiff('day', d.noted_on, toDate32(toTimeZone(subtractMicroseconds(i.at, 1), {zone:String})))) AS quantiles,
           count() AS n
    FROM provider_deficiencies AS d CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE d.municipality = {municipality:String} AND d.noted_at <= i.at AND i.at < d.mended_at
    GROUP BY ALL
) AS h
CROSS JOIN (SELECT arrayJoin(if(has({by:Array(String)}, 'statistic'), ['mean', 'median', 'p90'], ['median'])) AS name) AS k
