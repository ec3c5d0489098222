/*
id = "P10"
kind = "span"
title_sv = "Tid till påskrivet avtal"
title_en = "Contract lead time"
definition = "Antal kalenderdagar från det att avtalet skickades till den sista nödvändiga underskriften, för avtal som blev helt påskrivna under perioden; median om inget annat anges. Avtal som ännu inte är påskrivna ingår inte; de står bland de opåskrivna. Avtal utan känt utskick före underskriften kan inte mätas."
unit = "dagar"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["contract_type", "target_group", "provider", "statistic"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Korta tiden till påskrivet avtal"
replaces = "Avtal i post som kom tillbaka efter veckor"
law = "Egen definition P10"
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
by = ["statistic"]
period = "quarter"
count = 41

[[publish]]
by = ["statistic"]
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
SELECT h.since AS since,
       if(has({by:Array(String)}, 'contract_type'), h.contract_type, '') AS contract_type,
       if(has({by:Array(String)}, 'target_group'), h.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'provider'), h.provider, '') AS provider,
       if(has({by:Array(String)}, 'statistic'), k.name, '') AS statistic,
       multiIf(k.name = 'mean', h.mean, k.name = 'p90', h.quantiles[2], h.quantiles[1]) AS value, h.n AS n
FROM
(
    SELECT q.p.1 AS since,
           if(has({by:Array(String)}, 'contract_type'), c.contract_type, '') AS contract_type,
           if(has({by:Array(String)}, 'target_group'), c.target_group, '') AS target_group,
           if(has({by:Array(String)}, 'provider'), c.provider, '') AS provider,
           avg(c.days) AS mean, quantilesExactInclusive(0.5, 0.9)(c.days) AS quantiles, count() AS n
    FROM
    (
        SELECT contract_type, target_group, provider,
               toDate32(toTimeZone(assumeNotNull(signed_at), {zone:String})) AS signed_on,
               dateDiff('day', toDate32(toTimeZone(assumeNotNull(sent_at), {zone:String})), signed_on) AS days
        FROM placement_contracts
        WHERE municipality = {municipality:String} AND sent_at IS NOT NULL AND signed_at >= sent_at
    ) AS c
    CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
    WHERE c.signed_on >= q.p.1 AND c.signed_on < q.p.2
    GROUP BY ALL
) AS h
CROSS JOIN (SELECT arrayJoin(if(has({by:Array(String)}, 'statistic'), ['mean', 'median', 'p90'], ['median'])) AS name) AS k
