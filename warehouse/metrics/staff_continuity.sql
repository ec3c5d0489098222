/*
id = "T15"
kind = "span"
title_sv = "Personalkontinuitet"
title_en = "Staff continuity"
definition = "Antal olika medarbetare som en person i genomsnitt möter under 14 dagar. Personer som är 65 år eller äldre och har minst två besök om dagen i genomsnitt räknas. Besök hemma, eller där sättet är okänt, som börjar mellan 07 och 22 räknas, utom larm och måltider. Perioden delas i hela fjortondagarsperioder från den första dagen. Täckningen är andelen besök där källan har sagt vem som kom."
unit = "medarbetare"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["unit", "regi", "age_band", "sex"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Nämnd, verksamhetschef, enhetschef"
decision = "Minska antalet ansikten som varje person möter"
replaces = "Mätning två veckor om året"
law = "Egen definition T15, som i öppna jämförelser"
manual_input = "none"
needs = ["hours"]
tells_of = ["visit"]
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["unit"], period = "month", count = 14 },
    { by = ["regi"], period = "month", count = 13 },
    { by = [], period = "quarter", count = 9 },
    { by = ["unit"], period = "quarter", count = 9 },
    { by = ["regi"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
    { by = ["regi"], period = "year", count = 4 },
]
*/
SELECT since, unit, regi, age_band, sex, avgIf(different, different > 0) AS value, uniqExactIf(who, different > 0) AS n,
       sum(named) / sum(visits) AS coverage
FROM
(
    -- a person's fortnight; fortnights are counted from the first day of the period
    SELECT x.1 AS since, toInt32(intDiv(dateDiff('day', x.1, v.on_day), 14)) AS fortnight, v.who AS who, v.unit AS unit,
           v.regi AS regi, v.age_band AS age_band, v.sex AS sex, uniqExactArray(v.staff) AS different, count() AS visits,
           countIf(notEmpty(v.staff)) AS named
    FROM
    (
        SELECT toTimeZone(t.start_at, {zone:String}) AS begun_at, toDate32(begun_at) AS on_day, t.who AS who, t.staff AS staff,
               if(has({by:Array(String)}, 'unit'), toString(t.unit), '') AS unit,
               if(has({by:Array(String)}, 'regi'), toString(t.regi), '') AS regi,
               if(has({by:Array(String)}, 'age_band'), toString(t.age_band), '') AS age_band,
               if(has({by:Array(String)}, 'sex'), toString(t.sex), '') AS sex
        FROM visit_times AS t
        WHERE t.municipality = {municipality:String} AND t.kind = 'direct' AND t.service = 'home_care' AND t.person != ''
          AND t.age_band IN ('65-79', '80+') AND t.channel IN ('on_site', 'unknown') AND t.purpose NOT IN ('alarm', 'meal')
          AND t.day BETWEEN arrayMin({since:Array(Date32)}) - 2 AND arrayMax({until:Array(Date32)})
          AND toHour(begun_at) BETWEEN 7 AND 21
    ) AS v
    ARRAY JOIN arrayFilter(w -> v.on_day >= w.1 AND v.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    WHERE x.1 + 14 * (fortnight + 1) <= least(x.2, {today:Date32})
    GROUP BY ALL
    HAVING visits >= 28
)
GROUP BY ALL
HAVING n > 0
