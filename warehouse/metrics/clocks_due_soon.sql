/*
id = "C8c"
kind = "instant"
title_sv = "Tider som snart går ut"
title_en = "Due soon"
definition = "Antal lagstadgade tider (och kommunens egna mål) i ärenden som löper och vars sista dag är i dag eller någon av de sju närmaste dagarna. Uppdelat på dagar: i dag, eller inom 7 dagar; det som går ut i dag räknas i båda."
unit = "tider"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["clock", "within"]
periods = ["now"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare i lobbyn, enhetschef"
decision = "Hinna med det som snart ska vara gjort"
replaces = "Bevakningslistor för hand"
law = "SoL 2025:400 med flera, se tidernas lagrum; egen definition C8c"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "now" },
    { by = ["clock"], period = "now" },
    { by = ["within"], period = "now" },
]
*/
SELECT s.at AS at, if(has({by:Array(String)}, 'clock'), s.clock, '') AS clock, w.1 AS within,
       countIf(s.days_left >= 0 AND s.days_left <= w.2) AS value, value AS n
FROM
(
    SELECT i.at AS at, c.clock AS clock,
           if(c.due_at < i.at OR c.over_at <= i.at, -1,
              dateDiff('day', toDate32(toTimeZone(i.at, {zone:String})), toDate32(toTimeZone(c.due_at, {zone:String})))) AS days_left
    FROM (SELECT clock, started_at, due_at, over_at FROM judged_clocks WHERE municipality = {municipality:String}) AS c
    CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE c.started_at <= i.at
) AS s
ARRAY JOIN if(has({by:Array(String)}, 'within'), [('today', 0), ('7_days', 7)], [('', 7)]) AS w
GROUP BY ALL
