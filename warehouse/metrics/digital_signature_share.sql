/*
id = "P9b"
kind = "span"
title_sv = "Digitala underskrifter"
title_en = "Digital signatures"
definition = "Andel av periodens underskrifter på avtal som gjordes digitalt. En underskrift på okänt sätt räknas inte som digital. Antalet bakom talet är underskrifter."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["contract_type", "target_group", "provider"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Få bort pappersavtal"
replaces = "Frankerade kuvert"
law = "Egen definition P9b"
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
period = "quarter"
count = 41

[[publish]]
by = []
period = "year"
count = 10

[[publish]]
by = ["contract_type"]
period = "quarter"
count = 41

[[publish]]
by = ["contract_type"]
period = "year"
count = 10

[[publish]]
by = ["target_group"]
period = "quarter"
count = 41

[[publish]]
by = ["target_group"]
period = "year"
count = 10
*/
SELECT q.p.1 AS since,
       if(has({by:Array(String)}, 'contract_type'), c.contract_type, '') AS contract_type,
       if(has({by:Array(String)}, 'target_group'), c.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'provider'), c.provider, '') AS provider,
       countIf(c.signature.2 = 'digital') / count() AS value, count() AS n
FROM
(
    SELECT contract_type, target_group, provider, signature,
           toDate32(toTimeZone(signature.1, {zone:String})) AS signed_on
    FROM (SELECT * FROM placement_contracts WHERE municipality = {municipality:String})
    ARRAY JOIN arrayZip(`signatures.at`, `signatures.method`) AS signature
) AS c
CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
WHERE c.signed_on >= q.p.1 AND c.signed_on < q.p.2
GROUP BY ALL
