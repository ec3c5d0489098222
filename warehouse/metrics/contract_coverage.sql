/*
id = "P8"
kind = "instant"
title_sv = "Placeringar med påskrivet avtal"
title_en = "Contract coverage"
definition = "Andel av de pågående placeringarna som vid tidpunkten täcks av ett avtal som alla parter som måste skriva under har skrivit under. Ett avtal som är skickat men inte helt påskrivet täcker ingenting."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["care_form", "target_group", "provider", "unit"]
periods = ["now", "day", "quarter", "year"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Se till att varje placering har ett påskrivet avtal"
replaces = "Listan"
law = "Egen definition P8"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
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
by = ["target_group"]
period = "now"

[[publish]]
by = ["target_group"]
period = "quarter"
count = 41

[[publish]]
by = ["target_group"]
period = "year"
count = 10
*/
SELECT a.at AS at,
       if(has({by:Array(String)}, 'care_form'), a.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'target_group'), a.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'provider'), a.provider, '') AS provider,
       if(has({by:Array(String)}, 'unit'), a.unit, '') AS unit,
       countIf(arrayExists(c -> c.1 <= a.day AND a.day < c.2 AND c.3 <= a.at, k.contracts)) / count() AS value,
       count() AS n
FROM
(
    -- the day that ends at midnight is the day before it
    SELECT i.at AS at, toDate32(toTimeZone(subtractMicroseconds(i.at, 1), {zone:String})) AS day,
           s.placement AS placement, s.care_form AS care_form, s.target_group AS target_group,
           s.provider AS provider, s.unit AS unit
    FROM placement_at AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE s.municipality = {municipality:String} AND s.`from` <= i.at AND i.at < s.`until`
) AS a
LEFT JOIN
(
    SELECT placement,
           groupArray((assumeNotNull(from_on), assumeNotNull(until_on), assumeNotNull(signed_at))) AS contracts
    FROM contracts_now WHERE municipality = {municipality:String} AND signed_at IS NOT NULL
    GROUP BY placement
) AS k ON k.placement = a.placement
GROUP BY ALL
