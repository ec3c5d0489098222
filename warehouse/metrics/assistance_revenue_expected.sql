/*
id = "T8"
kind = "span"
title_sv = "Väntad assistansersättning"
title_en = "Expected assistance allowance"
definition = "Ersättning som de utförda assistanstimmarna ger i periodens månader: det lägsta av utförda och beviljade timmar sedan beslutsperiodens början, gånger timbeloppet (ärendets eget förhöjda, annars årets). En timme med två assistenter räknas som två, på samma sätt som i beslutet. Gäller ärenden som inte kommunen själv betalar enligt LSS. Täckningen är andelen beviljade timmar vars utförande och timbelopp är kända."
unit = "kr"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["unit", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef LSS, ekonomiavdelning"
decision = "Se i tid vad assistansen ger i ersättning"
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
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["unit"], period = "month", count = 14 },
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
           m.assistance AS who, sum(m.expected_kr) AS kr,
           sumIf(m.covered_h, m.expected_kr IS NOT NULL) AS known, sum(m.done_h) AS expected
    FROM
    (
        SELECT * FROM assistance_months(municipality = {municipality:String}, zone = {zone:String}, today = {today:Date32},
                                since = arrayMin({since:Array(Date32)}), until = arrayMax({until:Array(Date32)}))
        WHERE payer != 'municipality' AND (done_h > 0 OR expected_kr IS NOT NULL)
    ) AS m
    ARRAY JOIN arrayFilter(w -> m.month >= w.1 AND m.month < w.2,
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY ALL
) AS p
GROUP BY ALL
