/*
id = "LC18"
kind = "instant"
title_sv = "Assistansperioder som inte slutredovisats i tid"
title_en = "Assistance periods not settled in time"
definition = "Antal beslutsperioder med assistansersättning där två månader har gått sedan periodens sista dag utan att en räkning har lämnats för alla dess månader (SFB 51:14–15). Perioder som började innan räkningar redovisas i navet, och sådana som kommunen själv betalar, ingår inte; har ingen räkning redovisats saknas uppgiften."
unit = "perioder"
decimals = 0
direction = "down"
measure = "count"
dimensions = ["unit", "regi"]
periods = ["now", "month"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef LSS, ekonomiavdelning"
decision = "Lämna de räkningar som saknas"
replaces = "Ingen tidigare uppgift"
law = "SFB 51:14–15; egen definition LC18"
manual_input = "none"
needs = ["hours"]
tells_of = ["account"]
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "whole", grade = "stop" },
]
publish = [
    { by = [], period = "now" },
    { by = ["unit"], period = "now" },
    { by = [], period = "month", count = 25 },
]
*/
SELECT p.at AS at,
       if(has({by:Array(String)}, 'unit'), p.unit, '') AS unit,
       if(has({by:Array(String)}, 'regi'), p.regi, '') AS regi,
       if(max(p.is_untold), NULL, sum(p.overdue)) AS value, sum(p.overdue) AS n
FROM
(
    SELECT at, toString(unit) AS unit, toString(regi) AS regi, 1 AS overdue, 0 AS is_untold
    FROM assistance_unsettled(municipality = {municipality:String}, zone = {zone:String}, at = {at:Array(DateTime64(6, 'UTC'))})
    UNION ALL
    -- where no claim has been told of yet, nobody knows that none is late
    SELECT arrayJoin(arrayFilter(t -> claimed_from IS NULL OR t < claimed_from, {at:Array(DateTime64(6, 'UTC'))})) AS at, unit, regi,
           0 AS overdue, 1 AS is_untold
    FROM (SELECT DISTINCT toString(unit) AS unit, toString(regi) AS regi FROM assistance_periods
          WHERE municipality = {municipality:String}) AS u
    CROSS JOIN (SELECT minOrNull(claimed_at) AS claimed_from FROM account_months_now WHERE municipality = {municipality:String}) AS c
) AS p
GROUP BY ALL
