-- What does not add up in hours and around them: flaws of single rows, and those that only several entities tell
-- together. Named, counted, never hidden. Visits are compared with each other and with grants over the 400 days up to a
-- municipality's newest visit, months in UTC: what is older was told of while it was new. Five million visits are looked
-- through in seconds: what is sorted are numbers, never texts.
CREATE OR REPLACE VIEW recent_visits AS
SELECT v.* FROM (SELECT * FROM visits FINAL WHERE void = 0 AND counted = 1) AS v
INNER JOIN (SELECT municipality, max(day) AS newest FROM visits WHERE counted = 1 GROUP BY municipality) AS n
        ON n.municipality = v.municipality
WHERE v.day > n.newest - 400;

-- Brukartimmar of each person (else assistance case), service and month: time with several visits counts once, less breaks.
CREATE OR REPLACE VIEW recent_hours AS
SELECT municipality, who, service, assistance, month, sum(h) AS hours
FROM
(
    SELECT municipality, toString(if(person != '', person, assistance)) AS who, toString(service) AS service,
           toString(assistance) AS assistance, toStartOfMonth(day) AS month,
           intervalLengthSum(toUnixTimestamp64Micro(assumeNotNull(start_at)), toUnixTimestamp64Micro(assumeNotNull(stop_at)))
           / 3.6e9 * sum(net_s) * 1e6 / sum(dateDiff('microsecond', assumeNotNull(start_at), assumeNotNull(stop_at))) AS h
    FROM recent_visits WHERE kind IN ('direct', 'unknown') AND (person != '' OR assistance != '')
    GROUP BY municipality, who, service, assistance, month
    UNION ALL
    SELECT municipality, who, toString(service) AS service, assistance, toStartOfMonth(from_on) AS month, hours AS h
    FROM hours_reports_now WHERE until_on <= addMonths(toStartOfMonth(from_on), 1)
)
GROUP BY municipality, who, service, assistance, month;

CREATE OR REPLACE VIEW deaths AS
SELECT municipality, person, min(end_on) AS died_on
FROM
(
    SELECT municipality, person, assumeNotNull(end_on) AS end_on FROM grants FINAL
    WHERE void = 0 AND end_reason = 'deceased' AND person != '' AND end_on IS NOT NULL
    UNION ALL
    SELECT municipality, person, assumeNotNull(end_on) AS end_on FROM assistances FINAL
    WHERE void = 0 AND end_reason = 'deceased' AND person != '' AND end_on IS NOT NULL
)
GROUP BY municipality, person;

