/*
id = "P12b"
kind = "instant"
title_sv = "Placeringar vars avtal har löpt ut"
title_en = "Placements running after their contract's end"
definition = "Antal pågående placeringar vars senast gällande avtal har löpt ut utan att ett nytt har upprättats. Målet är noll. Placeringar som aldrig haft avtal syns i andelen med påskrivet avtal."
unit = "placeringar"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["care_form", "target_group", "provider", "unit"]
periods = ["now", "day", "quarter", "year"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Skriva nytt avtal eller avsluta placeringen"
replaces = "Avtal som löpte ut obemärkt"
law = "Egen definition P12b"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
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
       count() AS value, count() AS n
FROM
(
    SELECT i.at AS at, toDate32(toTimeZone(subtractMicroseconds(i.at, 1), {zone:String})) AS day,
           s.placement AS placement, s.care_form AS care_form, s.target_group AS target_group,
           s.provider AS provider, s.unit AS unit
    FROM placement_at AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE s.municipality = {municipality:String} AND s.`from` <= i.at AND i.at < s.`until`
) AS a
INNER JOIN
(
    SELECT placement, groupArray((assumeNotNull(created_at), assumeNotNull(until_on))) AS contracts
    FROM contracts_now WHERE municipality = {municipality:String} GROUP BY placement
) AS k ON k.placement = a.placement
WHERE arrayExists(c -> c.1 <= a.at, k.contracts)
  AND NOT arrayExists(c -> c.1 <= a.at AND c.2 > a.day, k.contracts)
GROUP BY ALL
