/*
id = "H7"
kind = "instant"
title_sv = "Beviljade timmar om dagen, med dem som avslutats i veckan"
title_en = "Granted hours a day, those ended this week included"
definition = "Timmar som är beviljade för dagen, och de som avslutats med ett beslut under de senaste sju dagarna. Talet faller inte när insatser avslutas som de ska, bara när timmar försvinner: ett beslut på noll timmar, ett borttaget beslut eller en fil som inte är hel."
unit = "timmar"
decimals = 0
direction = "none"
measure = "amount"
dimensions = []
periods = ["now"]
audience = "engineer"
owner = "Verksamhetschef hemtjänst"
user = "Dataingenjör, biståndschef"
decision = "Upptäcka timmar som försvunnit av misstag"
replaces = "Ingen tidigare uppgift"
law = "Egen definition H7"
manual_input = "none"
needs = ["hours"]
tells_of = ["grant"]
max_age_s = 90000
min_coverage = 0.99
version = 1
beat_s = 60
checks = [
    { rule = "not_negative", grade = "stop" },
    { rule = "drop", grade = "warn", limit = 0.5 },
    { rule = "never_zero", grade = "warn" },
]
publish = [
    { by = [], period = "now" },
]
*/
SELECT i.at AS at, sum(g.hours * multiIf(g.per = 'day', 1, g.per = 'week', 1 / 7,
                                         1 / toDayOfMonth(addMonths(i.day - toDayOfMonth(i.day) + 1, 1) - 1))) AS value,
       uniqExact(g.who) AS n
FROM grant_steps AS g
CROSS JOIN
(
    SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at,
           toDate32(toTimeZone(subtractMicroseconds(at, 1), {zone:String})) AS day
) AS i
WHERE g.municipality = {municipality:String} AND g.from_on <= i.day
  AND (i.day < g.until_on OR (g.until_on = g.end_on AND i.day < g.until_on + 7))
GROUP BY ALL
