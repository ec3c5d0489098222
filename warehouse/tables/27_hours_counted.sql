-- What the metrics of hours share (domain 7.3): views with parameters. since, until: first days and days after the last of
-- the asked spans of local days; by: the dimensions asked for, the others are ''; today: the local day that is not over.

-- What one person was given on one local day, by the asked dimensions. Visits are cut at local midnights, and net time is
-- spread evenly over its visit. Hours are of visits with the person (kind direct) alone.
--
-- staff_h: persontimmar, of all staff. client_h: brukartimmar: time with several visits counts once; where only visits with
-- breaks were, as much of it as their net time is of them, so that a break is taken off once. start_h: persontimmar of whole
-- visits on the day of their start. planned: visits planned and not cancelled, on the day that they were performed, else
-- planned; told: those of them with a start and a stop (H2).
CREATE OR REPLACE VIEW visit_hours AS
SELECT on_day, who, is_named, service, unit, regi, sex, age_band,
       sumIf(staff_s * (until_us - from_us) / length_us, is_done) / 3600 AS staff_h,
       sumIf(staff_s, is_done AND k = 0) / 3600 AS start_h,
       (toInt64(intervalLengthSumIf(from_us, until_us, is_whole)) AS whole_us
        + (toInt64(intervalLengthSumIf(from_us, until_us, is_done)) - whole_us)
          * if(countIf(is_done AND NOT is_whole) = 0, 0,
               sumIf((until_us - from_us) * net_s * 1e6 / length_us, is_done AND NOT is_whole)
               / sumIf(until_us - from_us, is_done AND NOT is_whole))) / 3.6e9 AS client_h,
       countIf(is_done AND k = 0) AS visits, countIf(is_planned AND k = 0) AS planned, countIf(is_told AND k = 0) AS told
FROM
(
    SELECT *, k, first_day + k AS on_day,
           if(k = 0, start_us, toUnixTimestamp64Micro(toDateTime64(first_day + k, 6, {zone:String}))) AS from_us,
           if(k = nights, start_us + length_us,
              toUnixTimestamp64Micro(toDateTime64(first_day + k + 1, 6, {zone:String}))) AS until_us
    FROM
    (
        SELECT multiIf(v.person != '', toString(v.person), v.assistance != '', toString(v.assistance), v.entity) AS who,
               v.person != '' OR v.assistance != '' AS is_named,
               if(has({by:Array(String)}, 'service'), toString(v.service), '') AS service,
               if(has({by:Array(String)}, 'unit'), toString(v.unit), '') AS unit,
               if(has({by:Array(String)}, 'regi'), toString(v.regi), '') AS regi,
               if(has({by:Array(String)}, 'sex'), toString(v.sex), '') AS sex,
               if(has({by:Array(String)}, 'age_band'), toString(v.age_band), '') AS age_band,
               v.counted AND v.kind = 'direct' AS is_done,
               v.plan_start_at IS NOT NULL AND NOT v.cancelled AS is_planned,
               is_planned AND v.start_at IS NOT NULL AND v.stop_at IS NOT NULL AS is_told,
               assumeNotNull(coalesce(v.start_at, v.plan_start_at)) AS begun_at,
               toUnixTimestamp64Micro(begun_at) AS start_us,
               if(is_done, toUnixTimestamp64Micro(assumeNotNull(v.stop_at)) - start_us, 0) AS length_us,
               is_done AND v.net_s * 1e6 >= length_us AS is_whole, v.net_s AS net_s,
               if(v.staff_count > 1, v.net_s * v.staff_count, v.net_s + v.double_s) AS staff_s,
               toDate32(toTimeZone(begun_at, {zone:String})) AS first_day,
               if(is_done, dateDiff('day', first_day, toDate32(toTimeZone(
                   subtractMicroseconds(assumeNotNull(v.stop_at), 1), {zone:String}))), 0) AS nights
        FROM visits AS v FINAL
        WHERE v.municipality = {municipality:String} AND v.void = 0
          AND v.day BETWEEN arrayMin({since:Array(Date32)}) - 2 AND arrayMax({until:Array(Date32)})
          AND ((v.counted AND v.kind = 'direct') OR v.plan_start_at IS NOT NULL)
    )
    ARRAY JOIN range(toUInt32(nights + 1)) AS k
)
WHERE on_day >= arrayMin({since:Array(Date32)}) AND on_day < arrayMax({until:Array(Date32)})
GROUP BY ALL;

