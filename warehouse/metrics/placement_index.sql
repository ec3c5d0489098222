/*
id = "P17"
kind = "span"
title_sv = "Placeringsindex"
title_en = "Placement index"
definition = "Utförarens kvalitet i förhållande till dess pris, båda jämförda med medianen bland utförare av samma vårdform; 1 är som medianen, högre är mer kvalitet för pengarna. Kvalitet är medelvärdet av periodens omdömen, pris är periodens dygnspris vägt efter vårddygn. Delarna kvalitet och pris redovisas var för sig. Spridningen är den 10:e till 90:e percentilen av uppföljningarnas omdömen (för priset: av dygnspriserna). Utan uppdelning på utförare: medianen och spridningen bland utförarna. Döljs vid färre än fem uppföljningar."
unit = "kvot"
decimals = 2
direction = "up"
measure = "mean"
dimensions = ["provider", "care_form", "part"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef placeringar"
user = "Nämnd, upphandling"
decision = "Väga kvalitet mot pris vid upphandling"
replaces = "Ett index utan formel"
law = "Egen definition P17"
manual_input = "none"
needs = ["placements"]
max_age_s = 90000
min_coverage = 0.99
version = 1
least = 5
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
]

[[publish]]
by = ["care_form"]
period = "quarter"
count = 9

[[publish]]
by = ["care_form"]
period = "year"
count = 10

[[publish]]
by = ["provider"]
period = "quarter"
count = 9

[[publish]]
by = ["provider"]
period = "year"
count = 10

[[publish]]
by = ["provider", "part"]
period = "quarter"
count = 9

[[publish]]
by = ["provider", "part"]
period = "year"
count = 10
*/
SELECT v.since AS since,
       if(has({by:Array(String)}, 'provider'), v.provider, '') AS provider,
       if(has({by:Array(String)}, 'care_form'), v.care_form, '') AS care_form,
       if(has({by:Array(String)}, 'part'), v.part.1, '') AS part,
       countIf(v.n >= 5) > 0 AS is_shown,
       -- one provider: its own spread; several: that between them
       if(is_shown, quantileExactInclusiveIf(0.5)(v.part.2, v.n >= 5), NULL) AS value,
       if(has({by:Array(String)}, 'provider'), sum(v.n), sumIf(v.n, v.n >= 5)) AS n,
       multiIf(NOT is_shown, NULL, has({by:Array(String)}, 'provider'), anyIf(v.part.3, v.n >= 5),
               quantileExactInclusiveIf(0.1)(v.part.2, v.n >= 5)) AS lower,
       multiIf(NOT is_shown, NULL, has({by:Array(String)}, 'provider'), anyIf(v.part.4, v.n >= 5),
               quantileExactInclusiveIf(0.9)(v.part.2, v.n >= 5)) AS upper,
       if(is_shown, 'value', 'suppressed') AS state
FROM
(
    SELECT w.since AS since, w.provider AS provider, w.care_form AS care_form, w.n AS n,
           arrayJoin(arrayFilter(x -> has({by:Array(String)}, 'part') OR x.1 = 'index', [
               ('index', w.quality / w.price, w.low_quality / w.price, w.high_quality / w.price),
               ('quality', w.quality, w.low_quality, w.high_quality), ('price', w.price, w.low_price, w.high_price)
           ])) AS part
    FROM
    (
        SELECT r.since AS since, r.provider AS provider, r.care_form AS care_form, r.n AS n,
               quantileExactInclusiveIf(0.5)(r.mean, r.n >= 5) OVER (PARTITION BY r.since, r.care_form) AS usual_quality,
               quantileExactInclusiveIf(0.5)(p.mean, r.n >= 5) OVER (PARTITION BY r.since, r.care_form) AS usual_price,
               r.mean / usual_quality AS quality, p.mean / usual_price AS price,
               r.spread[1] / usual_quality AS low_quality, r.spread[2] / usual_quality AS high_quality,
               p.spread[1] / usual_price AS low_price, p.spread[2] / usual_price AS high_price
        FROM
        (
            SELECT q.p.1 AS since, f.provider AS provider, any(f.care_form) AS care_form, avg(f.score) AS mean,
                   quantilesExactInclusive(0.1, 0.9)(f.score) AS spread, count() AS n
            FROM
            (
                SELECT provider, care_form, on_day, arrayAvg(arrayFilter(x -> x > 0, [plan_followed, difference_made, reporting])) AS score
                FROM provider_follow_ups
                WHERE municipality = {municipality:String} AND arrayExists(x -> x > 0, [plan_followed, difference_made, reporting])
            ) AS f
            CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
            WHERE f.on_day >= q.p.1 AND f.on_day < q.p.2
            GROUP BY since, provider
        ) AS r
        INNER JOIN
        (
            SELECT since, provider, sum(days * kr) / sum(days) AS mean,
                   quantilesExactWeighted(0.1, 0.9)(kr, toUInt64(days)) AS spread
            FROM
            (
                SELECT q.p.1 AS since, s.provider AS provider, assumeNotNull(s.daily_kr) AS kr,
                       dateDiff('day', greatest(s.first_day, q.p.1),
                                least(if(s.is_open, {today:Date32}, s.day_after), q.p.2)) AS days
                FROM placement_spans AS s CROSS JOIN (SELECT arrayJoin(arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS p) AS q
                WHERE s.municipality = {municipality:String} AND s.daily_kr > 0 AND days > 0
            )
            GROUP BY since, provider
        ) AS p ON p.since = r.since AND p.provider = r.provider
    ) AS w
) AS v
GROUP BY ALL
