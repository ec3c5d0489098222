/*
id = "T2"
kind = "span"
title_sv = "Utförda besök"
title_en = "Visits performed"
definition = "Antal utförda besök hos brukare, på den dag då besöket började. Besök utan sluttid räknas också; deras timmar räknas inte. Resor och annan kringtid är inte besök. Antalet bakom talet är personer."
unit = "besök"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["service", "unit", "regi", "age_band", "sex", "channel", "purpose"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef hemtjänst"
user = "Nämnd, verksamhetschef, enhetschef"
decision = "Planera bemanningen"
replaces = "Räkning i planeringssystemet"
law = "Egen definition T2 (besök)"
manual_input = "none"
needs = ["hours"]
tells_of = ["visit"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 25 },
    { by = ["unit"], period = "month", count = 13 },
    { by = ["regi"], period = "month", count = 13 },
    { by = [], period = "quarter", count = 9 },
    { by = ["unit"], period = "quarter", count = 9 },
    { by = ["regi"], period = "quarter", count = 9 },
    { by = ["channel"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
    { by = ["regi"], period = "year", count = 4 },
    { by = ["channel"], period = "year", count = 4 },
]
*/
SELECT x.1 AS since, v.service AS service, v.unit AS unit, v.regi AS regi, v.age_band AS age_band, v.sex AS sex,
       v.channel AS channel, v.purpose AS purpose, count() AS value, uniqExact(v.who) AS n
FROM
(
    SELECT s.on_day AS on_day, s.who AS who, if(has({by:Array(String)}, 'service'), toString(s.service), '') AS service,
           if(has({by:Array(String)}, 'unit'), toString(s.unit), '') AS unit,
           if(has({by:Array(String)}, 'regi'), toString(s.regi), '') AS regi,
           if(has({by:Array(String)}, 'age_band'), toString(s.age_band), '') AS age_band,
           if(has({by:Array(String)}, 'sex'), toString(s.sex), '') AS sex,
           if(has({by:Array(String)}, 'channel'), toString(s.channel), '') AS channel,
           if(has({by:Array(String)}, 'purpose'), toString(s.purpose), '') AS purpose
    FROM visits_started(municipality = {municipality:String}, zone = {zone:String}, since = {since:Array(Date32)},
                        until = {until:Array(Date32)}) AS s
    WHERE s.kind = 'direct'
) AS v
ARRAY JOIN arrayFilter(w -> v.on_day >= w.1 AND v.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
