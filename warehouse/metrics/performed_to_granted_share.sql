/*
id = "T3"
kind = "span"
title_sv = "Utförda av beviljade timmar"
title_en = "Performed to granted hours"
definition = "Utförda brukartimmar delade med beviljade timmar, för samma personer, insats och period: de som har timmar beviljade enligt SoL eller LSS. Uppdelat på enhet jämförs enhetens egna timmar med dem som är beviljade hos enheten. Pågående period räknas till och med i går. Enheter som bara rapporterar timmar utan person är inte med. Täckningen är andelen planerade besök som har både start och slut, gånger andelen av timmarna hos dem som rapporterar månadsvis som har kommit in. Över 105 % eller under 70 % larmar men visas."
unit = "andel"
decimals = 3
direction = "none"
measure = "share"
dimensions = ["service", "unit", "regi", "age_band", "sex"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Nämnd, biståndschef, verksamhetschef"
decision = "Se om människor får det som är beviljat, och om besluten stämmer med behoven"
replaces = "Jämförelse för hand mellan två system"
law = "SoL 2025:400, LSS; egen definition T3"
manual_input = "none"
needs = ["hours"]
tells_of = ["grant", "performed"]
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "at_most", grade = "warn", limit = 1.05 },
    { rule = "at_least", grade = "warn", limit = 0.7 },
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
SELECT since, service, unit, regi, age_band, sex, nullIf(client_h, 0) / granted_h AS value, persons AS n,
       if(sum(planned) OVER w = 0 AND sum(awaited_h) OVER w = 0, NULL,
          if(sum(planned) OVER w = 0, 1, sum(told) OVER w / sum(planned) OVER w)
              * if(sum(awaited_h) OVER w = 0, 1, sum(client_h) OVER w / sum(client_h + awaited_h) OVER w)) AS coverage
FROM
(
    SELECT since, if(has({by:Array(String)}, 'service'), t.service, '') AS service, unit, regi, age_band, sex,
           sum(t.granted_h) AS granted_h, sumIf(t.client_h, t.granted_h > 0) AS client_h,
           uniqExactIf(t.who, t.granted_h > 0) AS persons,
           sum(t.planned) AS planned, sum(t.told) AS told, sum(t.awaited_h) AS awaited_h
    FROM
    (
        SELECT since, who, service, unit, regi, max(sex) AS sex, max(age_band) AS age_band, sum(granted_h) AS granted_h,
               sum(client_h) AS client_h, sum(planned) AS planned, sum(told) AS told, sum(awaited_h) AS awaited_h
        FROM
        (
            -- of units that tell hours without persons nobody knows whose they are
            SELECT since, who, service, if(has({by:Array(String)}, 'unit'), g.unit, '') AS unit,
                   if(has({by:Array(String)}, 'regi'), g.regi, '') AS regi, sex, age_band, granted_h, 0. AS client_h, 0 AS planned, 0 AS told,
                   0. AS awaited_h
            FROM granted_by_person(municipality = {municipality:String}, since = {since:Array(Date32)},
                                   until = {until:Array(Date32)}, by = arrayConcat({by:Array(String)}, ['service', 'unit', 'regi']),
                                   after = {today:Date32}) AS g
            WHERE g.unit NOT IN (SELECT toString(unit) FROM hours_reports_now
                                 WHERE municipality = {municipality:String} AND person = '' AND assistance = '')
            UNION ALL
            SELECT since, who, service, unit, regi, '' AS sex, '' AS age_band, 0. AS granted_h, client_h, planned, told, 0. AS awaited_h
            FROM performed_by_person(municipality = {municipality:String}, zone = {zone:String},
                                     by = arrayConcat(arrayIntersect({by:Array(String)}, ['unit', 'regi']), ['service']),
                                     since = {since:Array(Date32)}, until = {until:Array(Date32)}, today = {today:Date32},
                                     after = {today:Date32})
            UNION ALL
            SELECT since, '' AS who, service, if(has({by:Array(String)}, 'unit'), w.unit, '') AS unit,
                   if(has({by:Array(String)}, 'regi'), w.regi, '') AS regi, '' AS sex, '' AS age_band, 0. AS granted_h, 0. AS client_h,
                   0 AS planned, 0 AS told, awaited_h
            FROM hours_awaited(municipality = {municipality:String}, since = {since:Array(Date32)}, until = {until:Array(Date32)},
                               by = ['service', 'unit', 'regi'], today = {today:Date32}) AS w
            WHERE w.unit NOT IN (SELECT toString(unit) FROM hours_reports_now
                                 WHERE municipality = {municipality:String} AND person = '' AND assistance = '')
        )
        GROUP BY since, who, service, unit, regi
    ) AS t
    GROUP BY ALL
)
WINDOW w AS (PARTITION BY since, service, unit, regi)
QUALIFY granted_h > 0
