/*
id = "T18"
kind = "span"
title_sv = "Vikarier per assistansärende och månad"
title_en = "Temps per assistance case and month"
definition = "Antal olika vikarier som ett assistansärende har haft under en månad, i medeltal över ärenden och månader, till och med i går. Ärenden utan vikarie räknas som noll. Är vikarierna en till fyra visas inte talet. Gäller enheter som redovisar bemanning den månaden. Uppgiften saknas för tid innan någon vikarie alls har redovisats. Täckningen är andelen av vikariernas timmar som ett ärende är angivet för."
unit = "vikarier"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["unit", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef, bemanningsenhet"
decision = "Ge grupperna fastare bemanning"
replaces = "Ingen tidigare uppgift"
law = "Egen definition T18"
manual_input = "none"
needs = ["hours"]
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
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
WITH
(
    -- before the first temp was told of nobody knows that there were none
    SELECT minOrNull(on_day) FROM staff_temps WHERE municipality = {municipality:String}
) AS temped_from
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), m.unit, '') AS unit,
       if(has({by:Array(String)}, 'regi'), m.regi, '') AS regi,
       if(ifNull(any(x.2) <= temped_from, 1), NULL, avg(length(m.temps))) AS value, uniqExactArray(m.temps) AS temps,
       if(temps BETWEEN 1 AND 4, least(temps, uniqExact(m.who)), uniqExact(m.who)) AS n,
       if(sum(m.all_h) > 0, sum(m.named_h) / sum(m.all_h), NULL) AS coverage
FROM
(
    SELECT p.who AS who, p.unit AS unit, p.regi AS regi, p.month AS month, t.temps AS temps, u.named_h AS named_h,
           u.all_h AS all_h
    FROM
    (
        SELECT assistance, any(who) AS who, any(unit) AS unit, any(regi) AS regi, month
        FROM
        (
            SELECT assistance, toString(who) AS who, toString(unit) AS unit, toString(regi) AS regi, from_on,
                   arrayJoin(range(1 + dateDiff('month', from_on, until_on - 1))) AS k,
                   toDate32(addMonths(toStartOfMonth(from_on), k)) AS month
            FROM assistance_periods WHERE municipality = {municipality:String} AND from_on < {today:Date32}
        )
        WHERE month < {today:Date32}
        GROUP BY assistance, month
    ) AS p
    INNER JOIN
    (
        SELECT toString(unit) AS unit, toDate32(toStartOfMonth(on_day)) AS month, sum(arraySum(`temps.hours`)) AS all_h,
               sum(arraySum((h, a) -> if(a = '', 0, h), `temps.hours`, `temps.assistance`)) AS named_h
        FROM staff_days_now WHERE municipality = {municipality:String} AND on_day < {today:Date32}
        GROUP BY unit, month
    ) AS u ON u.unit = p.unit AND u.month = p.month
    LEFT JOIN
    (
        SELECT assistance, toDate32(toStartOfMonth(on_day)) AS month, groupUniqArray(toString(temp)) AS temps
        FROM staff_temps WHERE municipality = {municipality:String} AND assistance != '' AND on_day < {today:Date32}
        GROUP BY assistance, month
    ) AS t ON t.assistance = p.assistance AND t.month = p.month
) AS m
ARRAY JOIN arrayFilter(w -> m.month >= w.1 AND m.month < w.2,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
