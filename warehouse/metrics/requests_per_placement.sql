/*
id = "P15"
kind = "span"
title_sv = "Förfrågningar per placering"
title_en = "Requests per placement"
definition = "Antal förfrågningar som skickades under perioden delat med antalet placeringar som söktes med dem. Placeringar som aldrig blev av räknas med."
unit = "förfrågningar"
decimals = 2
direction = "down"
measure = "mean"
dimensions = ["care_form", "tender_area"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Sätta en gräns för samtidiga förfrågningar"
replaces = "Ingen kontroll över samtidiga förfrågningar"
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
by = ["tender_area"]
period = "quarter"
count = 41

[[publish]]
by = ["tender_area"]
period = "year"
count = 10
*/
SELECT q.p.1 AS since,
       if(has({by:Array(String)}, 'care_form'), r.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'tender_area'), r.tender_area, '') AS tender_area,
       count() / uniqExact(r.placement) AS value, uniqExact(r.placement) AS n
FROM
(
    SELECT placement, care_form, tender_area, toDate32(toTimeZone(assumeNotNull(sent_at), {zone:String})) AS sent_on
    FROM requests_now WHERE municipality = {municipality:String}
) AS r
CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
WHERE r.sent_on >= q.p.1 AND r.sent_on < q.p.2
GROUP BY ALL
