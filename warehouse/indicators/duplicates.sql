/*
id = "H4"
title_sv = "Upprepade händelser"
title_en = "Repeated events"
definition = "Händelser som kom igen utan att säga något nytt, per ämne. De räknas en gång i alla mått."
unit_sv = "händelser"
unit_en = "events"
rule = "told"
user = "Dataingenjör"
decision = "Fråga varför en källa sänder om allt, när talet växer fort"
*/
SELECT '' AS municipality, r.topic AS part, sum(r.duplicates) AS value, NULL AS most
FROM (SELECT * FROM reconciled FINAL) AS r GROUP BY part
