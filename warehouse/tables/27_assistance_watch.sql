-- What somebody should look at in cases of personal assistance, at instants (views with parameters). The day that ends at
-- midnight is the day before it.

-- Cases whose decided hours a day are less than half of what they were, without the case being ended (H7, domain B28): by a
-- decision of the last thirty days beside the period before, or by a version of the same decision that was recorded in the last
-- thirty days beside the version before. A day that nothing is decided for says nothing: no hours are told as 0.
CREATE OR REPLACE VIEW assistance_halved AS
SELECT i.at AS at, c.assistance AS assistance, c.unit AS unit, c.regi AS regi
FROM
(
    SELECT entity, splitByChar('/', entity)[3] AS assistance, `periods.unit`[-1] AS unit, `periods.regi`[-1] AS regi,
           ifNull(end_on, toDate32('2299-12-31')) AS last_on, `periods.from_on` AS firsts, `periods.until_on` AS untils,
           `periods.decided_at` AS decided,
           arrayMap((h, f, u) -> h / dateDiff('day', f, u), `periods.hours`, firsts, untils) AS a_day
    FROM assistances FINAL WHERE municipality = {municipality:String} AND void = 0 AND notEmpty(`periods.from_on`)
) AS c
LEFT JOIN
(
    SELECT entity, groupArray((versions[-1].1, versions[-2].3, versions[-2].4)) AS lowered
    FROM
    (
        SELECT entity, id, arraySort(groupUniqArray((recorded_at, a_day, from_on, until_on))) AS versions
        FROM
        (
            SELECT entity, id, recorded_at, toDate32OrZero(JSONExtractString(body, 'data', 'from_on')) AS from_on,
                   toDate32OrZero(JSONExtractString(body, 'data', 'until_on')) AS until_on,
                   if(retracted, 0, JSONExtractFloat(body, 'data', 'hours') / dateDiff('day', from_on, until_on)) AS a_day
            FROM events
            WHERE topic = 'hours' AND startsWith(entity, concat({municipality:String}, '/assistance/'))
              AND type = 'se.kommunpuls.hours.assistance-decided.v1'
        )
        GROUP BY entity, id
    )
    WHERE length(versions) > 1 AND versions[-1].2 < versions[-2].2 / 2
    GROUP BY entity
) AS e ON e.entity = c.entity
CROSS JOIN
(
    SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at, at - INTERVAL 30 DAY AS lately,
           toDate32(toTimeZone(subtractMicroseconds(at, 1), {zone:String})) AS day
) AS i
WHERE c.last_on > i.day AND
(
    arrayExists((f, u, d, h, n) -> f <= i.day AND i.day < u AND n > 1 AND (f > i.day - 30 OR d > i.lately) AND d <= i.at
                                   AND h < c.a_day[n - 1] / 2,
                c.firsts, c.untils, c.decided, c.a_day, arrayEnumerate(c.firsts))
    OR arrayExists(v -> v.2 <= i.day AND i.day < v.3 AND v.1 > i.lately AND v.1 <= i.at + INTERVAL 1 DAY, e.lowered)
);

-- Decided periods whose account should be settled, two months after the last day (SFB 51:14), while nothing is claimed for some
-- of their months (LC18). Periods that began before claims were told of are left out.
CREATE OR REPLACE VIEW assistance_unsettled AS
SELECT i.at AS at, m.assistance AS assistance, m.unit AS unit, m.regi AS regi, m.from_on AS from_on, m.until_on AS until_on,
       m.due_on AS due_on, groupArray(m.month) AS months
FROM
(
    SELECT p.assistance AS assistance, p.unit AS unit, p.regi AS regi, p.from_on AS from_on, p.until_on AS until_on,
           p.due_on AS due_on, p.month AS month, c.claimed_at AS claimed_at
    FROM
    (
        SELECT assistance, unit, regi, from_on, until_on, toDate32(addMonths(until_on - 1, 2)) AS due_on,
               arrayJoin(range(1 + dateDiff('month', from_on, until_on - 1))) AS k,
               toDate32(addMonths(toStartOfMonth(from_on), k)) AS month
        FROM assistance_periods
        WHERE municipality = {municipality:String} AND payer != 'municipality' AND hours > 0 AND from_on >=
        (
            SELECT min(month) FROM account_months_now
            WHERE municipality = {municipality:String} AND claimed_at IS NOT NULL HAVING count() > 0
        )
    ) AS p
    LEFT JOIN
    (
        SELECT assistance, month, min(claimed_at) AS claimed_at FROM account_months_now
        WHERE municipality = {municipality:String} GROUP BY assistance, month
    ) AS c ON c.assistance = p.assistance AND c.month = p.month
) AS m
CROSS JOIN
(
    SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at,
           toDate32(toTimeZone(subtractMicroseconds(at, 1), {zone:String})) AS day
) AS i
WHERE i.day > m.due_on AND (m.claimed_at IS NULL OR m.claimed_at > i.at)
GROUP BY ALL;
