/*
id = "P12"
kind = "instant"
title_sv = "Avtal som snart löper ut"
title_en = "Contracts that run out soon"
definition = "Antal avtal som gäller vid tidpunkten och vars sista dag är inom 90 dagar. Uppdelat på dagar: inom 30, 60 eller 90 dagar; ett avtal räknas då i varje gräns som det ryms inom. Avtal om placeringar som har avslutats räknas inte."
unit = "avtal"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["within_days", "provider", "care_form", "target_group", "contract_type"]
periods = ["now", "day", "quarter", "year"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Förlänga eller avsluta innan avtalet löper ut"
replaces = "Avtal som löpte ut obemärkt"
law = "Egen definition P12"
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
by = ["within_days"]
period = "now"

[[publish]]
by = ["within_days"]
period = "quarter"
count = 41

[[publish]]
by = ["within_days"]
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
       w AS within_days, count() AS value, count() AS n
FROM
(
    SELECT i.at AS at, c.provider AS provider, c.care_form AS care_form, c.target_group AS target_group,
           c.contract_type AS contract_type,
           dateDiff('day', toDate32(toTimeZone(subtractMicroseconds(i.at, 1), {zone:String})), assumeNotNull(c.until_on)) - 1 AS days_left
    FROM placement_contracts AS c CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE c.municipality = {municipality:String} AND c.created_at <= i.at AND (c.placement_ended_at IS NULL OR c.placement_ended_at > i.at)
      AND c.from_on <= toDate32(toTimeZone(subtractMicroseconds(i.at, 1), {zone:String})) AND c.until_on > toDate32(toTimeZone(subtractMicroseconds(i.at, 1), {zone:String}))
) AS u
ARRAY JOIN if(has({by:Array(String)}, 'within_days'), arrayFilter(d -> u.days_left <= toInt32(d), ['30', '60', '90']),
              if(u.days_left <= 90, [''], [])) AS w
GROUP BY ALL
