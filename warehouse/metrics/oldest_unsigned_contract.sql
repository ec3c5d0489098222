/*
id = "P11b"
kind = "instant"
title_sv = "Äldsta avtalet utan underskrift"
title_en = "Oldest unsigned contract"
definition = "Antal dagar sedan det äldsta av de avtal som saknar underskrift skickades (upprättades, om det inte är skickat). Saknas inga underskrifter finns inget värde. Antalet bakom talet är avtal utan underskrift."
unit = "dagar"
decimals = 0
direction = "down"
measure = "mean"
dimensions = ["provider", "care_form", "target_group", "contract_type"]
periods = ["now", "day", "quarter", "year"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Ta tag i det avtal som väntat längst"
replaces = "Ingen kunde se vilka avtal som saknade underskrift"
law = "Egen definition P11"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
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
SELECT u.at AS at,
       if(has({by:Array(String)}, 'provider'), u.provider, '') AS provider,
       if(has({by:Array(String)}, 'care_form'), u.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'target_group'), u.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'contract_type'), u.contract_type, '') AS contract_type,
       max(u.age) AS value, count() AS n
FROM
(
    SELECT i.at AS at, c.provider AS provider, c.care_form AS care_form, c.target_group AS target_group,
           c.contract_type AS contract_type,
           dateDiff('day', toDate32(toTimeZone(assumeNotNull(if(c.sent_at <= i.at, c.sent_at, c.created_at)),
                                               {zone:String})), toDate32(toTimeZone(subtractMicroseconds(i.at, 1), {zone:String}))) AS age
    FROM placement_contracts AS c CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE c.municipality = {municipality:String} AND c.created_at <= i.at
      AND (c.signed_at IS NULL OR c.signed_at > i.at) AND c.until_on > toDate32(toTimeZone(subtractMicroseconds(i.at, 1), {zone:String}))
) AS u
GROUP BY ALL
