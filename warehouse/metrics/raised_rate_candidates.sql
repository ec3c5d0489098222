/*
id = "T9"
kind = "span"
title_sv = "Ärenden som kan få förhöjt timbelopp"
title_en = "Candidates for a raised hourly rate"
definition = "Antal assistansärenden där en utförd timme har kostat mer än årets timbelopp, i de månader av perioden som både timmar och kostnad är kända för. Gäller ärenden som Försäkringskassan betalar. Förhöjt timbelopp kan ges med högst 12 procent över årets (SFB 51:11); uppdelat visas om kostnaden ryms under det taket. Kostnaden är den som enhetschefen kan påverka. Täckningen är andelen månader i ärenden med beviljade timmar där båda är kända."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = ["unit", "sex", "age_band", "above", "raised"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Enhetschef LSS"
decision = "Ansöka om förhöjt timbelopp"
replaces = "Ingen tidigare uppgift"
law = "SFB 51:11; egen definition T9"
manual_input = "none"
needs = ["hours"]
tells_of = ["account"]
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "quarter", count = 9 },
    { by = ["above"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["above"], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
]
*/
SELECT since, unit, sex, age_band, above, raised, if(sum(known) OVER w = 0, NULL, n) AS value, n,
       sum(known) OVER w / nullIf(sum(expected) OVER w, 0) AS coverage
FROM
(
    SELECT since,
           if(has({by:Array(String)}, 'unit'), c.unit, '') AS unit,
           if(has({by:Array(String)}, 'sex'), c.sex, '') AS sex,
           if(has({by:Array(String)}, 'age_band'), c.age_band, '') AS age_band,
           part.1 AS above,
           if(has({by:Array(String)}, 'raised'), c.raised, '') AS raised, sum(c.known) AS known, sum(c.expected * part.2) AS expected,
           countIf(c.kr > c.at_rate_kr) AS n
    FROM
    (
        SELECT x.1 AS since, any(m.unit) AS unit, any(m.sex) AS sex, any(m.age_band) AS age_band,
               sumIf(m.cost_kr, m.is_known) AS kr, sumIf(m.staff_h * m.rate_kr, m.is_known) AS at_rate_kr,
               if(kr > sumIf(m.staff_h * m.rate_kr * (1 + m.most_raised), m.is_known), 'over_most', 'within_most') AS above,
               if(max(ifNull(m.raised_kr > m.rate_kr, 0)), 'yes', 'no') AS raised, countIf(m.is_known) AS known, count() AS expected
        FROM
        (
            SELECT *, staff_h > 0 AND cost_kr IS NOT NULL AND rate_kr IS NOT NULL AS is_known
            FROM assistance_months(municipality = {municipality:String}, zone = {zone:String}, today = {today:Date32},
                                   since = arrayMin({since:Array(Date32)}), until = arrayMax({until:Array(Date32)}))
            WHERE payer = 'social_insurance' AND done_h > 0
        ) AS m
        ARRAY JOIN arrayFilter(w -> m.month >= w.1 AND m.month < w.2,
                               arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
        GROUP BY x.1, m.assistance
    ) AS c
    -- a case of which nothing is known might be either: it is in both rows, and expected once
    ARRAY JOIN multiIf(NOT has({by:Array(String)}, 'above'), [('', 1)], c.known = 0, [('within_most', 1), ('over_most', 0)],
                       [(c.above, 1)]) AS part
    GROUP BY since, unit, sex, age_band, above, raised
)
WINDOW w AS (PARTITION BY since, unit, sex, age_band, raised)
QUALIFY n > 0 OR empty({by:Array(String)}) OR value IS NULL
