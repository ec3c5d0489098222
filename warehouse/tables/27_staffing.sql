-- What a unit's staff of one role did on one day before today, in each of the asked spans of days (a view with parameters).
-- Where nobody told in a whole span how many persons of a unit and role are on the schedule (is_known 0), nothing is told of
-- them: it might be one.
--
-- persons: on the schedule that day. scheduled_h and hours of sick leave (short_h, long_h, unknown_h) are of days with a schedule,
-- worked_h of days that worked time is told of (has_work). known_h: worked hours of which it is known
-- whether they needed the licence, yes_h: those that did; is_licensed: a role of which it is told at all.
--
-- Absence, overtime, hired staff and temps are told of where there are any. Of a span that was over before the first of them was
-- told of in the municipality they are null: nobody knows that there were none.
CREATE OR REPLACE VIEW staff_spans AS
WITH
(
    SELECT (minOrNullIf(on_day, sick_short_h + sick_long_h + sick_unknown_h > 0), minOrNullIf(on_day, overtime_h > 0),
            minOrNullIf(on_day, external_h > 0), minOrNullIf(on_day, notEmpty(`temps.temp`)))
    FROM staff_days_now WHERE municipality = {municipality:String}
) AS firsts
SELECT since, unit, role, on_day, is_known, is_licensed, is_known * persons AS persons, is_known * has_schedule AS has_schedule,
       is_known * scheduled_h AS scheduled_h,
       if(firsts.1 < until_on, is_known * has_schedule * sick.1, NULL) AS short_h,
       if(firsts.1 < until_on, is_known * has_schedule * sick.2, NULL) AS long_h,
       if(firsts.1 < until_on, is_known * has_schedule * sick.3, NULL) AS unknown_h,
       if(firsts.2 < until_on, is_known * overtime_h, NULL) AS overtime_h,
       is_known * has_work AS has_work, is_known * worked_h AS worked_h,
       if(firsts.3 < until_on, is_known * external_h, NULL) AS external_h,
       if(firsts.4 < until_on, is_known * temp_h, NULL) AS temp_h, if(is_known, temps, []) AS temps,
       is_known * known_h AS known_h, is_known * yes_h AS yes_h
FROM
(
    SELECT *, max(s.persons) OVER (PARTITION BY since, unit, role) > 0 AS is_known,
           sum(s.known_h) OVER (PARTITION BY since, role) > 0 AS is_licensed
    FROM
    (
        SELECT x.1 AS since, x.2 AS until_on, toString(d.unit) AS unit, toString(d.role) AS role, d.on_day AS on_day,
               ifNull(d.scheduled_persons, 0) AS persons, d.scheduled_h IS NOT NULL AS has_schedule,
               ifNull(d.scheduled_h, 0) AS scheduled_h, (d.sick_short_h, d.sick_long_h, d.sick_unknown_h) AS sick,
               d.overtime_h AS overtime_h, notEmpty(d.`worked.hours`) AS has_work, arraySum(d.`worked.hours`) AS worked_h,
               d.external_h AS external_h, arraySum(d.`temps.hours`) AS temp_h,
               d.`temps.temp` AS temps,
               arraySum((h, q) -> if(q = 'yes', h, 0), d.`worked.hours`, d.`worked.qualified`) AS yes_h,
               arraySum((h, q) -> if(q = 'unknown', 0, h), d.`worked.hours`, d.`worked.qualified`) AS known_h
        FROM (SELECT * FROM staff_days_now WHERE municipality = {municipality:String} AND on_day < {today:Date32}) AS d
        ARRAY JOIN arrayFilter(w -> d.on_day >= w.1 AND d.on_day < w.2,
                               arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
    ) AS s
);

-- Decisions that changed somebody's hours, and when the schedule followed (T16): of assistance where the hours a day are others
-- than before, of home care each decision after a grant's first. schedule_on as in `assistance_changes`.
CREATE OR REPLACE VIEW decision_changes AS
SELECT municipality, 'personal_assistance' AS service, toString(unit) AS unit, toString(regi) AS regi, decided_on, schedule_on
FROM assistance_changes WHERE is_changed
UNION ALL
SELECT municipality, service, unit, regi, d.1 AS decided_on,
       if(arrayExists(s -> s >= d.2 AND s < d.1, changes), NULL, arrayFirstOrNull(s -> s >= d.1, changes)) AS schedule_on
FROM
(
    SELECT municipality, toString(`steps.service`[-1]) AS service, toString(`steps.unit`[-1]) AS unit,
           toString(`steps.regi`[-1]) AS regi, `schedules.on` AS changes,
           arrayJoin(arrayPopFront(arrayZip(`decisions.on`, `decisions.from_on`))) AS d
    FROM grants FINAL WHERE void = 0 AND notEmpty(`steps.unit`)
);
