-- Personal assistance by day and month, for metrics and the six-month report: views with parameters, in small steps, since the
-- planner writes out a name wherever it is used. `today` is the local day that is not over. Hours are those of assistants
-- (assistanstimmar), as granted ones are: an hour with two counts twice. client_h counts it once (brukartimmar).

-- A case's days before today, from 400 before `since`, which a period under way may have begun with. Shifts are cut at local
-- midnights (new_us: what no earlier shift of the case covers), hours of a report spread over its days. double_h: only the
-- length of what is told of two is kept; it is taken for another time than that of two shifts, as far as the shift is long enough.
CREATE OR REPLACE VIEW assistance_days AS
SELECT assistance, day, any(unit) AS unit, any(regi) AS regi, max(sex) AS sex, max(age_band) AS age_band,
       sum(us * staff_x) AS staff_h, sum(new_us * client_x) AS client_h,
       least(client_h, sum(least(us * client_x, us * double_x + (us - new_us) * client_x))) AS double_h,
       max(is_worked) AS has_shift, max(reported_until_on) AS reported_until_on, sum(is_planned) AS planned,
       sum(is_ended) AS ended, max(is_cancelled) AS has_cancelled
FROM
(
    SELECT assistance, unit, regi, sex, age_band, day,
           is_worked * dateDiff('microsecond', greatest(from_at, dawn), least(until_at, dusk)) AS us,
           greatest(0, is_worked * dateDiff('microsecond', greatest(from_at, covered_until, dawn),
                                            least(until_at, dusk))) AS new_us,
           staff_x, client_x, double_x, is_worked, toDate32('1970-01-01') AS reported_until_on,
           is_planned AND day = first_day AS is_planned, is_ended AND day = first_day AS is_ended, is_cancelled
    FROM
    (
        SELECT *, toDateTime64(toString(day), 6, {zone:String}) AS dawn, toDateTime64(toString(day + 1), 6, {zone:String}) AS dusk
        FROM
        (
            SELECT *, first_day + arrayJoin(range(1 + dateDiff('day', first_day, last_day))) AS day
            FROM
            (
                SELECT *, toDate32(toTimeZone(from_at, {zone:String})) AS first_day,
                       toDate32(toTimeZone(greatest(from_at, subtractMicroseconds(until_at, 1)), {zone:String})) AS last_day,
                       max(if(is_worked, until_at, from_at)) OVER (PARTITION BY assistance ORDER BY from_at, until_at, entity
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered_until
                FROM
                (
                    SELECT entity, toString(assistance) AS assistance, toString(unit) AS unit, toString(regi) AS regi,
                           toString(sex) AS sex, toString(age_band) AS age_band, counted AND kind = 'direct' AS is_worked,
                           assumeNotNull(ifNull(start_at, plan_start_at)) AS from_at,
                           if(counted, assumeNotNull(stop_at), from_at) AS until_at,
                           plan_start_at IS NOT NULL AND NOT cancelled AS is_planned,
                           is_planned AND stop_at IS NOT NULL AS is_ended, cancelled AS is_cancelled,
                           greatest(1, dateDiff('microsecond', from_at, until_at)) * 3600 AS gross,
                           (net_s * staff_count + if(staff_count < 2, double_s, 0)) / gross AS staff_x,
                           net_s / gross AS client_x, double_s / gross AS double_x
                    FROM visits FINAL
                    WHERE municipality = {municipality:String} AND void = 0 AND assistance != ''
                      AND day BETWEEN {since:Date32} - 402 AND {today:Date32}
                      AND (start_at IS NOT NULL OR plan_start_at IS NOT NULL)
                )
            )
        )
    )
    UNION ALL
    SELECT assistance, toString(unit) AS unit, toString(regi) AS regi, toString(sex) AS sex, toString(age_band) AS age_band,
           from_on + arrayJoin(range(days)) AS day, 1 AS us, 1 AS new_us, (hours + double_hours) / days AS staff_x,
           hours / days AS client_x, double_hours / days AS double_x, 0 AS is_worked, until_on AS reported_until_on,
           0 AS is_planned, 0 AS is_ended, 0 AS is_cancelled
    FROM
    (
        SELECT *, dateDiff('day', from_on, until_on) AS days FROM hours_reports_now
        WHERE municipality = {municipality:String} AND assistance != ''
          AND until_on > {since:Date32} - 400 AND from_on < {today:Date32}
    )
)
WHERE day >= {since:Date32} - 400 AND day < {today:Date32}
GROUP BY assistance, day;

-- A case's hours by month, from 400 days before `since`, each month cut to the decided period that it is a part of (period_on
-- 1970-01-01: hours outside every period). Null is what nobody told, never zero.
--
-- granted_h: of the whole part; done_h: of its days before today; told_h: of those of them (told_days) that hours are told of;
-- covered_h: told_h times the share of planned shifts that have an end. A month is told of by a shift, a report or a cancelled
-- shift; after the last report, or after a last shift that was more than seven days ago, nothing is known.
-- sum_h, sum_told_h: performed and granted to date, since period_on. raised_kr: the case's own rate on the part's first day.
CREATE OR REPLACE VIEW assistance_hours AS
SELECT *, sum(ifNull(staff_h, 0)) OVER (PARTITION BY assistance, period_on ORDER BY month) AS sum_h,
       sum(told_h) OVER (PARTITION BY assistance, period_on ORDER BY month) AS sum_told_h
