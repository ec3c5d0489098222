/*
id = "T2"
kind = "span"
title_sv = "Utförda timmar (persontimmar)"
title_en = "Performed hours (staff hours)"
definition = "Utförda timmar hos brukaren för all personal: två medarbetare på samma besök ger dubbla timmar. Bara direkt tid räknas, inte resor, dokumentation eller annan kringtid. Besök delas vid midnatt, så att varje timme räknas på den dag då den utfördes. Där källan anger nettotid räknas den. Timmar som en utförare bara rapporterar för en hel period räknas i månader och längre perioder där hela rapportperioden ryms, aldrig i dagar. Täckningen är andelen planerade besök som har både start och slut, gånger andelen rapporterade timmar som ryms."
unit = "timmar"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["service", "unit", "regi", "age_band", "sex"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Nämnd, verksamhetschef, ekonomiavdelning"
decision = "Följa hur mycket hemtjänst och annat stöd som utförs"
replaces = "Timmar sammanställda för hand ur planeringssystemet"
law = "SoL 2025:400, LSS; egen definition T2"
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
    { by = [], period = "year", count = 4 },
    { by = ["service"], period = "month", count = 25 },
    { by = ["service"], period = "quarter", count = 9 },
    { by = ["service"], period = "year", count = 4 },
    { by = ["service", "unit"], period = "month", count = 14 },
    { by = ["service", "unit"], period = "quarter", count = 9 },
    { by = ["service", "unit"], period = "year", count = 4 },
    { by = ["service", "regi"], period = "month", count = 14 },
    { by = ["service", "regi"], period = "quarter", count = 9 },
    { by = ["service", "regi"], period = "year", count = 4 },
    { by = ["age_band"], period = "quarter", count = 9 },
    { by = ["sex"], period = "quarter", count = 9 },
    { by = ["age_band"], period = "year", count = 4 },
    { by = ["sex"], period = "year", count = 4 },
]
*/
SELECT since, service, unit, regi, age_band, sex, if(hours = 0 AND (planned > 0 OR left_out_h > 0), NULL, hours) AS value, n,
       if(sum(planned) OVER w = 0, 1, sum(told) OVER w / sum(planned) OVER w)
           * if(sum(hours + left_out_h) OVER w = 0, 1, sum(hours) OVER w / sum(hours + left_out_h) OVER w) AS coverage
FROM
(
    SELECT since, service, unit, regi, age_band, sex, sum(p.staff_h) AS hours,
           uniqExactIf(p.who, p.staff_h > 0 AND p.persons = 1) + maxIf(p.persons, p.staff_h > 0 AND p.persons > 1) AS n,
           sum(p.left_out_h) AS left_out_h, sum(p.planned) AS planned, sum(p.told) AS told
    FROM performed_by_person(municipality = {municipality:String}, zone = {zone:String}, by = {by:Array(String)},
                             since = {since:Array(Date32)}, until = {until:Array(Date32)},
                             today = {today:Date32}, after = '2299-12-31') AS p
    GROUP BY ALL
)
WINDOW w AS (PARTITION BY since, service, unit, regi)
