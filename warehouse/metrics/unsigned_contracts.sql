/*
id = "P11"
kind = "instant"
title_sv = "Avtal som saknar underskrift"
title_en = "Unsigned contracts"
definition = "Antal avtal som vid tidpunkten är upprättade och inte har löpt ut, men som någon part ännu inte har skrivit under. Uppdelat på dagar: fler än 7, 14 eller 30 dagar sedan avtalet skickades (upprättades, om det inte är skickat); ett avtal räknas då i varje gräns som det har passerat."
unit = "avtal"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["over_days", "provider", "care_form", "target_group", "contract_type"]
periods = ["now", "day", "quarter", "year"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Påminna om avtal som inte kommer tillbaka"
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
by = ["over_days"]
period = "now"

[[publish]]
by = ["over_days"]
period = "quarter"
count = 41

[[publish]]
by = ["over_days"]
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
       o AS over_days, count() AS value, count() AS n
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
ARRAY JOIN if(has({by:Array(String)}, 'over_days'), arrayFilter(d -> u.age > toInt32(d), ['7', '14', '30']), ['']) AS o
GROUP BY ALL
