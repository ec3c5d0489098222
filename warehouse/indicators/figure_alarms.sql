/*
id = "H7"
title_sv = "Siffror som har hoppat eller är noll utan skäl"
title_en = "Figures that jumped, or are zero without a reason"
definition = "Larm som är på om siffror utanför sitt vanliga band, siffror som aldrig brukar vara noll och är det, och siffror som har fallit eller inte går ihop. Totalt och per sort."
unit_sv = "larm"
unit_en = "alarms"
rule = "at_most"
limit = 0
user = "Dataingenjör, verksamhetscontroller"
decision = "Sök orsaken innan siffran används"
to_do_sv = "Se larmen: vart och ett säger vad som ska göras."
to_do_en = "See the alarms: each says what to do."
told_by = "jump"
*/
SELECT '' AS municipality, kind AS part, count() - (kind = '') AS value, NULL AS most
FROM
(
    SELECT arrayJoin([splitByChar('.', name)[1], '']) AS kind
    FROM (SELECT a.name AS name FROM alarms AS a GROUP BY name HAVING argMax(a.state, a.changed_at) != 'cleared')
    WHERE splitByChar('.', name)[1] IN ('jump', 'never_zero', 'is_zero', 'drop', 'not_negative', 'whole', 'at_most', 'at_least')
    UNION ALL
    SELECT ''
)
GROUP BY kind