-- What a provider that reports will have done on days of each span that it has not reported yet, or left out, until 92 days after
-- its last report: as many hours a day as on those that it has.
CREATE OR REPLACE VIEW hours_awaited AS
SELECT x.1 AS since, t.service AS service, t.unit AS unit, t.regi AS regi,
       if(has({by:Array(String)}, 'sex'), 'unknown', '') AS sex,
       if(has({by:Array(String)}, 'age_band'), 'unknown', '') AS age_band,
       t.hours / t.days * arrayCount(k -> NOT arrayExists(s -> s.1 <= x.2 + k AND x.2 + k < s.2, t.reported),
                                     range(toUInt32(dateDiff('day', x.2, x.3)))) AS awaited_h
FROM
(
    SELECT if(has({by:Array(String)}, 'service'), toString(r.service), '') AS service,
           if(has({by:Array(String)}, 'unit'), toString(r.unit), '') AS unit,
           if(has({by:Array(String)}, 'regi'), toString(r.regi), '') AS regi, toString(r.service) AS of_service,
           toString(r.unit) AS of_unit, toString(r.regi) AS of_regi, min(r.from_on) AS first_on,
           least({today:Date32}, max(r.until_on) + 92) AS expected_until, groupUniqArray((r.from_on, r.until_on)) AS reported,
           sum(r.hours + r.double_hours) AS hours, intervalLengthSum(toInt32(r.from_on), toInt32(r.until_on)) AS days
    FROM hours_reports_now AS r WHERE r.municipality = {municipality:String}
    GROUP BY ALL
) AS t
ARRAY JOIN arrayMap(w -> (w.1, greatest(w.1, t.first_on), least(w.2, t.expected_until)),
                    arrayFilter(w -> w.1 < t.expected_until AND w.2 > t.first_on,
                                arrayZip({since:Array(Date32)}, {until:Array(Date32)}))) AS x
WHERE awaited_h > 0;

-- The same by span, with hours that are only known of a period: of a report that lies whole in a span of at least one whole
-- month. left_out_h: hours of other reports, spread over their days, and those of `hours_awaited`. persons: how many the row is
-- for: one, or as many as a report says that names nobody. planned and told: of days before today. after: the day after the
-- last one that counts.
CREATE OR REPLACE VIEW performed_by_person AS
WITH arrayZip({since:Array(Date32)}, {until:Array(Date32)}) AS spans
SELECT x.1 AS since, d.who AS who, d.is_named AS is_named, d.service AS service, d.unit AS unit, d.regi AS regi, d.sex AS sex,
       d.age_band AS age_band, sum(d.staff_h) AS staff_h, sum(d.start_h) AS start_h, sum(d.client_h) AS client_h,
       0. AS left_out_h, 1 AS persons, sumIf(d.planned, d.on_day < {today:Date32}) AS planned,
       sumIf(d.told, d.on_day < {today:Date32}) AS told
FROM visit_hours(municipality = {municipality:String}, zone = {zone:String}, by = {by:Array(String)},
                 since = {since:Array(Date32)}, until = {until:Array(Date32)}) AS d
