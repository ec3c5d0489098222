/*
id = "T7"
kind = "span"
title_sv = "Timkostnad med gemensamma kostnader"
title_en = "Hourly cost with overhead"
definition = "Kostnader minus intäkter, delat med utförda assistanstimmar, under de tolv månader som slutar med perioden. Gäller ärenden i egen regi som Försäkringskassan betalar (SFB). Här ingår också kommunens gemensamma kostnader (overhead), fördelade efter timmar; siffran ska aldrig jämföras med timkostnaden utan dem. En månad i ett ärende ingår bara när timmar, kostnad, gemensam kostnad och intäkt är kända; täckningen är hur stor del av de tolv månaderna som är det. En timme med två assistenter räknas som två."
unit = "kr/timme"
decimals = 0
direction = "down"
measure = "mean"
dimensions = ["unit"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef LSS, ekonomiavdelning"
decision = "Hålla nere vad en assistanstimme kostar utöver ersättningen"
replaces = "Uträkning i kalkylblad"
law = "Egen definition T7"
manual_input = "none"
needs = ["hours"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
]
publish = [
    { by = [], period = "month", count = 27 },
    { by = ["unit"], period = "month", count = 16 },
]
*/
SELECT since, unit, sumIf(c.kr, c.is_whole) / nullIf(sumIf(c.staff_h, c.is_whole), 0) AS value,
       uniqExactIf(c.who, c.is_whole) AS n, sumIf(c.weight, c.is_whole) / 12 AS coverage,
       arrayMap(x -> abs(x), sumMapIf([c.who], [toFloat64(ifNull(c.kr, 0))], c.is_whole).2) AS parts, arrayMax(parts) / nullIf(arraySum(parts), 0) AS top
FROM
(
    -- a month's cases weigh as much as any other month's, so that a year of which half is told of covers a half
    SELECT x.1 AS since, if(has({by:Array(String)}, 'unit'), m.unit, '') AS unit, m.who AS who, m.staff_h AS staff_h,
           m.cost_kr + m.overhead_kr - m.revenue_kr AS kr, m.staff_h IS NOT NULL AND kr IS NOT NULL AS is_whole,
           1 / count() OVER (PARTITION BY x.1, if(has({by:Array(String)}, 'unit'), m.unit, ''), m.month) AS weight
    FROM
    (
        SELECT * FROM assistance_months(municipality = {municipality:String}, zone = {zone:String}, today = {today:Date32},
                                        since = addMonths(arrayMin({until:Array(Date32)}), -12),
                                        until = arrayMax({until:Array(Date32)}))
        WHERE payer = 'social_insurance' AND regi = 'in_house' AND done_h > 0
    ) AS m
    ARRAY JOIN arrayFilter(w -> m.month >= addMonths(w.2, -12) AND m.month < w.2,
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
) AS c
GROUP BY ALL
