/*
id = "P13"
kind = "span"
title_sv = "Avvikelse på fakturor"
title_en = "Invoice deviation"
definition = "Fakturerat minus beräknat, för fakturarader som kom in under perioden; i kronor om inget annat anges. Beräknat är radens dagar efter avtalets dygnsregel gånger det dygnspris som gällde varje dag. Finns inget avtal räknas inskrivningsdagen men inte utskrivningsdagen. Uppdelat: avvikelse i dygn, i kronor, i kronor per dygn (på rader vars pris avviker, vägt efter fakturerade dygn) och antal rader som avviker. Rader om okända placeringar kan inte beräknas och ingår inte. Krediterat belopp är inte avdraget."
unit = "kr"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["deviation", "verdict", "provider"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Ekonomiavdelning, den som attesterar och granskar fakturor"
decision = "Bestrida fakturor med fel dygn eller pris"
replaces = "Stickprov på fakturor för hand"
law = "Egen definition P13"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = []

[[publish]]
by = []
period = "quarter"
count = 41

[[publish]]
by = []
period = "year"
count = 10

[[publish]]
by = ["deviation"]
period = "quarter"
count = 41

[[publish]]
by = ["deviation"]
period = "year"
count = 10

[[publish]]
by = ["verdict"]
period = "quarter"
count = 41

[[publish]]
by = ["verdict"]
period = "year"
count = 10
*/
SELECT l.since AS since,
       if(has({by:Array(String)}, 'deviation'), k.name, '') AS deviation,
       if(has({by:Array(String)}, 'verdict'), l.verdict, '') AS verdict,
       if(has({by:Array(String)}, 'provider'), l.provider, '') AS provider,
       multiIf(k.name = 'days', l.days, k.name = 'daily_kr', l.daily_kr, k.name = 'lines', l.wrong, l.kr) AS value,
       l.n AS n
FROM
(
    SELECT q.p.1 AS since,
           if(has({by:Array(String)}, 'verdict'), c.verdict, '') AS verdict,
           if(has({by:Array(String)}, 'provider'), c.provider, '') AS provider,
           sum(c.days_off) AS days, sum(c.kr_off) AS kr,
           if(countIf(abs(c.daily_kr_off) > 0.005) = 0, 0,
              sumIf(c.daily_kr_off * c.days, abs(c.daily_kr_off) > 0.005)
                  / sumIf(c.days, abs(c.daily_kr_off) > 0.005)) AS daily_kr,
           toFloat64(countIf(c.is_off)) AS wrong, count() AS n
    FROM
    (
        SELECT verdict, provider, days, days_off, daily_kr_off, kr_off, is_off,
               toDate32(toTimeZone(assumeNotNull(received_at), {zone:String})) AS received_on
        FROM invoice_control WHERE municipality = {municipality:String} AND computed_days IS NOT NULL
    ) AS c
    CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
    WHERE c.received_on >= q.p.1 AND c.received_on < q.p.2
    GROUP BY ALL
) AS l
CROSS JOIN (SELECT arrayJoin(if(has({by:Array(String)}, 'deviation'), ['days', 'daily_kr', 'kr', 'lines'], ['kr'])) AS name) AS k
