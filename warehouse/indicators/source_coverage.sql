/*
id = "H2"
title_sv = "Del av dygnet då källan hördes"
title_en = "Share of the day in which the source was heard"
definition = "Del av det senaste dygnet, räknat från källans första livstecken, då det senaste livstecknet var yngre än källans egen gräns. Överlappande tid räknas en gång. Avslutade importer räknas inte."
unit_sv = "andel"
unit_en = "share"
decimals = 3
rule = "at_least"
limit = 0.99
user = "Dataingenjör"
decision = "Se efter varför källan har luckor, innan någon litar på dygnets siffror"
to_do_sv = "Se när källan tystnade med ./puls health och be den som äger den att sända det som saknas igen."
to_do_en = "See when the source fell silent with ./puls health, and ask who owns it to send again what is missing."
*/
WITH toUnixTimestamp64Micro({now:DateTime64(6, 'UTC')}) / 1e6 AS now_s
SELECT municipality, source AS part,
       -- of each sign the seconds until the next one, at most as long as it holds
       arraySum((at, next) -> greatest(0, least(next, at + holds_s, now_s) - greatest(at, from_s)),
                told, arrayPushBack(arrayPopFront(told), now_s)) / (now_s - from_s) AS value,
       NULL AS most
FROM
(
    SELECT b.municipality AS municipality, b.source AS source, argMax(b.max_age_s, b.told_at) AS holds_s,
           arraySort(groupUniqArray(toUnixTimestamp64Micro(b.told_at) / 1e6)) AS told,
           greatest(told[1], now_s - 86400) AS from_s
    FROM producer_beats AS b
    WHERE NOT b.historical AND b.told_at <= {now:DateTime64(6, 'UTC')}
      AND b.told_at > {now:DateTime64(6, 'UTC')} - INTERVAL 8 DAY
    GROUP BY municipality, source
)
WHERE now_s > from_s
