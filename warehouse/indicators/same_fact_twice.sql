/*
id = "H4"
title_sv = "Samma sak under två nummer"
title_en = "The same fact under two ids"
definition = "Saker som kom in under det senaste dygnet med samma källa, ärende, händelsetyp, tidpunkt och innehåll under flera id, per källa. De läggs aldrig ihop av sig själva: någon måste avgöra om de är samma sak. Inget värde när så många händelser kom att frågan vore för dyr."
unit_sv = "saker"
unit_en = "facts"
rule = "told"
user = "Dataingenjör"
decision = "Be källan ge samma sak samma id, eller ta tillbaka den ena"
every_s = 3600
*/
WITH (SELECT count() FROM events WHERE received_at > {now:DateTime64(6, 'UTC')} - INTERVAL 1 DAY) AS came
SELECT municipality, part, if(came > 1000000, NULL, toFloat64(sum(twice))) AS value, NULL AS most
FROM
(
    SELECT e.municipality AS municipality, e.source AS part, min(e.id) != max(e.id) AS twice
    FROM events AS e
    WHERE e.received_at > {now:DateTime64(6, 'UTC')} - INTERVAL 1 DAY AND came <= 1000000
      AND NOT e.retracted AND e.topic != 'reference'
    GROUP BY municipality, part, e.topic, e.entity, e.type, e.occurred_at, e.content_hash
    UNION ALL
    SELECT '' AS municipality, '' AS part, 0 AS twice
)
GROUP BY municipality, part HAVING value != 0 OR part = ''
