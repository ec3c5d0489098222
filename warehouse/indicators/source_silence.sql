/*
id = "H1"
title_sv = "Tid sedan källan hördes"
title_en = "Time since the source was heard"
definition = "Sekunder sedan källans senaste livstecken. Gränsen är källans egen. Avslutade importer räknas inte, de åldras inte."
unit_sv = "s"
unit_en = "s"
rule = "at_most"
user = "Dataingenjör"
decision = "Ring den som äger källan"
to_do_sv = "Fråga den som ansvarar för källan om den kör, och se att den når Kafka."
to_do_en = "Ask who runs the source whether it runs, and see that it reaches Kafka."
told_by = "silent"
*/
SELECT b.municipality AS municipality, b.source AS part, dateDiff('second', max(b.told_at), now_at) AS value,
       argMax(b.max_age_s, b.told_at) AS most
FROM producer_beats AS b CROSS JOIN (SELECT {now:DateTime64(6, 'UTC')} AS now_at) AS n
WHERE NOT b.historical AND b.told_at <= now_at
GROUP BY municipality, part, now_at
