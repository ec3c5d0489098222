/*
id = "H3"
title_sv = "Refuserade händelser som väntar på åtgärd sedan mer än en arbetsdag"
title_en = "Refused events left for more than a working day"
definition = "Refuserade händelser som varken har tagits emot efter nytt försök eller skrivits av en arbetsdag (måndag till fredag, helgdagar räknas som sådana) efter att de refuserades. Totalt och per orsak."
unit_sv = "händelser"
unit_en = "events"
rule = "at_most"
limit = 0
user = "Dataingenjör"
decision = "Rätta i källan och försök igen, eller skriv av med skäl"
to_do_sv = "Se vilka med ./puls refused list, rätta i källan och försök igen, eller skriv av dem med skäl."
to_do_en = "See which with ./puls refused list, mend the source and retry, or dismiss them with a reason."
*/
SELECT '' AS municipality, reason AS part, count() - (reason = '') AS value, NULL AS most
FROM
(
    SELECT arrayJoin([toString(r.reason), '']) AS reason FROM
    (
        SELECT o.reason AS reason, toTimeZone(o.refused_at, 'Europe/Stockholm') AS told,
               if(toDayOfWeek(told) >= 6, toDateTime64(toDate(told) + (8 - toDayOfWeek(told)), 6, 'Europe/Stockholm'), told)
                   + INTERVAL 1 DAY AS ends
        FROM refused_now AS o WHERE o.status IN ('open', 'waiting')
    ) AS r
    WHERE r.ends + toIntervalDay(if(toDayOfWeek(r.ends) = 6, 2, 0)) <= {now:DateTime64(6, 'UTC')}
    UNION ALL
    SELECT ''
)
GROUP BY reason
