/*
id = "T16"
kind = "span"
title_sv = "Tid från ändrat beslut till ändrat schema"
title_en = "Time from a changed decision to a changed schedule"
definition = "Antal kalenderdagar från det att ett beslut om timmar ändrades till det att schemat ändrades, för ändringar som beslutades i perioden; median. Assistansbeslut räknas när timmarna per dag ändras med mer än två procent, hemtjänstbeslut när de fattas om. Ändrades schemat efter att de nya timmarna började gälla men före beslutet är det en brist i uppgifterna, och beslutet räknas inte. Täckningen är andelen ändrade beslut som schemat har ändrats efter; de andra väntar eller har den bristen."
unit = "dagar"
decimals = 1
direction = "down"
measure = "mean"
dimensions = ["service", "unit", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef, bemanningsenhet"
decision = "Låta bemanningen följa besluten"
replaces = "Ingen tidigare uppgift"
law = "Egen definition T16"
manual_input = "none"
needs = ["hours"]
max_age_s = 90000
min_coverage = 0.99
looks_ahead = true
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "quarter", count = 9 },
    { by = ["service"], period = "quarter", count = 9 },
    { by = ["unit"], period = "quarter", count = 9 },
    { by = [], period = "year", count = 4 },
    { by = ["service"], period = "year", count = 4 },
    { by = ["unit"], period = "year", count = 4 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'service'), c.service, '') AS service,
       if(has({by:Array(String)}, 'unit'), c.unit, '') AS unit,
       if(has({by:Array(String)}, 'regi'), c.regi, '') AS regi,
       quantileExactInclusiveIf(0.5)(dateDiff('day', c.decided_on, c.schedule_on), c.schedule_on IS NOT NULL) AS median,
       countIf(c.schedule_on IS NOT NULL) AS n, if(n > 0, median, NULL) AS value, n / count() AS coverage
FROM (SELECT * FROM decision_changes WHERE municipality = {municipality:String}) AS c
ARRAY JOIN arrayFilter(w -> c.decided_on >= w.1 AND c.decided_on < least(w.2, {today:Date32}),
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
