/*
id = "T2"
kind = "span"
title_sv = "Utförda timmar efter startdag"
title_en = "Performed hours by date of start"
definition = "Utförda timmar hos brukaren för all personal (persontimmar), där hela besöket räknas på den dag då det började, också om det slutade efter midnatt. Jämför med utförda timmar, som delas vid midnatt. Bara direkt tid räknas. Timmar som bara rapporteras för en period räknas på samma sätt som där."
unit = "timmar"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["service", "unit", "regi", "age_band", "sex"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Verksamhetschef, ekonomiavdelning"
decision = "Jämföra med system som räknar besök efter startdag"
replaces = "Summering i planeringssystemet"
law = "Egen definition T2 (efter startdag)"
manual_input = "none"
needs = ["hours"]
tells_of = ["performed"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = [], period = "quarter", count = 9 },
    { by = ["unit"], period = "quarter", count = 9 },
    { by = ["regi"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
    { by = ["regi"], period = "year", count = 4 },
]
*/
SELECT since, service, unit, regi, age_band, sex, if(hours = 0 AND (planned > 0 OR left_out_h > 0), NULL, hours) AS value, n,
       if(sum(planned) OVER w = 0, 1, sum(told) OVER w / sum(planned) OVER w)
           * if(sum(hours + left_out_h) OVER w = 0, 1, sum(hours) OVER w / sum(hours + left_out_h) OVER w) AS coverage
FROM
(
    SELECT since, service, unit, regi, age_band, sex, sum(p.start_h) AS hours,
           uniqExactIf(p.who, p.start_h > 0 AND p.persons = 1) + maxIf(p.persons, p.start_h > 0 AND p.persons > 1) AS n,
           sum(p.left_out_h) AS left_out_h, sum(p.planned) AS planned, sum(p.told) AS told
    FROM performed_by_person(municipality = {municipality:String}, zone = {zone:String}, by = {by:Array(String)},
                             since = {since:Array(Date32)}, until = {until:Array(Date32)},
                             today = {today:Date32}, after = '2299-12-31') AS p
    GROUP BY ALL
)
WINDOW w AS (PARTITION BY since, service, unit, regi)
