/*
id = "C11"
kind = "instant"
title_sv = "Ej verkställda beslut"
title_en = "Favourable decisions not carried out"
definition = "Antal gynnande beslut enligt SoL och LSS som inte har verkställts inom tre månader från beslutet, eller som avbrutits och inte verkställts på nytt inom tre månader från avbrottet. Skälet är det senast uppgivna. Beslut, inte personer."
unit = "beslut"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["service_type", "sex", "law", "unit", "waiting", "reason"]
periods = ["now", "quarter", "year"]
audience = "committee"
owner = "Enhetschef myndighet"
user = "Nämnd, fullmäktige, revisorer, IVO"
decision = "Verkställa det som beviljats"
replaces = "Kvartalsrapporten som sammanställs för hand"
law = "SoL 2025:400 34 kap. 1–3 §§, LSS 28 f–28 h §§; egen definition C11"
manual_input = "none"
needs = ["cases"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 900
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "now" },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["service_type"], period = "now" },
    { by = ["service_type"], period = "quarter", count = 41 },
    { by = ["service_type"], period = "year", count = 10 },
    { by = ["sex"], period = "now" },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
    { by = ["law"], period = "now" },
    { by = ["law"], period = "quarter", count = 41 },
    { by = ["law"], period = "year", count = 10 },
    { by = ["unit"], period = "now" },
    { by = ["unit"], period = "quarter", count = 41 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["waiting"], period = "now" },
    { by = ["waiting"], period = "quarter", count = 41 },
    { by = ["waiting"], period = "year", count = 10 },
    { by = ["reason"], period = "now" },
    { by = ["reason"], period = "quarter", count = 41 },
    { by = ["reason"], period = "year", count = 10 },
    { by = ["service_type", "sex"], period = "now" },
    { by = ["service_type", "sex"], period = "quarter", count = 41 },
    { by = ["service_type", "sex"], period = "year", count = 10 },
    { by = ["law", "waiting"], period = "now" },
    { by = ["law", "waiting"], period = "quarter", count = 41 },
    { by = ["law", "waiting"], period = "year", count = 10 },
]
*/
SELECT u.at AS at,
       if(has({by:Array(String)}, 'service_type'), u.service_type, '') AS service_type,
       if(has({by:Array(String)}, 'sex'), u.sex, '') AS sex,
       if(has({by:Array(String)}, 'law'), u.law, '') AS law,
       if(has({by:Array(String)}, 'unit'), u.unit, '') AS unit,
       if(has({by:Array(String)}, 'waiting'), u.waiting, '') AS waiting,
       if(has({by:Array(String)}, 'reason'), u.reason, '') AS reason,
       count() AS value, count() AS n
FROM unexecuted_at(municipality = {municipality:String}, zone = {zone:String}, at = {at:Array(DateTime64(6, 'UTC'))}) AS u
GROUP BY ALL
