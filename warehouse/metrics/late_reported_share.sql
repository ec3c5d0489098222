/*
id = "B29"
kind = "span"
title_sv = "Sent registrerade besök"
title_en = "Late reported visits"
definition = "Andel av de utförda besöken, på den dag de gäller, som källan registrerade första gången mer än tre dygn efteråt. Återtagna besök räknas inte. En källa som bara skickar en fil då och då registrerar allt sent."
unit = "andel"
decimals = 3
direction = "down"
measure = "share"
dimensions = ["source"]
periods = ["month", "quarter", "year", "any"]
audience = "engineer"
owner = "Verksamhetschef hemtjänst"
user = "Dataingenjör, verksamhetschef"
decision = "Få tider registrerade i tid, så att färska tal går att lita på"
replaces = "Ingen tidigare uppgift"
law = "Egen definition B29"
manual_input = "none"
needs = ["hours"]
tells_of = ["visit"]
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["source"], period = "month", count = 13 },
]
*/
SELECT x.1 AS since, v.source AS source, countIf(v.late) / count() AS value, count() AS n
FROM
(
    -- as its latest version says, also of which day: a month on either side holds the others. told: by time, then the smaller
    -- hash, in one number, which millions of visits need little memory for
    SELECT if(has({by:Array(String)}, 'source'), toString(any(e.source)), '') AS source,
           argMax(e.occurred_at,
                  bitShiftLeft(toInt128(toUnixTimestamp64Micro(e.recorded_at)), 64) - e.content_hash AS told) AS done_at,
           toDate32(toTimeZone(done_at, {zone:String})) AS on_day, min(e.recorded_at) > done_at + INTERVAL 3 DAY AS late
    FROM events AS e
    WHERE e.municipality = {municipality:String} AND e.topic = 'hours' AND e.type = 'se.kommunpuls.hours.visit-performed.v1'
      AND e.occurred_at >= toDateTime64(greatest(arrayMin({since:Array(Date32)}), toDate32('1900-02-01')) - 31, 6, {zone:String})
      AND e.occurred_at < toDateTime64(least(arrayMax({until:Array(Date32)}), toDate32('2299-11-30')) + 31, 6, {zone:String})
    GROUP BY e.id
    HAVING NOT argMax(e.retracted, told)
) AS v
ARRAY JOIN arrayFilter(w -> v.on_day >= w.1 AND v.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
