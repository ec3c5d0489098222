/*
id = "P9"
kind = "span"
title_sv = "Påskrivna avtal"
title_en = "Contracts signed"
definition = "Antal avtal som blev helt påskrivna under perioden: den dag då den sista parten som måste skriva under gjorde det."
unit = "avtal"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["contract_type", "target_group", "provider"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Bedöma hur många avtal som ska skrivas"
replaces = "Avtal på papper, räknade för hand"
law = "Egen definition P9"
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
       count() AS value, count() AS n
FROM
(
    SELECT contract_type, target_group, provider,
           toDate32(toTimeZone(assumeNotNull(signed_at), {zone:String})) AS signed_on
    FROM placement_contracts WHERE municipality = {municipality:String} AND signed_at IS NOT NULL
) AS c
CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
WHERE c.signed_on >= q.p.1 AND c.signed_on < q.p.2
GROUP BY ALL
