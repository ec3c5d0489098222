/*
id = "H5"
title_sv = "Dagar innan något rättades, median"
title_en = "Days before something was corrected, median"
definition = "Median av dagarna mellan att en uppgift först togs emot och att den rättades eller togs tillbaka, av dygnets rättelser, per kommun och källa. Talar om hur länge siffror bör kallas preliminära."
unit_sv = "dagar"
unit_en = "days"
decimals = 1
rule = "told"
user = "Verksamhetscontroller"
decision = "Sätt gränsen för preliminära siffror (preliminary_days)"
every_s = 3600
*/
WITH (SELECT count() FROM events WHERE received_at > {now:DateTime64(6, 'UTC')} - INTERVAL 1 DAY) AS came
SELECT municipality, part, median(days) AS value, NULL AS most
FROM
(
    SELECT e.municipality AS municipality, e.source AS part,
           dateDiff('second', min(e.recorded_at), max(e.recorded_at)) / 86400 AS days
    FROM events AS e
    WHERE came <= 200000 AND (e.topic, e.entity, e.id) IN
    (
        SELECT d.topic, d.entity, d.id FROM events AS d
        WHERE d.received_at > {now:DateTime64(6, 'UTC')} - INTERVAL 1 DAY AND d.topic != 'reference'
    )
    GROUP BY municipality, part, e.topic, e.entity, e.id HAVING uniqExact(e.recorded_at, e.content_hash) > 1
)
GROUP BY municipality, part
