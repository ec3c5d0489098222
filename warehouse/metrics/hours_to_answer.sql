/*
id = "P15b"
kind = "span"
title_sv = "Tid till svar på förfrågan"
title_en = "Hours to answer a request"
definition = "Medianen av antalet timmar från skickad förfrågan till svar, för förfrågningar som besvarades under perioden. Obesvarade förfrågningar ingår inte; de syns i andelen besvarade."
unit = "timmar"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["provider", "care_form", "tender_area"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Fråga dem som svarar"
replaces = "Ingen tidigare uppgift"
law = "Egen definition P15"
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
period = "quarter"
count = 41

[[publish]]
by = []
period = "year"
count = 10

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
period = "year"
count = 10
*/
SELECT q.p.1 AS since,
       if(has({by:Array(String)}, 'provider'), r.provider, '') AS provider,
       if(has({by:Array(String)}, 'care_form'), r.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'tender_area'), r.tender_area, '') AS tender_area,
       quantileExactInclusive(0.5)(r.hours) AS value, count() AS n
FROM
(
    SELECT provider, care_form, tender_area,
           toDate32(toTimeZone(assumeNotNull(answered_at), {zone:String})) AS answered_on,
           (toUnixTimestamp64Micro(assumeNotNull(answered_at)) - toUnixTimestamp64Micro(assumeNotNull(sent_at)))
               / 3600000000 AS hours
    FROM requests_now WHERE municipality = {municipality:String} AND answered_at >= sent_at
) AS r
CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
WHERE r.answered_on >= q.p.1 AND r.answered_on < q.p.2
GROUP BY ALL
