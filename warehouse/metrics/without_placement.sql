/*
id = "P22"
kind = "span"
title_sv = "Utan ny placering efter insats"
title_en = "Without a new placement after a service"
definition = "Av de insatser som avslutats under perioden, för minst 365 dagar sedan: andelen där personen inte fått någon ny placering inom 365 dagar, räknat från avslutsdagen. Den som redan var placerad och bor kvar räknas som utan ny placering. Siffran säger inte vad insatsen åstadkommit, för ingen jämförelsegrupp finns. Intervallet är 95 procent (Wilson). Täckningen säger hur stor del av insatserna som går att följa till en person."
unit = "andel"
decimals = 3
direction = "none"
measure = "share"
dimensions = ["service_type", "reason", "sex", "age_band"]
periods = ["year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, enhetschef"
decision = "Följa hur det gått för dem som fått insatsen"
replaces = "Siffra utan angiven tidsgräns"
law = "Egen definition P22"
manual_input = "none"
needs = ["cases", "placements"]
max_age_s = 90000
min_coverage = 0.99
looks_ahead = true
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "year", count = 10 },
    { by = ["service_type"], period = "year", count = 10 },
]
*/
SELECT g.since AS since,
       if(has({by:Array(String)}, 'service_type'), g.service_type, '') AS service_type,
       if(has({by:Array(String)}, 'reason'), g.reason, '') AS reason,
       if(has({by:Array(String)}, 'sex'), g.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), g.age_band, '') AS age_band,
       if(g.many = 0, NULL, g.free / g.many) AS value, g.persons AS n, g.coverage AS coverage,
       -- Wilson's interval with z = 1.96
       if(g.many = 0, NULL, greatest(0, (g.share + 1.9208 / g.many - g.half) / (1 + 3.8416 / g.many))) AS lower,
       if(g.many = 0, NULL, least(1, (g.share + 1.9208 / g.many + g.half) / (1 + 3.8416 / g.many))) AS upper
FROM
(
    SELECT x.1 AS since,
           if(has({by:Array(String)}, 'service_type'), s.service_type, '') AS service_type,
           if(has({by:Array(String)}, 'reason'), s.reason, '') AS reason,
           if(has({by:Array(String)}, 'sex'), s.sex, '') AS sex,
           if(has({by:Array(String)}, 'age_band'), s.age_band, '') AS age_band,
           uniqExactIf(s.person, s.person != '') AS persons, countIf(s.person != '') AS many,
           countIf(s.person != '' AND s.is_free) AS free, many / count() AS coverage, free / many AS share,
           1.96 * sqrt(share * (1 - share) / many + 0.9604 / (many * many)) AS half
    FROM
    (
        SELECT c.person AS person, c.sex AS sex, c.age_band AS age_band, c.reason AS reason,
               c.service_type AS service_type, c.done_on AS done_on,
               NOT arrayExists(day -> day >= c.done_on AND day < c.done_on + 365, p.starts) AS is_free
        FROM
        (
            SELECT *, toDate32(toTimeZone(`until`, {zone:String})) AS done_on
            FROM case_services
            WHERE municipality = {municipality:String} AND `until` < toDateTime64('2299-12-31 00:00:00', 6, 'UTC')
        ) AS c
        LEFT JOIN
        (
            SELECT person, groupArray(start_on) AS starts FROM placement_stays
            WHERE municipality = {municipality:String} AND person != '' GROUP BY person
        ) AS p ON p.person = c.person
        -- before anything was told of placements nobody can be said to be without one
        WHERE c.done_on + 365 <= {today:Date32}
          AND c.done_on >= (SELECT minOrNull(start_on) FROM placement_stays WHERE municipality = {municipality:String})
    ) AS s
    ARRAY JOIN arrayFilter(w -> s.done_on >= w.1 AND s.done_on < w.2,
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY ALL
) AS g
