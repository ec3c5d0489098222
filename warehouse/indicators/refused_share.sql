/*
id = "H3"
title_sv = "Refuserad del av det som lästs"
title_en = "Refused share of what was read"
definition = "Refuserade händelser delat med lästa, per ämne, så långt som avstämningen av partitionerna har kommit."
unit_sv = "andel"
unit_en = "share"
decimals = 5
rule = "told"
user = "Dataingenjör"
decision = "Se efter vad en källa gör fel när delen växer"
*/
SELECT '' AS municipality, r.topic AS part, sum(r.refused) / nullIf(sum(r.seen), 0) AS value, NULL AS most
FROM (SELECT * FROM reconciled FINAL) AS r GROUP BY part
