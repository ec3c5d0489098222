/*
id = "T2"
kind = "instant"
title_sv = "Utförda timmar i dag (brukartimmar)"
title_en = "Hours performed today (client hours)"
definition = "Timmar som brukarna har haft någon hos sig i dag, från midnatt till nu: tid då flera är där samtidigt räknas en gång. Bara direkt tid räknas, och besök vars slut är registrerat. Timmar som rapporteras per månad är aldrig med. Täckningen per regi är andelen av timmarna vars regi är känd; är den känd för inga saknas uppgiften."
unit = "timmar"
decimals = 0
direction = "none"
measure = "amount"
dimensions = ["service", "unit", "regi"]
periods = ["now", "day"]
audience = "staff"
owner = "Verksamhetschef hemtjänst"
user = "Hemtjänstpersonal, enhetschef"
decision = "Se hur långt dagen har kommit"
replaces = "Ingen tidigare uppgift"
law = "Egen definition T2 (i dag)"
manual_input = "none"
needs = ["hours"]
tells_of = ["visit"]
max_age_s = 90000
min_coverage = 0.99
version = 2
beat_s = 10
checks = [
    { rule = "not_negative", grade = "stop" },
]
publish = [
    { by = ["service", "regi"], period = "now" },
    { by = ["service", "regi", "unit"], period = "now" },
    { by = ["service", "regi"], period = "day", days = 70, band = true },
    { by = ["service", "regi", "unit"], period = "day", days = 70, band = true },
]
*/
SELECT at, service, unit, regi, sumIf(us, NOT is_doubt) / 3.6e9 AS own_h, sumIf(us, is_doubt) / 3.6e9 AS doubt_h,
       if(own_h = 0 AND doubt_h > 0, NULL, own_h) AS value, uniqExactIf(who, NOT is_doubt) AS n,
       if(own_h + doubt_h = 0, 1, own_h / (own_h + doubt_h)) AS coverage
FROM
(
    -- hours whose regi nobody tells may be of each regi: they are in doubt there
    SELECT at, service, unit, regi, is_doubt, who, toInt64(intervalLengthSumIf(from_us, until_us, is_whole)) AS whole_us,
           whole_us + (toInt64(intervalLengthSum(from_us, until_us)) - whole_us)
               * if(countIf(NOT is_whole) = 0, 0, sumIf((until_us - from_us) * net_s / gross_s, NOT is_whole)
                                                  / sumIf(until_us - from_us, NOT is_whole)) AS us
    FROM
    (
        SELECT i.at AS at, v.who AS who, if(has({by:Array(String)}, 'service'), toString(v.service), '') AS service,
               if(has({by:Array(String)}, 'unit'), toString(v.unit), '') AS unit,
               if(has({by:Array(String)}, 'regi'), of_regi, '') AS regi, of_regi != v.regi AS is_doubt, v.net_s AS net_s, v.gross_s AS gross_s,
               v.net_s >= v.gross_s AS is_whole, toUnixTimestamp64Micro(greatest(v.start_at, i.midnight)) AS from_us,
               toUnixTimestamp64Micro(least(v.stop_at, i.at)) AS until_us
        FROM
        (
            SELECT *, arrayJoin(if(has({by:Array(String)}, 'regi') AND regi = 'unknown', ['unknown', 'in_house', 'contracted'],
                                   [toString(regi)])) AS of_regi
            FROM visit_times
            WHERE municipality = {municipality:String} AND kind = 'direct'
              AND day IN (SELECT arrayJoin(arrayMap(k -> toDate32(arrayJoin({at:Array(DateTime64(6, 'UTC'))})) + k - 2, range(4))))
        ) AS v
        CROSS JOIN
        (
            SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at,
                   toDateTime64(toDate32(toTimeZone(subtractMicroseconds(at, 1), {zone:String})), 6, {zone:String}) AS midnight
        ) AS i
        WHERE v.start_at < i.at AND v.stop_at > i.midnight
    )
    GROUP BY at, service, unit, regi, is_doubt, who
)
GROUP BY at, service, unit, regi
