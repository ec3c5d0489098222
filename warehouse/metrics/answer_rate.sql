/*
id = "P15c"
kind = "span"
title_sv = "Besvarade förfrågningar"
title_en = "Requests answered"
definition = "Andel av de förfrågningar som skickades under perioden som har besvarats, vad svaret än blev."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
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
looks_ahead = true
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
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
       countIf(r.is_answered) / count() AS value, count() AS n
FROM
(
    SELECT provider, care_form, tender_area, answered_at IS NOT NULL AS is_answered,
           toDate32(toTimeZone(assumeNotNull(sent_at), {zone:String})) AS sent_on
    FROM requests_now WHERE municipality = {municipality:String}
) AS r
CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
WHERE r.sent_on >= q.p.1 AND r.sent_on < q.p.2
GROUP BY ALL
