/*
id = "C7"
kind = "period"
title_sv = "Handläggningstid"
title_en = "Handling time"
definition = "Förfluten tid i dagar för det som blev klart under perioden, efter variant: från ansökan till beslut, från inledd till avslutad utredning, från första kontakt till beslut om försörjningsstöd, eller från öppnat till avslutat ärende (gäller när ingen variant anges). Öppna ärenden ingår inte; deras ålder står bredvid."
unit = "dagar"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["unit", "case_type", "variant", "statistic"]
periods = ["week", "month", "any"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare och enhetschef"
decision = "Korta tiden till beslut"
replaces = "Stickprov för hand"
law = "FL 12 §; egen definition C7"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
checks = [
    { rule = "not_negative", grade = "stop" },
]
*/
SELECT if(has({by:Array(String)}, 'unit'), h.unit, '') AS unit,
       if(has({by:Array(String)}, 'case_type'), h.case_type, '') AS case_type,
       if(has({by:Array(String)}, 'variant'), h.variant, '') AS variant,
       if(has({by:Array(String)}, 'statistic'), k.name, '') AS statistic,
       multiIf(k.name = 'mean', h.mean, k.name = 'p90', h.quantiles[2], h.quantiles[1]) AS value, h.n AS n
FROM
(
    SELECT if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
           if(has({by:Array(String)}, 'case_type'), d.case_type, '') AS case_type,
           if(has({by:Array(String)}, 'variant'), d.variant, '') AS variant,
           sum(d.micros) / count() / 86400000000 AS mean,
           arrayMap(q -> q / 86400000000, quantilesExactInclusive(0.5, 0.9)(d.micros)) AS quantiles, count() AS n
    FROM
    (
        SELECT unit, case_type, variant, `until`,
               toUnixTimestamp64Micro(`until`) - toUnixTimestamp64Micro(`from`) AS micros
        FROM case_handlings
        WHERE municipality = {municipality:String}
          AND (variant = 'lead_time' OR has({by:Array(String)}, 'variant'))
    ) AS d
    WHERE d.`until` >= {since:DateTime64(6, 'UTC')} AND d.`until` < {until:DateTime64(6, 'UTC')}
    GROUP BY ALL
) AS h
CROSS JOIN (SELECT arrayJoin(if(has({by:Array(String)}, 'statistic'), ['mean', 'median', 'p90'], ['median'])) AS name) AS k
WHERE h.n > 0
