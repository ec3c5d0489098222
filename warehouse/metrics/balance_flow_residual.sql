/*
id = "C1f"
kind = "period"
title_sv = "Avvikelse mellan balans och flöden"
title_en = "Residual of balance and flows"
definition = "Balansen vid periodens slut minus balansen vid dess början, minus inflöde och överförda hit, plus utflöde och överförda härifrån. Ska vara 0."
unit = "ärenden"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["unit"]
periods = ["any"]
audience = "engineer"
owner = "Verksamhetscontroller"
user = "Dataingenjör"
decision = "Lita på flödena, eller stoppa dem"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C1"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 10
checks = [
    { rule = "is_zero", grade = "warn" },
]
*/
SELECT if(has({by:Array(String)}, 'unit'), m.unit, '') AS unit, sum(m.step) AS value, count() AS n
FROM
(
    SELECT unit, 1 AS step FROM case_spells
    WHERE municipality = {municipality:String} AND `from` <= {until:DateTime64(6, 'UTC')} AND {until:DateTime64(6, 'UTC')} < `until`
    UNION ALL
    SELECT unit, -1 AS step FROM case_spells
    WHERE municipality = {municipality:String} AND `from` <= {since:DateTime64(6, 'UTC')} AND {since:DateTime64(6, 'UTC')} < `until`
    UNION ALL
    SELECT unit, -1 AS step FROM case_openings
    WHERE municipality = {municipality:String} AND at > {since:DateTime64(6, 'UTC')} AND at <= {until:DateTime64(6, 'UTC')}
    UNION ALL
    SELECT unit, 1 AS step FROM case_closings
    WHERE municipality = {municipality:String} AND at > {since:DateTime64(6, 'UTC')} AND at <= {until:DateTime64(6, 'UTC')}
    UNION ALL
    SELECT to_unit AS unit, -1 AS step FROM case_transfers
    WHERE municipality = {municipality:String} AND at > {since:DateTime64(6, 'UTC')} AND at <= {until:DateTime64(6, 'UTC')}
    UNION ALL
    SELECT from_unit AS unit, 1 AS step FROM case_transfers
    WHERE municipality = {municipality:String} AND at > {since:DateTime64(6, 'UTC')} AND at <= {until:DateTime64(6, 'UTC')}
) AS m
GROUP BY ALL
