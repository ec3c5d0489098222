/*
id = "T8"
kind = "span"
title_sv = "Utbetald assistansersättning"
title_en = "Paid assistance allowance"
definition = "Belopp som Försäkringskassan har betalat ut för periodens månader, efter den månad som utbetalningen avser. Gäller ärenden som inte kommunen själv betalar enligt LSS. Täckningen är andelen månader i ärenden med beviljade timmar som något har betalats ut för."
unit = "kr"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["unit", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef LSS, ekonomiavdelning"
decision = "Reda ut det som inte har betalats"
replaces = "Sexmånadersrapport i kalkylblad"
law = "SFB 51 kap.; egen definition T8"
manual_input = "none"
needs = ["hours"]
tells_of = ["account"]
zeros_have_rows = true
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["unit"], period = "month", count = 13 },
    { by = [], period = "quarter", count = 9 },
    { by = ["unit"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
]
*/
SELECT since, unit, regi, sum(p.kr) AS value, countIf(p.kr != 0 AND p.who != '') AS n,
       maxIf(abs(p.kr), p.who != '') / nullIf(sum(abs(p.kr)), 0) AS top, sum(p.known) / nullIf(sum(p.expected), 0) AS coverage
FROM
(
    SELECT x.1 AS since,
           if(has({by:Array(String)}, 'unit'), m.unit, '') AS unit,
           if(has({by:Array(String)}, 'regi'), m.regi, '') AS regi,
           m.assistance AS who, sum(m.paid_kr) AS kr,
           countIf(m.done_h > 0 AND m.paid_kr IS NOT NULL) AS known, countIf(m.done_h > 0) AS expected
    FROM
    (
        SELECT * FROM assistance_months(municipality = {municipality:String}, zone = {zone:String}, today = {today:Date32},
                                since = arrayMin({since:Array(Date32)}), until = arrayMax({until:Array(Date32)}))
        WHERE payer != 'municipality' AND (done_h > 0 OR paid_kr IS NOT NULL)
    ) AS m
    ARRAY JOIN arrayFilter(w -> m.month >= w.1 AND m.month < w.2,
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY ALL
) AS p
GROUP BY ALL
