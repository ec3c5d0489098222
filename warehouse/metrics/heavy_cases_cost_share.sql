/*
id = "T19"
kind = "span"
title_sv = "De tyngsta assistansärendenas andel av kostnaden"
title_en = "Cost share of the heaviest assistance cases"
definition = "Andel av den bokförda kostnaden för assistansärenden som den dyraste tiondelen av ärendena står för. Kostnaden är den som enhetschefen kan påverka och som är bokförd på ärendet. Täckningen är den del av assistansens kostnad som är bokförd på ärenden; det andra är bokfört på en enhet. Visas bara där minst 50 ärenden har en kostnad."
unit = "andel"
decimals = 3
direction = "none"
measure = "share"
dimensions = ["unit", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef LSS"
decision = "Bedöma hur beroende ekonomin är av några få ärenden"
replaces = "Genomlysning för hand"
law = "Egen definition T19"
manual_input = "none"
needs = ["hours"]
least = 50
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "warn", limit = 1 },
]
publish = [
    { by = [], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
]
*/
SELECT since, unit, regi,
       if(n < 50, NULL, arraySum(arraySlice(arrayReverseSort(groupArrayIf(c.kr, c.assistance != '')), 1, intDiv(n, 10)))
                        / sumIf(c.kr, c.assistance != '')) AS value,
       countIf(c.assistance != '') AS n, if(n < 50, 'suppressed', 'value') AS state,
       least(1, greatest(0, sumIf(c.kr, c.assistance != '') / nullIf(sum(c.kr), 0))) AS coverage
FROM
(
    SELECT x.1 AS since,
           if(has({by:Array(String)}, 'unit'), a.unit, '') AS unit,
           if(has({by:Array(String)}, 'regi'), a.regi, '') AS regi,
           a.assistance AS assistance, sum(a.cost_kr) AS kr
    FROM (SELECT * FROM account_months_now
          WHERE municipality = {municipality:String} AND (assistance != '' OR service = 'personal_assistance')
            AND cost_kr IS NOT NULL) AS a
    ARRAY JOIN arrayFilter(w -> a.month >= w.1 AND a.month < w.2,
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY ALL
) AS c
GROUP BY ALL
HAVING n > 0