FROM
(
    SELECT assistance, about.1 AS who, about.2 AS unit, about.3 AS regi, about.4 AS payer, about.5 AS sex, about.6 AS age_band,
           period_on, period_until_on, period_h, month, part_on, part_until_on, told_days, raised_kr,
           a_day * dateDiff('day', part_on, part_until_on) AS granted_h, a_day * done_days AS done_h, a_day * told_days AS told_h,
           told_h * if(planned > 0, ended / planned, 1) AS covered_h, if(told_days > 0, performed_h, NULL) AS staff_h,
           if(told_days > 0, with_client_h, NULL) AS client_h, if(told_days > 0, with_two_h, NULL) AS double_h
    FROM
    (
        SELECT *, greatest(0, dateDiff('day', part_on, least(part_until_on, {today:Date32}))) AS done_days,
               if(has_hours, greatest(0, dateDiff('day', part_on, least(part_until_on, known_until_on))), 0) AS told_days
        FROM
        (
            SELECT * EXCEPT (reported_until_on, shift_on), period.1 AS period_until_on, period.2 AS period_h, period.3 AS a_day,
                   period.4 AS part_on, period.5 AS part_until_on, period.6 AS raised_kr,
                   max(reported_until_on) OVER (PARTITION BY assistance) AS last_reported_on,
                   max(shift_on) OVER (PARTITION BY assistance) AS last_shift_on,
                   least({today:Date32}, greatest(last_reported_on, if(last_shift_on >= {today:Date32} - 7, {today:Date32},
                                                                       last_shift_on + 1))) AS known_until_on
            FROM
            (
                SELECT assistance, period_on, month, argMax(r.about, rank) AS about, argMax(r.period, rank) AS period,
                       sum(staff_h) AS performed_h, sum(client_h) AS with_client_h, sum(double_h) AS with_two_h,
                       max(r.has_hours) AS has_hours, max(r.reported_until_on) AS reported_until_on, max(r.shift_on) AS shift_on,
                       sum(r.planned) AS planned, sum(r.ended) AS ended
                FROM
                (
                    SELECT 1 AS rank, assistance, about, period_on, month,
                           (until_on, hours, hours / dateDiff('day', period_on, until_on), part_on, least(until_on, next_month),
                            nullIf(arrayLast((x, y) -> y <= part_on, rates_kr, rates_from_on), 0)) AS period,
                           0. AS staff_h, 0. AS client_h, 0. AS double_h, 0 AS has_hours,
                           toDate32('1970-01-01') AS reported_until_on, toDate32('1970-01-01') AS shift_on, 0 AS planned,
                           0 AS ended
                    FROM
                    (
                        SELECT *, greatest(period_on, month) AS part_on, toDate32(addMonths(month, 1)) AS next_month
                        FROM
                        (
                            SELECT assistance, from_on AS period_on, until_on, hours, rates_kr, rates_from_on,
                                   (toString(who), toString(unit), toString(regi), toString(payer), toString(sex),
                                    toString(age_band)) AS about,
                                   toDate32(addMonths(toStartOfMonth(from_on), k)) AS month,
                                   arrayJoin(range(1 + dateDiff('month', from_on, until_on - 1))) AS k
                            FROM assistance_periods
                            WHERE municipality = {municipality:String}
                              AND until_on > {since:Date32} - 400 AND from_on < {until:Date32}
                        )
                    )
                    UNION ALL
                    SELECT 0 AS rank, d.assistance AS assistance,
                           any((if(c.who = '', d.assistance, c.who), d.unit, d.regi, 'unknown', d.sex, d.age_band)) AS about,
                           arrayFirst(p -> p.1 <= d.day AND d.day < p.2, c.periods).1 AS period_on,
                           toDate32(toStartOfMonth(d.day)) AS month,
                           (month, 0., 0., month, toDate32(addMonths(month, 1)), NULL) AS period, sum(d.staff_h) AS staff_h,
                           sum(d.client_h) AS client_h, sum(d.double_h) AS double_h,
                           max(d.has_shift OR d.has_cancelled OR d.reported_until_on > d.day) AS has_hours,
                           max(d.reported_until_on) AS reported_until_on, maxIf(d.day, d.has_shift OR d.has_cancelled) AS shift_on,
                           sum(d.planned) AS planned, sum(d.ended) AS ended
                    FROM assistance_days(municipality = {municipality:String}, zone = {zone:String}, since = {since:Date32},
                                         today = {today:Date32}) AS d
                    LEFT JOIN
                    (
                        SELECT assistance, toString(any(who)) AS who, groupArray((from_on, until_on)) AS periods
                        FROM assistance_periods WHERE municipality = {municipality:String} GROUP BY assistance
                    ) AS c ON c.assistance = d.assistance
                    GROUP BY ALL
                ) AS r
                GROUP BY ALL
            )
        )
    )
);

