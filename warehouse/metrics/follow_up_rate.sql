/*
id = "P14"
kind = "span"
title_sv = "Uppföljningar i tid"
title_en = "Follow-ups done on time"
definition = "Andel av de uppföljningar som skulle ha gjorts under perioden som gjordes i tid. En placering ska följas upp var 182:a dag från inskrivningen så länge den pågår; uppföljningen är i tid om den gjordes under de 182 dagarna fram till och med den dagen. En uppföljning som inte är gjord räknas som inte gjord. Antalet bakom talet är uppföljningar som skulle ha gjorts; finns inga sådana saknas värde."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["grown", "target_group", "care_form"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef, placeringssamordnare"
decision = "Se till att placerade följs upp, barn såväl som vuxna"
replaces = "Pappersfrågor sammanställda för hand inför nämnden"
law = "SoL 5:2 och 22:13; egen definition P14"
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
by = ["grown"]
period = "quarter"
count = 41

[[publish]]
by = ["grown"]
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

[[publish]]
by = ["care_form"]
period = "quarter"
count = 41

[[publish]]
by = ["care_form"]
period = "year"
count = 10
*/
SELECT q.p.1 AS since,
       if(has({by:Array(String)}, 'grown'), f.grown, '') AS grown,
       if(has({by:Array(String)}, 'target_group'), f.target_group, '') AS target_group,
       if(has({by:Array(String)}, 'care_form'), f.care_form, '') AS care_form,
       countIf(f.done) / count() AS value, count() AS n
FROM
(
    SELECT s.grown AS grown, s.target_group AS target_group, s.care_form AS care_form, s.due_on AS due_on,
           arrayExists(day -> day > s.due_on - 182 AND day <= s.due_on, d.days) AS done
    FROM
    (
        SELECT placement, care_form, target_group, end_on,
               multiIf(target_group IN ('children', 'youth'), 'children_and_youth', target_group = 'adults', 'adults',
                       age_band IN ('0-6', '7-12', '13-17', '18-20'), 'children_and_youth',
                       age_band = 'unknown', 'unknown', 'adults') AS grown,
               arrayJoin(arrayMap(k -> start_on + 182 * k, range(1, toUInt32(1 + greatest(0, intDiv(
                   dateDiff('day', start_on, least(end_on, {today:Date32})), 182)))))) AS due_on
        FROM placement_stays WHERE municipality = {municipality:String}
    ) AS s
    LEFT JOIN
    (
        SELECT placement, groupArray(on_day) AS days FROM provider_follow_ups
        WHERE municipality = {municipality:String} AND placement != '' GROUP BY placement
    ) AS d ON d.placement = s.placement
    WHERE s.due_on < s.end_on AND s.due_on < {today:Date32}
) AS f
CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
WHERE f.due_on >= q.p.1 AND f.due_on < q.p.2
GROUP BY ALL