ARRAY JOIN arrayFilter(w -> d.on_day >= w.1 AND d.on_day < least(w.2, {after:Date32}), spans) AS x
GROUP BY ALL
UNION ALL
SELECT x.1 AS since, r.who AS who, r.person != '' OR r.assistance != '' AS is_named,
       if(has({by:Array(String)}, 'service'), toString(r.service), '') AS service,
       if(has({by:Array(String)}, 'unit'), toString(r.unit), '') AS unit,
       if(has({by:Array(String)}, 'regi'), toString(r.regi), '') AS regi,
       if(has({by:Array(String)}, 'sex'), toString(r.sex), '') AS sex,
       if(has({by:Array(String)}, 'age_band'), toString(r.age_band), '') AS age_band,
       if(x.3, r.hours + r.double_hours, 0) AS staff_h, staff_h AS start_h, if(x.3, r.hours, 0) AS client_h,
       if(x.3, 0, (r.hours + r.double_hours) * dateDiff('day', greatest(r.from_on, x.1), least(r.until_on, x.2))
                  / dateDiff('day', r.from_on, r.until_on)) AS left_out_h,
       if(is_named, 1, ifNull(r.persons, 1)) AS persons, 0 AS planned, 0 AS told
FROM (SELECT * FROM hours_reports_now WHERE municipality = {municipality:String}) AS r
ARRAY JOIN arrayMap(
    w -> (w.1, w.2, r.from_on >= w.1 AND r.until_on <= least(w.2, {after:Date32})
          AND addMonths(w.1, if(toDayOfMonth(w.1) = 1, 1, 2)) - toDayOfMonth(w.1) + 1 <= w.2),
    arrayFilter(w -> r.from_on < w.2 AND r.until_on > w.1, spans)) AS x
UNION ALL
SELECT w.since AS since, '' AS who, 0 AS is_named, w.service AS service, w.unit AS unit, w.regi AS regi, w.sex AS sex,
       w.age_band AS age_band, 0 AS staff_h, 0 AS start_h, 0 AS client_h, w.awaited_h AS left_out_h, 0 AS persons, 0 AS planned,
       0 AS told
FROM hours_awaited(municipality = {municipality:String}, by = {by:Array(String)}, since = {since:Array(Date32)},
                   until = {until:Array(Date32)}, today = {today:Date32}) AS w;

-- Hours granted to one person in each span, by the asked dimensions; those of sex and age are of the latest decision. The
-- hours of a month are spread evenly over its days. after: the day after the last one that counts.
-- granted_h: by SoL or LSS; other_h: of those whose act nobody told.
CREATE OR REPLACE VIEW granted_by_person AS
WITH d -> (toYear(d) - 2000) * 12 + toMonth(d)
          + (toDayOfMonth(d) - 1) / toDayOfMonth(addMonths(d - toDayOfMonth(d) + 1, 1) - 1) AS month_of
SELECT since, who, service, unit, regi, argMax(the_sex, (from_on, entity)) AS sex,
       argMax(the_age_band, (from_on, entity)) AS age_band,
       sum(if(law IN ('SoL', 'LSS'), amount_h, 0)) AS granted_h, sum(if(law = 'other', amount_h, 0)) AS other_h