-- The same months with their money, those in [since, until). assistance '': money of a unit that had no case that month.
--
-- billable_h: the least of performed and granted to date, less that of the months before, null where the municipality pays;
-- expected_kr: by the case's own rate, else the year's. Money of a month that two periods share is divided by hours, and so is,
-- among its cases, what was booked on a unit as a whole. Overhead is in no cost_kr. own: claimed_h, claimed_kr, paid_kr, cost_kr,
-- revenue_kr and overhead_kr as told.
CREATE OR REPLACE VIEW assistance_months AS
SELECT assistance, who, unit, regi, payer, sex, age_band, period_on, period_until_on, period_h, month, part_on, part_until_on,
       told_days, granted_h, done_h, told_h, covered_h, staff_h, client_h, double_h, sum_h, sum_told_h, raised_kr, rate_kr,
       most_raised, billable_h, billable_h * if(raised_kr > 0, raised_kr, rate_kr) AS expected_kr,
       of_case_claimed_h * weight AS claimed_h, of_case_claimed_kr * weight AS claimed_kr, of_case_paid_kr * weight AS paid_kr,
       if(of_case_cost_kr IS NULL AND (of_unit_cost_kr IS NULL OR has_case_cost), NULL,
          ifNull(of_case_cost_kr * weight, 0) + ifNull(of_unit_cost_kr * unit_weight, 0)) AS cost_kr,
       if(of_case_revenue_kr IS NULL AND (of_unit_revenue_kr IS NULL OR has_case_revenue), NULL,
          ifNull(of_case_revenue_kr * weight, 0) + ifNull(of_unit_revenue_kr * unit_weight, 0)) AS revenue_kr,
       if(of_case_overhead_kr IS NULL AND of_unit_overhead_kr IS NULL, NULL,
          ifNull(of_case_overhead_kr * weight, 0) + ifNull(of_unit_overhead_kr * unit_weight, 0)) AS overhead_kr
