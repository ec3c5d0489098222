/*
id = "C7d"
kind = "period"
title_sv = "Avslutade ärenden efter varaktighet"
title_en = "Closed cases by duration"
definition = "Antal ärenden avslutade under perioden efter förfluten tid från öppnat till avslutat, och om klockan ställdes om däremellan."
unit = "ärenden"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["duration", "clock_change"]
periods = ["any"]
audience = "engineer"
owner = "Verksamhetscontroller"
user = "Dataingenjör"
decision = "Se hur många ärenden som avslutas genast"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C7"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 10
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
*/
SELECT if(has({by:Array(String)}, 'duration'), d.duration, '') AS duration,
       if(has({by:Array(String)}, 'clock_change'), d.clock_change, '') AS clock_change, count() AS value, count() AS n
FROM
(
    SELECT multiIf(c.at = c.opened_at, 'none', c.at < c.opened_at + INTERVAL 1 DAY, 'under-1-day', c.at < c.opened_at + INTERVAL 7 DAY, '1-6-days',
                   c.at < c.opened_at + INTERVAL 30 DAY, '7-29-days', '30-days-and-more') AS duration,
           if(timeZoneOffset(toTimeZone(c.at, {zone:String})) = timeZoneOffset(toTimeZone(c.opened_at, {zone:String})), 'no', 'yes') AS clock_change
    FROM case_closings AS c
    WHERE c.municipality = {municipality:String}
      AND c.at >= {since:DateTime64(6, 'UTC')} AND c.at < {until:DateTime64(6, 'UTC')}
) AS d
GROUP BY ALL
