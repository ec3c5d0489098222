/*
id = "C10"
kind = "instant"
title_sv = "Återkommer inte"
title_en = "Not returned"
definition = "Andel av de ärenden som avslutades för 365–730 dagar sedan där samma person inte har aktualiserats på nytt inom 365 dagar från avslutet, i något ärende. Personer som flyttat eller avlidit ingår inte; de kan visas för sig. Ärenden som lagts ihop med ett annat räknas inte som avslutade. Ärenden utan personnyckel kan inte följas; hur stor del som kan det är täckningen. Antalet bakom talet är personer."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["young", "sex", "ending"]
periods = ["now", "quarter", "year"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Se om stödet har räckt"
replaces = "Uppföljning för hand av ett urval"
law = "Egen definition C10"
manual_input = "none"
needs = ["cases"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
]
publish = [
    { by = [], period = "now" },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["young"], period = "now" },
    { by = ["young"], period = "quarter", count = 41 },
    { by = ["young"], period = "year", count = 10 },
    { by = ["sex"], period = "now" },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
    { by = ["ending"], period = "now" },
    { by = ["ending"], period = "quarter", count = 41 },
    { by = ["ending"], period = "year", count = 10 },
]
*/
SELECT at, young, sex, ending, if(many = 0, NULL, gone / many) AS value, n, many / closed AS coverage
FROM
(
    SELECT t AS at,
           if(has({by:Array(String)}, 'young'), multiIf(c.age_band IN ('13-17', '18-20'), '13_20', c.age_band = 'unknown', 'unknown', 'others'), '') AS young,
           if(has({by:Array(String)}, 'sex'), c.sex, '') AS sex,
           if(has({by:Array(String)}, 'ending'), c.ending, '') AS ending,
           countIf(c.person != '') AS many, uniqExactIf(c.person, c.person != '') AS n, count() AS closed,
           countIf(c.person != '' AND NOT (o.at > c.at AND o.at <= c.at + INTERVAL 365 DAY)) AS gone
    FROM
    (
        SELECT person, age_band, sex, k.1 AS at, if(k.2 IN ('moved', 'deceased'), k.2, 'stayed') AS ending
        FROM (SELECT * FROM cases FINAL WHERE void = 0 AND municipality = {municipality:String})
        ARRAY JOIN arrayZip(`closings.at`, `closings.reason`) AS k
        WHERE k.2 != 'joined' AND k.1 + INTERVAL 365 DAY <= arrayMax({at:Array(DateTime64(6, 'UTC'))})
          AND k.1 + INTERVAL 730 DAY > arrayMin({at:Array(DateTime64(6, 'UTC'))})
    ) AS c
    ASOF LEFT JOIN
    (
        SELECT person, o AS at FROM (SELECT * FROM cases FINAL WHERE void = 0 AND municipality = {municipality:String})
        ARRAY JOIN `openings.at` AS o WHERE person != ''
    ) AS o ON o.person = c.person AND c.at < o.at
    ARRAY JOIN arrayFilter(t -> c.at + INTERVAL 365 DAY <= t AND c.at + INTERVAL 730 DAY > t, {at:Array(DateTime64(6, 'UTC'))}) AS t
    WHERE c.ending = 'stayed' OR has({by:Array(String)}, 'ending')
    GROUP BY ALL
)