FROM
(
    SELECT *, if(is_spare, 1, if(case_h > 0, ifNull(staff_h, 0) / case_h, 1 / case_rows)) AS weight,
           if(is_spare, assistance = '', if(unit_h > 0, ifNull(staff_h, 0) / unit_h, 1 / unit_rows)) AS unit_weight,
           nullIf(arrayLast(x -> x.1 <= part_on, steps).2, 0) AS rate_kr,
           nullIf(arrayLast(x -> x.1 <= part_on, steps).3, 0) AS most_raised,
           if(staff_h IS NULL OR payer = 'municipality' OR period_h = 0, NULL,
              least(sum_h, sum_told_h) - least(sum_h - staff_h, sum_told_h - told_h)) AS billable_h
    FROM
    (
        SELECT *, sum(ifNull(staff_h, 0)) OVER of_case AS case_h, sum(1 - is_spare) OVER of_case AS case_rows,
               sum(own.1) OVER of_case AS of_case_claimed_h, sum(own.2) OVER of_case AS of_case_claimed_kr,
               sum(own.3) OVER of_case AS of_case_paid_kr, sum(own.4) OVER of_case AS of_case_cost_kr,
               sum(own.5) OVER of_case AS of_case_revenue_kr, sum(own.6) OVER of_case AS of_case_overhead_kr,
               sum(ifNull(staff_h, 0)) OVER of_unit AS unit_h, sum(1 - is_spare) OVER of_unit AS unit_rows,
               sum(if(assistance = '', own.4, NULL)) OVER of_unit AS of_unit_cost_kr,
               sum(if(assistance = '', own.5, NULL)) OVER of_unit AS of_unit_revenue_kr,
               sum(if(assistance = '', own.6, NULL)) OVER of_unit AS of_unit_overhead_kr,
               max(assistance != '' AND own.4 IS NOT NULL) OVER of_unit AS has_case_cost,
               max(assistance != '' AND own.5 IS NOT NULL) OVER of_unit AS has_case_revenue
        FROM
        (
            SELECT *, 0 AS is_spare,
                   CAST((NULL, NULL, NULL, NULL, NULL, NULL), 'Tuple(Nullable(Float64), Nullable(Float64), Nullable(Float64),
                        Nullable(Float64), Nullable(Float64), Nullable(Float64))') AS own
            FROM assistance_hours(municipality = {municipality:String}, zone = {zone:String}, since = {since:Date32},
                                  until = {until:Date32}, today = {today:Date32})
            WHERE month >= {since:Date32} AND month < {until:Date32}
            UNION ALL
            SELECT toString(assistance) AS assistance, assistance AS who, toString(unit) AS unit, toString(regi) AS regi,
                   'unknown' AS payer, 'unknown' AS sex, 'unknown' AS age_band, toDate32('1970-01-01') AS period_on,
                   period_on AS period_until_on, 0. AS period_h, month, month AS part_on,
                   toDate32(addMonths(month, 1)) AS part_until_on, 0 AS told_days, NULL AS raised_kr, 0. AS granted_h,
                   0. AS done_h, 0. AS told_h, 0. AS covered_h, NULL AS staff_h, NULL AS client_h, NULL AS double_h, 0. AS sum_h,
                   0. AS sum_told_h, 1 AS is_spare,
                   (claimed_h, claimed_kr, paid_kr, cost_kr, revenue_kr, overhead_kr) AS own
            FROM account_months_now
            WHERE municipality = {municipality:String} AND (assistance != '' OR service = 'personal_assistance')
              AND month >= {since:Date32} AND month < {until:Date32}
        )
        WINDOW of_case AS (PARTITION BY assistance, month), of_unit AS (PARTITION BY unit, month)
    ) AS m
    CROSS JOIN
    (
        SELECT arraySort(groupArray((from_on, rate_kr, most_raised))) AS steps
        FROM hourly_rate_steps WHERE municipality = {municipality:String}
    ) AS y
    WHERE NOT is_spare OR case_rows = 0 AND (assistance != '' OR unit_rows = 0)
);
