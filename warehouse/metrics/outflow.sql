/*
id = "C3"
kind = "period"
title_sv = "Utflöde"
title_en = "Outflow"
definition = "Antal ärenden som avslutats under perioden: utan insats, efter insats, överlämnade eller av annat skäl. Överföringar mellan enheter räknas inte hit."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "reason", "group", "law", "case_type", "day"]
periods = ["day", "week", "month", "any"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare och enhetschef"
decision = "Se om lika mycket blir klart som kommer in"
replaces = "Handräknad veckolista"
law = "Egen definition C3"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 2
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]

[[publish]]
by = []
period = "day"
days = 70
band = true

[[publish]]
by = ["unit"]
period = "day"
days = 70
band = true
*/
SELECT if(has({by:Array(String)}, 'unit'), c.unit, '') AS unit,
       if(has({by:Array(String)}, 'reason'), c.reason, '') AS reason,
       if(has({by:Array(String)}, 'group'),
          multiIf(c.reason IN ('handed_over', 'moved'), 'handed_over', c.reason = 'service_done', 'service_done',
                  c.reason IN ('no_service', 'no_investigation', 'joined'), 'no_service', 'other'), '') AS group,
       if(has({by:Array(String)}, 'law'), c.law, '') AS law,
       if(has({by:Array(String)}, 'case_type'), c.case_type, '') AS case_type,
       if(has({by:Array(String)}, 'day'), toString(toDate(toTimeZone(c.at, {zone:String}))), '') AS day,
       count() AS value, count() AS n
FROM case_closings AS c
WHERE c.municipality = {municipality:String}
  AND c.at >= {since:DateTime64(6, 'UTC')} AND c.at < {until:DateTime64(6, 'UTC')}
GROUP BY ALL
