/*
id = "T14"
kind = "span"
title_sv = "Kostnad per brukare (KPB)"
title_en = "Cost per client"
definition = "Medianen av vad varje brukares insatser kostade under perioden: utförda brukartimmar, besök och månader gånger det pris per enhet som gällde dagen. Som statistiskt mått visas också medel, p10 och p90; de två sista bara när minst 50 personer står bakom. Uppdelat på insats räknas bara kostnaden för insatsen. Täckningen är andelen timmar som har ett pris och en känd person, de medräknade som ännu inte har rapporterats, gånger andelen planerade besök som har både start och slut. Bygger på SKR:s metod för KPB i stora drag. Enskilda personers kostnad visas aldrig."
unit = "kr/person"
decimals = 0
direction = "none"
measure = "mean"
dimensions = ["service", "unit", "regi", "age_band", "sex", "statistic"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Nämnd, ekonomiavdelning, verksamhetschef"
decision = "Se vad stödet kostar per person och vad som förändras"
replaces = "KPB en gång om året"
law = "Egen definition T14, efter SKR:s KPB i stora drag"
manual_input = "none"
needs = ["hours", "reference"]
tells_of = ["performed", "unit_price"]
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "quarter", count = 9 },
    { by = ["statistic"], period = "quarter", count = 9 },
    { by = ["service"], period = "quarter", count = 9 },
    { by = ["regi"], period = "quarter", count = 9 },
    { by = ["age_band"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["statistic"], period = "year", count = 4 },
    { by = ["service"], period = "year", count = 4 },
    { by = ["regi"], period = "year", count = 4 },
    { by = ["age_band"], period = "year", count = 4 },
]
*/
SELECT since, statistic, service, unit, regi, age_band, sex,
       multiIf(is_hidden OR n = 0, NULL, statistic = 'mean', arrayAvg(costs),
               statistic = 'p10', arrayReduce('quantileExactInclusive(0.1)', costs),
               statistic = 'p90', arrayReduce('quantileExactInclusive(0.9)', costs),
               arrayReduce('quantileExactInclusive(0.5)', costs)) AS value, n, if(is_hidden, 'suppressed', 'value') AS state,
       if(sum(hours_h) OVER w = 0, 1, sum(priced_h) OVER w / sum(hours_h) OVER w)
           * if(sum(planned) OVER w = 0, 1, sum(told) OVER w / sum(planned) OVER w) AS coverage
FROM
(
    SELECT since, arrayJoin(if(has({by:Array(String)}, 'statistic'), ['median', 'mean', 'p10', 'p90'], [''])) AS statistic,
           service, unit, regi, age_band, sex, groupArrayIf(c.cost_kr, c.is_named AND c.cost_kr > 0) AS costs, length(costs) AS n,
           statistic IN ('p10', 'p90') AND n < 50 AS is_hidden, sum(c.hours_h) AS hours_h,
           sumIf(c.priced_h, c.is_named) AS priced_h, sum(c.planned) AS planned, sum(c.told) AS told
    FROM
    (
        SELECT since, is_named, service, unit, regi, sex, age_band, cost_kr, hours_h, priced_h, planned, told
        FROM cost_by_person(municipality = {municipality:String}, zone = {zone:String}, by = {by:Array(String)},
                            since = {since:Array(Date32)}, until = {until:Array(Date32)}, today = {today:Date32})
        UNION ALL
        -- what those that report by the month have not reported yet
        SELECT since, 0 AS is_named, service, unit, regi, sex, age_band, 0. AS cost_kr, awaited_h AS hours_h, 0. AS priced_h,
               0 AS planned, 0 AS told
        FROM hours_awaited(municipality = {municipality:String}, by = {by:Array(String)}, since = {since:Array(Date32)},
                           until = {until:Array(Date32)}, today = {today:Date32})
    ) AS c
    GROUP BY ALL
)
WINDOW w AS (PARTITION BY since, statistic, service, unit, regi)
