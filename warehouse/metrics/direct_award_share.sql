/*
id = "P7"
kind = "span"
title_sv = "Andel direktupphandlade placeringar"
title_en = "Share of direct awards"
definition = "Placeringar som börjat under perioden utanför ramavtal, delat med alla placeringar som börjat under perioden. Uppdelat på skäl: de med det skälet. Räknat på direktupphandlade placeringar visas i stället hur stor del av dem som har varje skäl. Är inget skäl angivet visas det som saknas."
unit = "andel"
decimals = 3
direction = "down"
measure = "share"
dimensions = ["basis", "reason", "tender_area", "care_form", "target_group", "unit"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, upphandling"
decision = "Se hur ofta och varför placeringar görs utanför ramavtal"
replaces = "Skäl som ingen kände till"
law = "LOU 2016:1145, 19 a kap.; egen definition P7"
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
publish = [
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["reason"], period = "quarter", count = 41 },
    { by = ["reason"], period = "year", count = 10 },
    { by = ["tender_area"], period = "quarter", count = 41 },
    { by = ["tender_area"], period = "year", count = 10 },
    { by = ["basis", "reason"], period = "quarter", count = 41 },
    { by = ["basis", "reason"], period = "year", count = 10 },
]
*/
SELECT c.since AS since, b.1 AS basis, arrayJoin(c.reasons) AS r, r.1 AS reason,
       if(has({by:Array(String)}, 'tender_area'), c.tender_area, '') AS tender_area,
       if(has({by:Array(String)}, 'care_form'), c.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'target_group'), c.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'unit'), c.unit, '') AS unit,
       r.2 / b.2 AS value, b.3 AS n
FROM
(
    SELECT x.1 AS since,
           if(has({by:Array(String)}, 'tender_area'), s.tender_area, '') AS tender_area,
           if(has({by:Array(String)}, 'care_form'), s.first_care_form, '') AS care_form,
           if(has({by:Array(String)}, 'target_group'), s.target_group, '') AS target_group,
           if(has({by:Array(String)}, 'unit'), s.unit, '') AS unit,
           if(has({by:Array(String)}, 'reason'),
              [('full', countIf(s.outside AND s.award_reason = 'full')),
               ('care_needs', countIf(s.outside AND s.award_reason = 'care_needs')),
               ('other', countIf(s.outside AND s.award_reason = 'other')),
               ('unknown', countIf(s.outside AND s.award_reason = ''))], [('', countIf(s.outside))]) AS reasons,
           if(has({by:Array(String)}, 'basis'),
              [('new_placements', count(), uniqExact(s.who)),
               ('direct_awards', countIf(s.outside), uniqExactIf(s.who, s.outside))],
              [('', count(), uniqExact(s.who))]) AS bases
    FROM (SELECT *, framework = '' AS outside FROM placement_stays WHERE municipality = {municipality:String}) AS s
    ARRAY JOIN arrayFilter(w -> s.start_on >= w.1 AND s.start_on < w.2,
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY ALL
) AS c
ARRAY JOIN c.bases AS b
WHERE b.2 > 0
