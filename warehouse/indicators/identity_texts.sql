/*
id = "H9"
title_sv = "Texter som liknar personuppgifter"
title_en = "Texts that look like personal data"
definition = "Texter bland lagrade och visade som identitetsgrinden skulle stoppa: namn på enheter och andra koder i det senaste dygnets siffror, tolkningar och beslut, larm, refuserades texter och källrader, sökfilter i läsloggen, skärmars namn. Varje text prövas av samma grind som händelserna."
unit_sv = "texter"
unit_en = "texts"
rule = "at_most"
limit = 0
user = "Dataingenjör, dataskyddsombud"
decision = "Ta bort texten i källan och ta reda på hur den kom in"
to_do_sv = "En lagrad text liknar en personuppgift: se var med ./puls health, rätta i källan och larma dataskyddsombudet."
to_do_en = "A stored text looks like personal data: see where with ./puls health, mend the source, tell the data protection officer."
every_s = 3600
scans = true
*/
SELECT '' AS municipality, place AS part, text FROM
(
    SELECT 'governance' AS place, arrayJoin([g.text, g.decision, g.item, toString(g.unit)]) AS text FROM governance AS g
    UNION ALL
    SELECT 'alarms' AS place, arrayJoin([a.text_sv, a.text_en, a.name]) AS text FROM alarms AS a
    UNION ALL
    SELECT 'refused' AS place, arrayJoin([r.text_sv, r.field, r.source_ref]) AS text FROM refused AS r
    UNION ALL
    SELECT 'refused_acts' AS place, t.ticket AS text FROM refused_acts AS t
    UNION ALL
    SELECT 'screens' AS place, arrayJoin([s.screen, s.page]) AS text FROM screens AS s
    UNION ALL
    SELECT 'audit' AS place, u.filters AS text FROM audit AS u
    WHERE u.at > {now:DateTime64(6, 'UTC')} - INTERVAL 1 DAY
    UNION ALL
    SELECT 'figures' AS place, arrayJoin(mapValues(f.dimensions)) AS text FROM figures AS f
    WHERE f.run > toUInt64(toUnixTimestamp64Micro({now:DateTime64(6, 'UTC')} - INTERVAL 1 DAY))
)
WHERE text != ''
GROUP BY place, text
