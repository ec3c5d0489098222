/*
id = "T8"
kind = "span"
title_sv = "Prognos i andel av beviljade assistanstimmar"
title_en = "Forecast share of granted assistance hours"
definition = "Prognosen för utförda assistanstimmar delad med de timmar som är beviljade för samma beslutsperioder i sin helhet. Beslutsperioderna är de som pågick månadens sista dag (innevarande månad: i går). Prognosen är det som har utförts, och därefter samma takt per dag till periodens slut. Ärenden utan kända timmar ingår inte. Täckningen är andelen beviljade timmar i ärenden som några utförda timmar är kända för."
unit = "andel"
decimals = 3
direction = "none"
measure = "share"
dimensions = ["unit", "regi", "payer"]
periods = ["month", "quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetschef LSS"
user = "Nämnd, enhetschef LSS"
decision = "Justera bemanningen innan perioden är slut"
replaces = "Sexmånadersrapport i kalkylblad"
law = "SFB 51:9; egen definition T8"
manual_input = "none"
needs = ["hours"]
max_age_s = 90000
min_coverage = 0.99
looks_ahead = true
version = 1
beat_s = 3600
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = [], period = "month", count = 16 },
    { by = ["unit"], period = "month", count = 16 },
]
*/
SELECT x.1 AS since,
       if(has({by:Array(String)}, 'unit'), c.unit, '') AS unit,
       if(has({by:Array(String)}, 'regi'), c.regi, '') AS regi,
       if(has({by:Array(String)}, 'payer'), c.payer, '') AS payer,
       if(sum(c.forecast_h) IS NULL, NULL, sum(c.forecast_h) / sumIf(c.period_h, c.known_days > 0)) AS value,
       uniqExactIf(c.who, c.known_days > 0) AS n, sumIf(c.period_h, c.known_days > 0) / sum(c.period_h) AS coverage
FROM
(
    -- at the pace of the days that hours are told of, until the period's end
    SELECT assistance, any(who) AS who, any(unit) AS unit, any(regi) AS regi, any(payer) AS payer, period_on, period_until_on,
           period_h, sum(told_days) AS known_days,
           sum(staff_h) * dateDiff('day', period_on, period_until_on) / nullIf(known_days, 0) AS forecast_h
    FROM assistance_hours(municipality = {municipality:String}, zone = {zone:String}, today = {today:Date32},
                           since = arrayMin({since:Array(Date32)}), until = arrayMax({until:Array(Date32)}))
    WHERE period_h > 0
    GROUP BY assistance, period_on, period_until_on, period_h
) AS c
ARRAY JOIN arrayFilter(w -> c.period_on < least(w.2, {today:Date32}) AND c.period_until_on >= least(w.2, {today:Date32})
                            AND w.1 < {today:Date32},
                       arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
GROUP BY ALL
