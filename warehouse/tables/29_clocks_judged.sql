-- What the metrics of legal clocks share (domain 7.1, C8–C11). Cases alone: those of placements, assistance and reports have views
-- of their own in `29_clocks.sql`.
--
-- outcome: as `streams/clocks.py` says it of a clock whose last instant has passed. in_time_extended: in time because it was
-- lawfully extended. ended: it ended with time left, was never due, and is in no share.
CREATE OR REPLACE VIEW judged_clocks AS
SELECT municipality, entity, person, sex, toString(law) AS law, toString(clock) AS clock, unit, about, reason,
       started_at, due_at, least(stopped_at, ended_at) AS over_at,
       multiIf(over_at > due_at, if(over_at < toDateTime64('2299-12-31 00:00:00', 6, 'UTC'), 'late', 'overdue'),
               stopped_at > ended_at, 'ended',
               extended_at < toDateTime64('2299-12-31 00:00:00', 6, 'UTC') AND stopped_at > law_at, 'in_time_extended',
               'in_time') AS outcome
FROM case_clocks WHERE due_at < toDateTime64('2299-12-31 00:00:00', 6, 'UTC');

-- Clocks by the span that their last local day lies in, of days before today: what has not come yet is not due.
CREATE OR REPLACE VIEW due_clocks AS
WITH arrayZip({since:Array(Date32)}, {until:Array(Date32)}) AS spans
SELECT x.1 AS since, d.person AS person, d.sex AS sex, d.clock AS clock, d.unit AS unit, d.outcome AS outcome
FROM
(
    SELECT person, sex, clock, unit, outcome, toDate32(toTimeZone(due_at, {zone:String})) AS due_on
    FROM judged_clocks
    WHERE municipality = {municipality:String} AND outcome != 'ended' AND due_on < {today:Date32}
) AS d
ARRAY JOIN arrayFilter(w -> d.due_on >= w.1 AND d.due_on < w.2, spans) AS x;

-- Favourable decisions that are not carried out more than three months on, or not taken up again as long after an interruption,
-- at each of the asked instants (SoL 34 kap., LSS 28 f–28 h §§: LC6a–LC6d). days: local days since the decision or interruption.
-- An instant at midnight ends the day before: three months to that day are still in time, what is carried out on the next day
-- still waits, and days are counted to the day before.
CREATE OR REPLACE VIEW unexecuted_at AS
SELECT i.at AS at, c.entity AS entity, c.person AS person, c.sex AS sex, c.unit AS unit, c.about AS service_type,
       if(c.reason = '', 'unknown', c.reason) AS reason, if(c.clock IN ('LC6a', 'LC6b'), 'SoL', 'LSS') AS law,
       if(c.clock IN ('LC6a', 'LC6c'), 'never_started', 'interrupted') AS waiting,
       dateDiff('day', toDate32(toTimeZone(c.started_at, {zone:String})), toDate32(toTimeZone(i.at - INTERVAL 1 MICROSECOND, {zone:String}))) AS days
FROM (SELECT * FROM judged_clocks WHERE municipality = {municipality:String} AND clock IN ('LC6a', 'LC6b', 'LC6c', 'LC6d')) AS c
CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
WHERE c.due_at < i.at - INTERVAL 1 MICROSECOND AND c.over_at >= i.at;
