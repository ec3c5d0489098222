/*
id = "J4"
kind = "span"
title_sv = "Överlämningar mellan enheter per person"
title_en = "Handovers between units per person"
definition = "Antal överlämningar av ärenden från en enhet till en annan under perioden, delat med antalet personer som hade ett öppet ärende någon gång under den. Ett ärende utan personnyckel räknas som en person. Hushåll har ingen gemensam nyckel i navet; därför per person. Antalet bakom talet är personer."
unit = "överlämningar per person"
decimals = 2
direction = "down"
measure = "mean"
dimensions = ["sex"]
periods = ["quarter", "year", "any"]
audience = "committee"
owner = "Verksamhetscontroller"
user = "Nämnd, enhetschef"
decision = "Minska antalet överlämningar för den enskilde"
replaces = "Ingen tidigare uppgift"
law = "Egen definition J4"
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
    { by = [], period = "quarter", count = 41 },
    { by = [], period = "year", count = 10 },
    { by = ["sex"], period = "quarter", count = 41 },
    { by = ["sex"], period = "year", count = 10 },
]
*/
SELECT since, if(has({by:Array(String)}, 'sex'), sex, '') AS sex, sum(handovers) / count() AS value, count() AS n, countIf(is_named) / count() AS coverage
FROM
(
    SELECT x.1 AS since, c.who AS who, c.is_named AS is_named, coalesce(nullIf(minIf(c.sex, c.sex != 'unknown'), ''), 'unknown') AS sex,
           sum(arrayCount(d -> d >= x.1 AND d < x.2, c.handed_on)) AS handovers
    FROM
    (
        SELECT if(person = '', entity, toString(person)) AS who, person != '' AS is_named, toString(sex) AS sex,
               arrayMap(t -> toDate32(toTimeZone(t, {zone:String})), `transfers.at`) AS handed_on,
               arrayMap((f, u) -> (toDate32(toTimeZone(f, {zone:String})), toDate32(toTimeZone(u - INTERVAL 1 MICROSECOND, {zone:String}))),
                        `spells.from`, `spells.until`) AS spells
        FROM cases FINAL WHERE void = 0 AND municipality = {municipality:String}
    ) AS c
    ARRAY JOIN arrayFilter(w -> w.1 < {today:Date32} AND arrayExists(s -> s.1 < w.2 AND s.2 >= w.1, c.spells), arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    GROUP BY since, who, is_named
)
GROUP BY ALL
