/*
id = "C8u"
kind = "period"
title_sv = "Andel inom enhetens måltid"
title_en = "Share within the unit's own target"
definition = "Ärenden vars måltid faller inom perioden och som avslutats senast då, delat med alla vars måltid faller inom perioden. Öppna och sena räknas som inte i tid. Ett återöppnat ärende bedöms efter sitt första avslut."
unit = "%"
decimals = 1
direction = "up"
measure = "share"
dimensions = ["unit"]
periods = ["month", "any"]
audience = "engineer"
owner = "Verksamhetscontroller"
user = "Dataingenjör"
decision = "Jämföra enhetens eget mål med utfallet"
replaces = "Ingen tidigare uppgift"
law = "Egen definition"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 10
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 100 },
]
*/
SELECT if(has({by:Array(String)}, 'unit'), t.unit, '') AS unit, 100 * countIf(t.in_time) / count() AS value, count() AS n
FROM
(
    SELECT if(length(`closings.unit`) > 0, `closings.unit`[1], `openings.unit`[1]) AS unit,
           length(`closings.at`) > 0 AND `closings.at`[1] <= target_at AS in_time
    FROM cases_now
    WHERE municipality = {municipality:String} AND length(`openings.at`) > 0
      AND target_at >= {since:DateTime64(6, 'UTC')} AND target_at < {until:DateTime64(6, 'UTC')}
) AS t
GROUP BY ALL
HAVING n > 0
