/*
id = "T1"
kind = "instant"
title_sv = "Beviljade timmar i dag"
title_en = "Hours granted today"
definition = "Timmar som är beviljade enligt SoL eller LSS för hela dagen. Timmar per vecka räknas som en sjundedel per dag, timmar per månad fördelas jämnt över månadens dagar. Täckningen är andelen timmar vars lagrum är känt; är det känt för inga timmar saknas uppgiften. Så är det också per regi med timmar vars regi är okänd."
unit = "timmar"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["service", "unit", "regi"]
periods = ["now", "day"]
audience = "staff"
owner = "Verksamhetschef hemtjänst"
user = "Hemtjänstpersonal, enhetschef"
decision = "Se dagens uppdrag"
replaces = "Utskrivna listor"
law = "SoL 2025:400, LSS; egen definition T1 (i dag)"
manual_input = "none"
needs = ["hours"]
tells_of = ["grant"]
max_age_s = 90000
min_coverage = 0.99
version = 3
beat_s = 10
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "never_zero", grade = "warn" },
]
publish = [
    { by = ["service", "regi"], period = "now" },
    { by = ["service", "regi", "unit"], period = "now" },
]
*/
SELECT at, service, unit, regi, sumIf(s.a_day, s.is_known) AS known_h, sumIf(s.a_day, NOT s.is_known) AS other_h,
       if(known_h = 0 AND other_h > 0, NULL, known_h) AS value, uniqExactIf(s.who, s.is_known AND s.a_day > 0) AS n,
       if(known_h + other_h = 0, 1, known_h / (known_h + other_h)) AS coverage
FROM
(
    SELECT i.at AS at, if(has({by:Array(String)}, 'service'), toString(g.service), '') AS service,
           if(has({by:Array(String)}, 'unit'), toString(g.unit), '') AS unit,
           if(has({by:Array(String)}, 'regi'), of_regi, '') AS regi, g.who AS who, g.law != 'other' AND of_regi = g.regi AS is_known,
           g.hours * multiIf(g.per = 'day', 1, g.per = 'week', 1 / 7,
                             1 / toDayOfMonth(addMonths(i.day - toDayOfMonth(i.day) + 1, 1) - 1)) AS a_day
    FROM
    (
        -- hours whose regi nobody tells may be of each regi: they are in doubt there
        SELECT *, arrayJoin(if(has({by:Array(String)}, 'regi') AND regi = 'unknown', ['unknown', 'in_house', 'contracted'],
                               [toString(regi)])) AS of_regi
        FROM grant_steps WHERE municipality = {municipality:String} AND law IN ('SoL', 'LSS', 'other')
    ) AS g
    CROSS JOIN
    (
        -- the day that ends at midnight is the day before it
        SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at,
               toDate32(toTimeZone(subtractMicroseconds(at, 1), {zone:String})) AS day
    ) AS i
    WHERE g.from_on <= i.day AND i.day < g.until_on
) AS s
GROUP BY at, service, unit, regi
