/*
id = "P20"
kind = "instant"
title_sv = "Utförare med färska uppgifter"
title_en = "Providers with fresh data"
definition = "Andel av de registrerade utförarna som det har kommit någon uppgift om under de senaste 90 dagarna. Anbudsområdena är de ramavtal som gäller vid tidpunkten; en utförare med flera räknas i vart och ett."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["care_form", "provider_municipality", "tender_area"]
periods = ["now", "day", "quarter", "year"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, upphandling"
decision = "Hålla utförarnas uppgifter aktuella"
replaces = "Inaktuella uppgifter i varje kommun"
law = "Egen definition P20"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
persons = false
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
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
by = ["tender_area"]
period = "now"

[[publish]]
by = ["tender_area"]
period = "quarter"
count = 41

[[publish]]
by = ["tender_area"]
period = "year"
count = 10
*/
SELECT v.at AS at,
       if(has({by:Array(String)}, 'care_form'), v.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'provider_municipality'), v.provider_municipality, '') AS provider_municipality,
       area AS tender_area,
       countIf(v.last_at > subtractDays(v.at, 90)) / count() AS value, count() AS n
FROM
(
    SELECT i.at AS at, p.care_form AS care_form, if(p.located_in = '', 'unknown', p.located_in) AS provider_municipality,
           arrayMax(arrayFilter(t -> t <= i.at, p.`told.at`)) AS last_at,
           arrayDistinct(arrayMap(f -> f.2, arrayFilter(f -> f.3 <= i.day AND i.day < f.4, p.frameworks))) AS areas
    FROM
    (
        SELECT *, arrayZip(`frameworks.agreement`, `frameworks.tender_area`, `frameworks.from_on`,
                           `frameworks.until_on`) AS frameworks
        FROM providers_now WHERE municipality = {municipality:String}
    ) AS p
    CROSS JOIN (SELECT i.at AS at, toDate32(toTimeZone(subtractMicroseconds(i.at, 1), {zone:String})) AS day FROM (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i) AS i
    WHERE arrayExists(t -> t <= i.at, p.`told.at`)
) AS v
ARRAY JOIN multiIf(NOT has({by:Array(String)}, 'tender_area'), [''], empty(v.areas), ['unknown'], v.areas) AS area
GROUP BY ALL
