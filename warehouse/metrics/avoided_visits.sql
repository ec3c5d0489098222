/*
id = "D5m"
kind = "span"
title_sv = "Undvikna läkemedelsbesök"
title_en = "Avoided medication visits"
definition = "Planerade besök utan utrustning minus utförda läkemedelsbesök hos dem som har utrustning, under perioden. Måttet jämför med antalet planerade besök per månad utan utrustning, som har lagts fast vid installationen, per dag som utrustningen har varit installerad. Talet kan vara negativt. Utrustning utan fastlagt antal eller utan person lämnas utanför, liksom tid innan besök rapporterades och den regi som inga besök rapporteras för; är det mer än 1 procent av dagarna är talet preliminärt. Kan inga besök knytas till dem som har utrustning saknas uppgiften. Egen eller extern regi är den som gjorde besöken före installationen. Det som pågår räknas till och med i går. Antalet bakom talet är personer."
unit = "besök"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["unit", "device_type", "regi"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Enhetschef hemsjukvård"
user = "Nämnd, enhetschef, verksamhetscontroller"
decision = "Avgöra om utrustningen ersätter besök"
replaces = "Uppskattat antal besök utan angiven jämförelse"
law = "Egen definition D5m"
manual_input = "none"
needs = ["devices", "hours"]
max_age_s = 900
min_coverage = 0.99
version = 2
beat_s = 900
tells_of = ["device", "visit"]
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
       if(sum(a.known_days) = 0, NULL, sum(a.visits)) AS value, uniqExact(a.who) AS n,
       sum(a.known_days) / sum(a.days) AS coverage
FROM avoided_by_device(municipality = {municipality:String}, zone = {zone:String}, today = {today:Date32},
                       since = {since:Array(Date32)}, until = {until:Array(Date32)}) AS a
GROUP BY ALL
HAVING sum(a.days) > 0