FROM
(
    SELECT x.1 AS since, g.who AS who, g.entity AS entity, g.from_on AS from_on, g.law AS law,
           if(has({by:Array(String)}, 'service'), toString(g.service), '') AS service,
           if(has({by:Array(String)}, 'unit'), toString(g.unit), '') AS unit,
           if(has({by:Array(String)}, 'regi'), toString(g.regi), '') AS regi,
           if(has({by:Array(String)}, 'sex'), toString(g.sex), '') AS the_sex,
           if(has({by:Array(String)}, 'age_band'), toString(g.age_band), '') AS the_age_band,
           greatest(g.from_on, x.1) AS first_day, least(g.until_on, x.2, {after:Date32}) AS after_last,
           g.hours * multiIf(g.per = 'day', dateDiff('day', first_day, after_last),
                             g.per = 'week', dateDiff('day', first_day, after_last) / 7,
                             month_of(after_last) - month_of(first_day)) AS amount_h
    FROM (SELECT * FROM grant_steps WHERE municipality = {municipality:String} AND law IN ('SoL', 'LSS', 'other')) AS g
    ARRAY JOIN arrayFilter(w -> g.from_on < least(w.2, {after:Date32}) AND g.until_on > w.1,
                           arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
)
GROUP BY since, who, service, unit, regi;

-- What each named person's visits, reported hours and months cost in each span, by the asked dimensions and the unit prices
-- of each day: those of the service and regi, else those of the service whatever the regi. priced_h of hours_h have a price.
CREATE OR REPLACE VIEW cost_by_person AS
WITH
arrayZip({since:Array(Date32)}, {until:Array(Date32)}) AS spans,
d -> (toYear(d) - 2000) * 12 + toMonth(d)
     + (toDayOfMonth(d) - 1) / toDayOfMonth(addMonths(d - toDayOfMonth(d) + 1, 1) - 1) AS month_of,
volumes AS
(
    SELECT x.1 AS since, d.who AS who, d.is_named AS is_named, d.service AS service, d.unit AS unit, d.regi AS regi, d.sex AS sex,
           d.age_band AS age_band, d.on_day AS on_day, d.client_h AS hours, d.visits AS visits, 0. AS months,
           if(d.on_day < {today:Date32}, d.planned, 0) AS planned, if(d.on_day < {today:Date32}, d.told, 0) AS told
    FROM visit_hours(municipality = {municipality:String}, zone = {zone:String}, since = {since:Array(Date32)},
                     until = {until:Array(Date32)}, by = arrayConcat({by:Array(String)}, ['service', 'regi'])) AS d
    ARRAY JOIN arrayFilter(w -> d.on_day >= w.1 AND d.on_day < w.2, spans) AS x
    UNION ALL
    SELECT x.1 AS since, r.who AS who, r.person != '' OR r.assistance != '' AS is_named, toString(r.service) AS service,
           if(has({by:Array(String)}, 'unit'), toString(r.unit), '') AS unit, toString(r.regi) AS regi,
           if(has({by:Array(String)}, 'sex'), toString(r.sex), '') AS sex,
           if(has({by:Array(String)}, 'age_band'), toString(r.age_band), '') AS age_band,
           r.from_on AS on_day, r.hours AS hours, 0 AS visits, 0. AS months, 0 AS planned, 0 AS told
    FROM (SELECT * FROM hours_reports_now WHERE municipality = {municipality:String}) AS r
    ARRAY JOIN arrayFilter(w -> r.from_on >= w.1 AND r.until_on <= w.2, spans) AS x
    UNION ALL
    SELECT x.1 AS since, g.who AS who, 1 AS is_named, toString(g.service) AS service,
           if(has({by:Array(String)}, 'unit'), toString(g.unit), '') AS unit, toString(g.regi) AS regi,
           if(has({by:Array(String)}, 'sex'), toString(g.sex), '') AS sex,
           if(has({by:Array(String)}, 'age_band'), toString(g.age_band), '') AS age_band,
           greatest(x.2, addMonths(x.2 - toDayOfMonth(x.2) + 1, x.4)) AS on_day, 0. AS hours, 0 AS visits,
           month_of(least(x.3, addMonths(x.2 - toDayOfMonth(x.2) + 1, x.4 + 1))) - month_of(on_day) AS months,
           0 AS planned, 0 AS told
    FROM
    (
        SELECT * FROM grant_steps
        WHERE municipality = {municipality:String}
          AND service IN (SELECT service FROM unit_price_steps WHERE municipality = {municipality:String} AND per = 'month')
    ) AS g
    ARRAY JOIN arrayFlatten(arrayMap(
        w -> arrayMap(k -> (w.1, greatest(g.from_on, w.1), least(g.until_on, w.2, {today:Date32}), k),
                      range(1 + dateDiff('month', greatest(g.from_on, w.1), least(g.until_on, w.2, {today:Date32}) - 1))),
        arrayFilter(w -> g.from_on < least(w.2, {today:Date32}) AND g.until_on > w.1, spans))) AS x
),
prices AS
(
    SELECT service, arraySort(x -> x.1 = 'unknown',
                                  groupArray((toString(regi), toString(per), from_on, until_on, price_kr))) AS steps
    FROM unit_price_steps WHERE municipality = {municipality:String}
    GROUP BY service
)
SELECT since, who, is_named, if(has({by:Array(String)}, 'service'), v.service, '') AS service, unit,
       if(has({by:Array(String)}, 'regi'), v.regi, '') AS regi, sex, age_band,
       sum(kr) AS cost_kr, sum(v.hours) AS hours_h, sumIf(v.hours, is_priced) AS priced_h,
       sum(v.planned) AS planned, sum(v.told) AS told
FROM
(
    SELECT v.*, arrayFilter(p -> p.1 IN (v.regi, 'unknown') AND p.3 <= v.on_day AND v.on_day < p.4, q.steps) AS holding,
           arrayFirst(p -> p.2 = 'hour', holding).5 AS hour_kr, arrayFirst(p -> p.2 = 'visit', holding).5 AS visit_kr,
           arrayFirst(p -> p.2 = 'month', holding).5 AS month_kr,
           v.hours * hour_kr + v.visits * visit_kr + v.months * month_kr AS kr, notEmpty(holding) AS is_priced
    FROM volumes AS v LEFT JOIN prices AS q ON q.service = v.service
) AS v
GROUP BY ALL;

-- Worked time of the staff of one unit on one day, by what it was used for. On a day when nobody told the direct time, that of
-- the unit's visits is taken from what is unknown. known: whether there was any of the two; where nothing but the direct time
-- is told, nobody knows how long anybody worked. persons: on the schedule, null where there was none.
CREATE OR REPLACE VIEW worked_days AS
SELECT s.on_day AS on_day, s.unit AS unit, s.regi AS regi, s.worked_h AS worked_h, s.persons AS persons,
       (s.direct_h IS NOT NULL AND s.has_others) OR (s.direct_h IS NULL AND v.staff_h * s.unknown_h > 0) AS known,
       ifNull(s.direct_h, least(v.staff_h, s.unknown_h)) AS direct_h,
       arrayFilter(u -> u.1 != 'direct' AND u.2 > 0,
                   arrayMap(u -> (u.1, u.2 - if(u.1 = 'unknown' AND s.direct_h IS NULL, direct_h, 0)), s.uses)) AS other_uses
FROM
(
    SELECT on_day, toString(unit) AS unit, toString(regi) AS regi, sum(arraySum(`worked.hours`)) AS worked_h,
           sumOrNull(scheduled_persons) AS persons,
           arrayZip(arrayFlatten(groupArray(`worked.used_for`)) AS used_for,
                    arrayFlatten(groupArray(`worked.hours`)) AS hours) AS uses,
           if(has(used_for, 'direct'), arraySum(u -> u.2 * (u.1 = 'direct'), uses), NULL) AS direct_h,
           arraySum(u -> u.2 * (u.1 = 'unknown'), uses) AS unknown_h, arrayExists(u -> u.1 != 'direct', uses) AS has_others
    FROM staff_days_now
    WHERE municipality = {municipality:String} AND on_day >= arrayMin({since:Array(Date32)})
      AND on_day < arrayMax({until:Array(Date32)}) AND notEmpty(`worked.hours`)
    GROUP BY on_day, unit, regi
) AS s
LEFT JOIN
(
    SELECT on_day, unit, sum(staff_h) AS staff_h
    FROM visit_hours(municipality = {municipality:String}, zone = {zone:String}, by = ['unit'], since = {since:Array(Date32)},
                     until = {until:Array(Date32)})
    GROUP BY on_day, unit
) AS v ON v.on_day = s.on_day AND v.unit = s.unit;

-- Performed visits on the local day that they started, also those without hours.
CREATE OR REPLACE VIEW visits_started AS
SELECT toDate32(toTimeZone(assumeNotNull(start_at), {zone:String})) AS on_day,
       multiIf(person != '', toString(person), assistance != '', toString(assistance), entity) AS who, service, unit, regi, sex,
       age_band, kind, channel, purpose, stop_at IS NOT NULL AS has_stop
FROM visits FINAL
WHERE municipality = {municipality:String} AND void = 0 AND start_at IS NOT NULL
  AND day BETWEEN arrayMin({since:Array(Date32)}) - 1 AND arrayMax({until:Array(Date32)});
