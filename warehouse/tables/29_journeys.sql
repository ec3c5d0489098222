-- What the metrics of a person's way through the units share (domain 7.5, J2 and J5).
--
-- Whoever has open investigations at each of the asked instants, with how many, and how many of them have a key of the person: one
-- without it is a person of its own.
CREATE OR REPLACE VIEW investigated_at AS
SELECT t AS at, if(s.person = '', s.entity, toString(s.person)) AS who,
       coalesce(nullIf(minIf(toString(s.sex), s.sex != 'unknown'), ''), 'unknown') AS sex,
       uniqExact(s.entity) AS many, uniqExactIf(s.entity, s.person != '') AS named
FROM
(
    SELECT entity, person, sex, `from`, `until`
    FROM (SELECT * FROM cases FINAL WHERE void = 0 AND municipality = {municipality:String})
    ARRAY JOIN `spells.from` AS `from`, `spells.until` AS `until`, `spells.stage` AS stage
    WHERE stage = 'investigation'
) AS s
ARRAY JOIN arrayFilter(t -> s.`from` <= t AND t < s.`until`, {at:Array(DateTime64(6, 'UTC'))}) AS t
GROUP BY at, who;

-- Services that follow on an earlier one of the same person, by the span that they start in, of days before today. days: local
-- days from the end of everything that the person had had; 0 where that still went on. service_type: of what ended last.
CREATE OR REPLACE VIEW service_gaps AS
WITH arrayZip({since:Array(Date32)}, {until:Array(Date32)}) AS spans
SELECT x.1 AS since, f.person AS person, f.sex AS sex, f.service_type AS service_type, f.days AS days
FROM
(
    SELECT person, sex, toDate32(toTimeZone(`from`, {zone:String})) AS start_on,
           greatest(0, dateDiff('day', toDate32(toTimeZone(ended_at, {zone:String})), start_on)) AS days, ended_type AS service_type
    FROM
    (
        SELECT person, toString(sex) AS sex, `from`, max(`until`) OVER w AS ended_at, argMax(service_type, `until`) OVER w AS ended_type,
               count() OVER w AS earlier
        FROM case_services
        WHERE municipality = {municipality:String} AND person != ''
        WINDOW w AS (PARTITION BY person ORDER BY `from`, `until`, entity ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    )
    WHERE earlier > 0 AND start_on < {today:Date32}
) AS f
ARRAY JOIN arrayFilter(w -> f.start_on >= w.1 AND f.start_on < w.2, spans) AS x;
