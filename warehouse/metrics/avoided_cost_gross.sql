/*
id = "D6m-brutto"
kind = "span"
title_sv = "Undviken kostnad, brutto"
title_en = "Avoided cost, gross"
definition = "Undvikna läkemedelsbesök gånger det pris per besök som gällde den dagen, före hyra för utrustningen. Måttet jämför med antalet planerade besök per månad utan utrustning, som har lagts fast vid installationen, per dag som utrustningen har varit installerad. Talet kan vara negativt. Dagar utan fastlagt antal besök, person eller pris lämnas utanför, liksom den regi som inga besök rapporteras för; är de mer än 1 procent är talet preliminärt. Hyran och nettot är andra uppgifter. Det som pågår räknas till och med i går. Antalet bakom talet är personer."
unit = "kr"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["unit", "device_type", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef hemsjukvård"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Avgöra om utrustningen lönar sig"
replaces = "Brutto och netto i samma siffra"
law = "Egen definition D6m"
manual_input = "none"
needs = ["devices", "hours", "reference"]
max_age_s = 900
min_coverage = 0.99
version = 2
beat_s = 900
tells_of = ["device", "visit", "unit_price"]
checks = []
publish = [
    { by = [], period = "month", count = 25 },
    { by = [], period = "quarter", count = 13 },
    { by = [], period = "year", count = 10 },
    { by = ["unit"], period = "month", count = 25 },
    { by = ["unit"], period = "quarter", count = 13 },
    { by = ["unit"], period = "year", count = 10 },
    { by = ["regi"], period = "month", count = 25 },
    { by = ["regi"], period = "quarter", count = 13 },
    { by = ["regi"], period = "year", count = 10 },
]
*/
SELECT a.since AS since,
       if(has({by:Array(String)}, 'unit'), a.unit, '') AS unit,
       if(has({by:Array(String)}, 'device_type'), a.device_type, '') AS device_type,
       if(has({by:Array(String)}, 'regi'), a.regi, '') AS regi,
       if(sum(a.priced_days) = 0, NULL, sum(a.kr)) AS value, uniqExact(a.who) AS n,
       sum(a.priced_days) / sum(a.days) AS coverage,
       arrayMap(x -> abs(x), sumMap([a.who], [toFloat64(a.kr)]).2) AS parts, arrayMax(parts) / nullIf(arraySum(parts), 0) AS top
FROM avoided_by_device(municipality = {municipality:String}, zone = {zone:String}, today = {today:Date32},
                       since = {since:Array(Date32)}, until = {until:Array(Date32)}) AS a
GROUP BY ALL
HAVING sum(a.days) > 0
