/*
id = "H5"
title_sv = "Rättelser under dygnet"
title_en = "Corrections of the day"
definition = "Händelser som under det senaste dygnet rättade eller tog tillbaka något som redan var känt, per kommun och källa. Deras verkan på visade siffror står under rättelser vid varje siffra. Inget värde när så många händelser kom att frågan vore för dyr."
unit_sv = "händelser"
unit_en = "events"
rule = "told"
user = "Dataingenjör, verksamhetscontroller"
decision = "Fråga varför en källa rättar mycket i efterhand"
every_s = 3600
*/
WITH (SELECT count() FROM events WHERE received_at > {now:DateTime64(6, 'UTC')} - INTERVAL 1 DAY) AS came
SELECT municipality, part, if(came > 200000, NULL, toFloat64(sum(later))) AS value, NULL AS most
FROM
(
    SELECT e.municipality AS municipality, e.source AS part,
           countIf(e.received_at > {now:DateTime64(6, 'UTC')} - INTERVAL 1 DAY)
               - (min(e.received_at) > {now:DateTime64(6, 'UTC')} - INTERVAL 1 DAY) AS later
    FROM events AS e
    WHERE came <= 200000 AND (e.topic, e.entity, e.id) IN
    (
        SELECT d.topic, d.entity, d.id FROM events AS d
        WHERE d.received_at > {now:DateTime64(6, 'UTC')} - INTERVAL 1 DAY AND d.topic != 'reference'
    )
    GROUP BY municipality, part, e.topic, e.entity, e.id
    UNION ALL
    SELECT '' AS municipality, '' AS part, 0 AS later
)
GROUP BY municipality, part HAVING value != 0 OR part = ''
