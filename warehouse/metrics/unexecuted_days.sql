/*
id = "C11d"
kind = "instant"
title_sv = "Dagar som ej verkställda beslut har väntat"
title_en = "Days that unexecuted decisions have waited"
definition = "Kalenderdagar från beslutet (eller avbrottet) för de gynnande beslut som inte har verkställts inom tre månader; median om inget annat anges. Verkställda beslut ingår inte."
unit = "dagar"
decimals = 0
direction = "down"
measure = "mean"
dimensions = ["law", "waiting", "service_type", "sex", "statistic"]
periods = ["now", "quarter", "year"]
audience = "committee"
owner = "Enhetschef myndighet"
user = "Nämnd, fullmäktige, revisorer, IVO"
decision = "Verkställa det som väntat längst"
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
]
publish = [
    { by = [], period = "now" },
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["statistic"], period = "now" },
    { by = ["statistic"], period = "quarter", count = 41 },
    { by = ["statistic"], period = "year", count = 10 },
    { by = ["law"], period = "now" },
    { by = ["law"], period = "quarter", count = 41 },
    { by = ["law"], period = "year", count = 10 },
    { by = ["waiting"], period = "now" },
    { by = ["waiting"], period = "quarter", count = 41 },
    { by = ["waiting"], period = "year", count = 10 },
    { by = ["service_type"], period = "now" },
    { by = ["service_type"], period = "quarter", count = 41 },
    { by = ["service_type"], period = "year", count = 10 },
    { by = ["sex"], period = "now" },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
    { by = ["service_type", "sex"], period = "quarter", count = 41 },
]
*/
SELECT h.at AS at, h.law AS law, h.waiting AS waiting, h.service_type AS service_type, h.sex AS sex,
       if(has({by:Array(String)}, 'statistic'), k.name, '') AS statistic,
       if(k.name = 'p90', h.quantiles[2], h.quantiles[1]) AS value, h.n AS n
FROM
(
    SELECT u.at AS at,
           if(has({by:Array(String)}, 'law'), u.law, '') AS law,
           if(has({by:Array(String)}, 'waiting'), u.waiting, '') AS waiting,
           if(has({by:Array(String)}, 'service_type'), u.service_type, '') AS service_type,
           if(has({by:Array(String)}, 'sex'), u.sex, '') AS sex,
           quantilesExactInclusive(0.5, 0.9)(u.days) AS quantiles, count() AS n
    FROM unexecuted_at(municipality = {municipality:String}, zone = {zone:String}, at = {at:Array(DateTime64(6, 'UTC'))}) AS u
    GROUP BY ALL
) AS h
CROSS JOIN (SELECT arrayJoin(if(has({by:Array(String)}, 'statistic'), ['median', 'p90'], ['median'])) AS name) AS k
