/*
id = "D2m-dygn"
kind = "instant"
title_sv = "Följsamhet senaste dygnet"
title_en = "Adherence in the last 24 hours"
definition = "Andel av doserna med känt utfall som togs inom sitt tidsfönster, för de doser vars fönster stängde under de senaste 24 timmarna. En dos utan känt utfall räknas varken som tagen eller missad utan sänker täckningen. Är utfallet okänt för mer än 1 procent av doserna visas bara gränserna: om alla okända hade missats och om alla hade tagits. Antalet bakom talet är personer."
unit = "andel"
decimals = 3
direction = "up"
measure = "share"
dimensions = ["unit", "device_type", "regi", "sex", "age_band"]
periods = ["now", "day"]
audience = "staff"
owner = "Enhetschef hemsjukvård"
user = "Sjuksköterskor, enhetschef"
decision = "Se under dagen om doser inte tas"
replaces = "Ingen tidigare uppgift"
law = "Egen definition D2m"
manual_input = "none"
needs = ["devices"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 10
bounds_only = true
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "stop", limit = 1 },
    { rule = "never_zero", grade = "warn" },
]
publish = [
    { by = [], period = "now" },
    { by = ["unit"], period = "now" },
    { by = [], period = "day", days = 14 },
]
*/
SELECT d.at AS at,
       if(has({by:Array(String)}, 'unit'), d.unit, '') AS unit,
       if(has({by:Array(String)}, 'device_type'), d.device_type, '') AS device_type,
       if(has({by:Array(String)}, 'regi'), d.regi, '') AS regi,
       if(has({by:Array(String)}, 'sex'), d.sex, '') AS sex,
       if(has({by:Array(String)}, 'age_band'), d.age_band, '') AS age_band,
       if(countIf(d.outcome != 'unknown') = 0, NULL,
          countIf(d.outcome = 'taken') / countIf(d.outcome != 'unknown')) AS value,
       uniqExact(d.who) AS n, countIf(d.outcome != 'unknown') / count() AS coverage,
       countIf(d.outcome = 'taken') / count() AS lower, countIf(d.outcome IN ('taken', 'unknown')) / count() AS upper
FROM
(
    SELECT at, d.unit AS unit, d.device_type AS device_type, d.regi AS regi, d.sex AS sex, d.age_band AS age_band,
           d.who AS who, if(d.outcome = 'late' AND d.taken_at > at, 'unknown', d.outcome) AS outcome
    FROM doses_in_homes AS d ARRAY JOIN arrayFilter(t -> d.window_until <= t AND d.window_until > t - INTERVAL 24 HOUR, {at:Array(DateTime64(6, 'UTC'))}) AS at
    WHERE d.municipality = {municipality:String}
      AND d.day BETWEEN toDate32(arrayMin({at:Array(DateTime64(6, 'UTC'))})) - 9 AND toDate32(arrayMax({at:Array(DateTime64(6, 'UTC'))}))
) AS d
GROUP BY ALL
