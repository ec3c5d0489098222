/*
id = "P8b"
kind = "span"
title_sv = "Vårddygn med påskrivet avtal"
title_en = "Care days covered by a contract"
definition = "Andel av periodens vårddygn som täcks av ett avtal som alla parter hade skrivit under senast det dygnet. Det som pågår räknas till och med i går. Antalet bakom talet är placeringar."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["care_form", "target_group", "provider", "unit"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Se över tid om placeringar har påskrivet avtal"
replaces = "Listan"
law = "Egen definition P8"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]

[[publish]]
by = []
period = "quarter"
count = 41

[[publish]]
by = []
period = "year"
count = 10

[[publish]]
by = ["care_form"]
period = "quarter"
count = 41

[[publish]]
by = ["care_form"]
period = "year"
count = 10

[[publish]]
by = ["target_group"]
period = "quarter"
count = 41

[[publish]]
by = ["target_group"]
period = "year"
count = 10
*/
SELECT d.since AS since,
       if(has({by:Array(String)}, 'care_form'), d.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'target_group'), d.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'provider'), d.provider, '') AS provider,
       if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
       sum(arraySum(c -> greatest(0, dateDiff('day', greatest(c.1, d.lo), least(c.2, d.hi))), k.pieces))
           / sum(dateDiff('day', d.lo, d.hi)) AS value,
       uniqExact(d.entity) AS n
FROM
(
    SELECT q.p.1 AS since, greatest(s.first_day, q.p.1) AS lo,
           least(if(s.is_open, {today:Date32}, s.day_after), q.p.2) AS hi,
           s.entity AS entity, s.placement AS placement, s.care_form AS care_form,
           s.target_group AS target_group, s.provider AS provider, s.unit AS unit
    FROM placement_spans AS s CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
    WHERE s.municipality = {municipality:String} AND lo < hi
) AS d
LEFT JOIN
(
    -- stretches that do not overlap, so that a day under two contracts is covered once
    SELECT placement, groupArray((piece_from, until_on)) AS pieces
    FROM
    (
        SELECT placement, until_on,
               greatest(valid_from, max(until_on) OVER (PARTITION BY placement ORDER BY valid_from, until_on, entity
                                                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS piece_from
        FROM
        (
            SELECT entity, placement, assumeNotNull(until_on) AS until_on,
                   greatest(assumeNotNull(from_on),
                            toDate32(toTimeZone(assumeNotNull(signed_at), {zone:String}))) AS valid_from
            FROM contracts_now WHERE municipality = {municipality:String} AND signed_at IS NOT NULL
        )
        WHERE valid_from < until_on
    )
    WHERE piece_from < until_on
    GROUP BY placement
) AS k ON k.placement = d.placement
GROUP BY ALL
