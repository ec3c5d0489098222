/*
id = "B29"
kind = "span"
title_sv = "Sent lämnade månadsrapporter"
title_en = "Late monthly reports"
definition = "Andel av rapporterna om utförda timmar under en månad eller annan hel period, på periodens sista dag, som källan registrerade första gången mer än tio dygn efter periodens slut. Rapporter som aldrig har kommit räknas inte; de syns i de utförda timmarnas täckning."
unit = "andel"
decimals = 3
direction = "down"
measure = "share"
dimensions = ["source", "service", "unit", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "engineer"
owner = "Verksamhetschef hemtjänst"
user = "Dataingenjör, verksamhetschef"
decision = "Få utförarnas rapporter i tid, så att månadens tal går att lita på"
replaces = "Ingen tidigare uppgift"
law = "Egen definition B29"
manual_input = "none"
needs = ["hours"]
tells_of = ["hours_report"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["source"], period = "month", count = 13 },
    { by = ["unit"], period = "month", count = 13 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'source'), e.source, '') AS source,
       if(has({by:Array(String)}, 'service'), toString(r.service), '') AS service,
       if(has({by:Array(String)}, 'unit'), toString(r.unit), '') AS unit,
       if(has({by:Array(String)}, 'regi'), toString(r.regi), '') AS regi,
       countIf(e.told_at > toDateTime64(toString(r.end_on + 10), 6, {zone:String})) / count() AS value, count() AS n
FROM
(
    SELECT entity, service, unit, regi, assumeNotNull(until_on) AS end_on
    FROM hours_reports FINAL WHERE municipality = {municipality:String} AND void = 0 AND until_on IS NOT NULL
) AS r
INNER JOIN
(
    SELECT entity, toString(any(source)) AS source, min(recorded_at) AS told_at
    FROM events
    WHERE topic = 'hours' AND startsWith(entity, concat({municipality:String}, '/hours_report/'))
      AND type = 'se.kommunpuls.hours.reported.v1'
    GROUP BY entity
) AS e ON e.entity = r.entity
ARRAY JOIN arrayFilter(w -> r.end_on - 1 >= w.1 AND r.end_on - 1 < w.2,
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