-- zone: somebody died on a local day.
CREATE OR REPLACE VIEW hours_flaws AS
SELECT municipality, entity, 'grant' AS kind, arrayJoin(flaws) AS flaw FROM grants FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'visit' AS kind, arrayJoin(flaws) AS flaw FROM visits FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'hours_report' AS kind, arrayJoin(flaws) AS flaw FROM hours_reports FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'staff_day' AS kind, arrayJoin(flaws) AS flaw FROM staff_days FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'assistance' AS kind, arrayJoin(flaws) AS flaw FROM assistances FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'account_month' AS kind, arrayJoin(flaws) AS flaw FROM account_months FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'hourly_rate' AS kind, arrayJoin(flaws) AS flaw FROM hourly_rates FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'unit_price' AS kind, arrayJoin(flaws) AS flaw FROM unit_prices FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown')
UNION ALL
SELECT municipality, entity, 'hours_report' AS kind, flaw FROM doubled_reports
UNION ALL
-- the same member of staff in two visits at once; two of them with one person is double staffing, which is no flaw
SELECT municipality, entity, 'visit' AS kind, 'overlapping_visits' AS flaw
FROM recent_visits
WHERE notEmpty(staff) AND sipHash64(entity) IN
(
    SELECT visit
    FROM
    (
        SELECT visit, start_us, max(stop_us) OVER (PARTITION BY one ORDER BY start_us, stop_us, visit
                                                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_us
        FROM
        (
            SELECT sipHash64(entity) AS visit, arrayJoin(arrayMap(x -> sipHash64(municipality, x), staff)) AS one,
                   toUnixTimestamp64Micro(assumeNotNull(start_at)) AS start_us,
                   toUnixTimestamp64Micro(assumeNotNull(stop_at)) AS stop_us
            FROM recent_visits WHERE notEmpty(staff)
        )
    )
    WHERE before_us > start_us
)
UNION ALL
SELECT e.municipality AS municipality, e.entity AS entity, e.kind AS kind, 'hours_after_death' AS flaw
FROM
(
    SELECT municipality, entity, toString(person) AS person, toDate32(toTimeZone(start_at, {zone:String})) AS last_on,
           'visit' AS kind
    FROM visit_times
    WHERE (municipality, person) IN (SELECT municipality, person FROM deaths)
    UNION ALL
    SELECT municipality, entity, person, until_on - 1 AS last_on, 'hours_report' AS kind FROM hours_reports_now
    UNION ALL
    SELECT municipality, entity, person, until_on - 1 AS last_on, 'grant' AS kind FROM grant_steps
    UNION ALL
    SELECT municipality, entity, person, until_on - 1 AS last_on, 'assistance' AS kind FROM assistance_periods
) AS e
INNER JOIN deaths AS d ON d.municipality = e.municipality AND d.person = e.person
WHERE e.last_on >= d.died_on
UNION ALL
SELECT DISTINCT municipality, entity, kind, 'unknown_assistance' AS flaw
FROM
(
    SELECT municipality, entity, toString(assistance) AS assistance, 'visit' AS kind FROM visit_times WHERE assistance != ''
    UNION ALL
    SELECT municipality, entity, assistance, 'hours_report' AS kind FROM hours_reports_now WHERE assistance != ''
    UNION ALL
    SELECT municipality, entity, assistance, 'account_month' AS kind FROM account_months_now WHERE assistance != ''
    UNION ALL
    SELECT municipality, entity, arrayJoin(`temps.assistance`) AS assistance, 'staff_day' AS kind FROM staff_days_now
)
WHERE assistance != '' AND (municipality, assistance) NOT IN
(
    SELECT municipality, splitByChar('/', entity)[3] FROM assistances FINAL WHERE void = 0 AND notEmpty(`decisions.on`)
)
UNION ALL
-- performed more than five per cent over what was granted: of a person's grants of one service in a month
SELECT DISTINCT municipality, arrayJoin(entities) AS entity, 'grant' AS kind, 'performed_over_granted' AS flaw
FROM
(
    SELECT p.municipality AS municipality, groupUniqArray(g.entity) AS entities,
           sum(g.hours * dateDiff('day', greatest(g.from_on, p.month), least(g.until_on, addMonths(p.month, 1)))
               / multiIf(g.per = 'day', 1, g.per = 'week', 7, toDayOfMonth(addMonths(p.month, 1) - 1))) AS granted
    FROM (SELECT municipality, who, service, month, sum(hours) AS hours FROM recent_hours GROUP BY ALL) AS p
    INNER JOIN grant_steps AS g ON g.municipality = p.municipality AND g.who = p.who AND g.service = p.service
    WHERE g.from_on < addMonths(p.month, 1) AND g.until_on > p.month
    GROUP BY p.municipality, p.who, p.service, p.month, p.hours
    HAVING p.hours > 1.05 * granted
)
UNION ALL
-- and of an assistance case in the whole months of a decided period
SELECT DISTINCT a.municipality AS municipality, a.entity AS entity, 'assistance' AS kind, 'performed_over_granted' AS flaw
FROM assistance_periods AS a
INNER JOIN (SELECT municipality, assistance, month, sum(hours) AS hours FROM recent_hours GROUP BY ALL) AS p
        ON p.municipality = a.municipality AND p.assistance = a.assistance
WHERE p.month >= a.from_on AND addMonths(p.month, 1) <= a.until_on
GROUP BY a.municipality, a.entity, a.from_on, a.until_on, a.hours
HAVING sum(p.hours) > 1.05 * a.hours;
