/*
id = "G2"
kind = "instant"
title_sv = "Mått med mål, ägare och tolkning"
title_en = "Metrics with target, owner and note"
definition = "Andel av de mått som publiceras för nämnden som vid tidpunkten har ett mål med ägare och beslut, och minst en tolkning. Antalet bakom talet är de mått som publiceras nu. Innan nämnden har satt ett mål eller någon har skrivit en tolkning saknas värde."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = []
periods = ["quarter", "year"]
audience = "committee"
owner = "Nämndsekreterare"
user = "Nämnd, socialchef"
decision = "Sätta mål för mått som saknar det, och begära tolkningar"
replaces = "Ingen tidigare uppgift"
law = "SoL 5:2; egen definition G2"
manual_input = "none"
needs = ["reference"]
tells_of = ["target"]
max_age_s = 90000
min_coverage = 0.99
version = 1
persons = false
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
]
*/
SELECT i.at AS at,
       if(any(f.first_on) > any(i.on_day), NULL, countIf(t.target_on <= i.on_day AND o.note_on <= i.on_day) / count()) AS value,
       count() AS n
FROM
(
    SELECT DISTINCT toString(metric) AS metric FROM publications
    WHERE municipality = {municipality:String} AND audience = 'committee' AND state = 'published'
) AS m
LEFT JOIN
(
    SELECT toString(metric) AS metric, toNullable(min(from_on)) AS target_on FROM target_steps
    WHERE municipality = {municipality:String} GROUP BY metric
) AS t ON t.metric = m.metric
LEFT JOIN
(
    SELECT toString(metric) AS metric, toNullable(min(on_day)) AS note_on FROM notes_now
    WHERE municipality = {municipality:String} GROUP BY metric
) AS o ON o.metric = m.metric
CROSS JOIN
(
    -- the first day that anything was told; nothing was told before the end of time where nobody did
    SELECT min(on_day) AS first_on FROM
    (
        SELECT from_on AS on_day FROM target_steps WHERE municipality = {municipality:String}
        UNION ALL
        SELECT on_day FROM notes_now WHERE municipality = {municipality:String}
        UNION ALL
        SELECT toDate32('2299-12-31') AS on_day
    )
) AS f
CROSS JOIN
(
    SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at, toDate32(toTimeZone(at, {zone:String})) AS on_day
) AS i
GROUP BY i.at
