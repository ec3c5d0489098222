/*
id = "C8k"
kind = "period"
title_sv = "Andel i tid enligt källan själv"
title_en = "Share in time by the source's own verdict"
definition = "Andel av de ärenden som avslutats under perioden och som källsystemet självt säger blev klara i tid, av dem som det säger något om. Källan talar inte om sista dagen, så navet kan inte räkna efter. Ett återöppnat ärende räknas vid varje avslut."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["unit"]
periods = ["month", "any"]
audience = "engineer"
owner = "Verksamhetscontroller"
user = "Dataingenjör"
decision = "Jämföra källans egen dom med navets tider"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C8k"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 10
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
*/
SELECT if(has({by:Array(String)}, 'unit'), c.unit, '') AS unit, countIf(c.verdict = 'in_time') / count() AS value, count() AS n
FROM case_closings AS c
WHERE c.municipality = {municipality:String} AND c.verdict != ''
  AND c.at >= {since:DateTime64(6, 'UTC')} AND c.at < {until:DateTime64(6, 'UTC')}
GROUP BY ALL
HAVING n > 0
