-- What a unit's staff of one role did on one day before today, in each of the asked spans of days (views with parameters).
-- Nothing is told of a unit's role where nobody told in the whole span how many persons are on the schedule (is_known 0): it
-- might be one.
--
-- persons: on the schedule that day. sick_h and its parts are of days with a schedule, worked_h and what is set beside it
-- (external_h, temp_h) of days that worked time is told of. yes_h, known_h: worked hours that needed the licence, and of which
-- it is known whether they did; is_licensed: roles of which it is told at all.
CREATE OR REPLACE VIEW staff_spans AS
SELECT *, max(s.most) OVER (PARTITION BY since, unit, role) > 0 AS is_known,
       sum(s.known_h) OVER (PARTITION BY since, role) > 0 AS is_licensed
FROM
(
    SELECT x.1 AS since, d.unit AS unit, d.role AS role, d.on_day AS on_day, ifNull(d.scheduled_persons, 0) AS persons,
           persons AS most, d.scheduled_h IS NOT NULL AS has_schedule, ifNull(d.scheduled_h, 0) AS scheduled_h,
           has_schedule * d.sick_short_h AS short_h, has_schedule * d.sick_long_h AS long_h,
           has_schedule * d.sick_unknown_h AS unknown_h,
           d.overtime_h AS overtime_h, notEmpty(d.`worked.hours`) AS has_work, arraySum(d.`worked.hours`) AS worked_h,
           has_work * d.external_h AS external_h, has_work * arraySum(d.`temps.hours`) AS temp_h,
           arraySum((h, q) -> if(q = 'yes', h, 0), d.`worked.hours`, d.`worked.qualified`) AS yes_h,
           arraySum((h, q) -> if(q = 'unknown', 0, h), d.`worked.hours`, d.`worked.qualified`) AS known_h
    FROM (SELECT * FROM staff_days_now WHERE municipality = {municipality:String} AND on_day < {today:Date32}) AS d
    ARRAY JOIN arrayFilter(w -> d.on_day >= w.1 AND d.on_day < w.2, arrayZip({since:Array(Date32)}, {until:Array(Date32)})) AS x
) AS s;
