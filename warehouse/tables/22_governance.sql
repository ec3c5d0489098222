-- What a committee sets, says and decides: targets, notes, decisions, meetings. One row per entity.
-- A target is of one part of a metric ('' is all): its steps over time are its history.
CREATE TABLE IF NOT EXISTS targets
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    metric       LowCardinality(String),
    unit         LowCardinality(String),
    dimension    LowCardinality(String),
    code         LowCardinality(String),
    per          LowCardinality(String),             -- 'month', 'quarter', 'year'; '' is every kind of period
    `steps.from_on` Array(Date32),
    `steps.value` Array(Float64),
    `steps.direction` Array(LowCardinality(String)), -- 'at_least' or 'at_most'
    `steps.owner` Array(LowCardinality(String)),
    `steps.decision` Array(String),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

CREATE OR REPLACE VIEW target_steps AS
SELECT municipality, entity, metric, unit, dimension, code, per, s.1 AS from_on, s.2 AS until_on, s.3 AS value,
       s.4 AS direction, s.5 AS owner, s.6 AS decision
FROM (SELECT * FROM targets FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`steps.from_on`, arrayPushBack(arrayPopFront(`steps.from_on`), toDate32('2299-12-31')),
                    `steps.value`, `steps.direction`, `steps.owner`, `steps.decision`) AS s;

CREATE TABLE IF NOT EXISTS notes
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    metric       LowCardinality(String),
    unit         LowCardinality(String),
    dimension    LowCardinality(String),
    code         LowCardinality(String),
    on_day       Nullable(Date32),
    author       LowCardinality(String),
    period       LowCardinality(String),             -- 'day', 'month', 'quarter', 'year'
    period_on    Nullable(Date32),
    text         String,
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

CREATE OR REPLACE VIEW notes_now AS
SELECT municipality, entity, metric, unit, dimension, code, assumeNotNull(on_day) AS on_day, author, period,
       assumeNotNull(period_on) AS period_on, text
FROM notes FINAL WHERE void = 0;

CREATE TABLE IF NOT EXISTS committee_decisions
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    decision     String,
    on_day       Nullable(Date32),
    `rests.metric` Array(LowCardinality(String)),
    `rests.version` Array(UInt16),                   -- 0: not told
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

CREATE OR REPLACE VIEW committee_decisions_now AS
SELECT municipality, entity, decision, assumeNotNull(on_day) AS on_day, `rests.metric` AS metrics, `rests.version` AS versions
FROM committee_decisions FINAL WHERE void = 0;

CREATE TABLE IF NOT EXISTS committee_meetings
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    on_day       Nullable(Date32),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

CREATE OR REPLACE VIEW committee_meetings_now AS
SELECT municipality, entity, assumeNotNull(on_day) AS on_day FROM committee_meetings FINAL WHERE void = 0;

-- All of it in one form, as it is published: one row per target and day that it holds from, per note, decision and metric, meeting.
CREATE OR REPLACE VIEW governance_told AS
SELECT municipality, 'target' AS kind, concat(entity, '/', toString(from_on)) AS item, 'shown' AS state,
       toString(metric) AS metric, 0 AS metric_version, toString(unit) AS unit, toString(dimension) AS dimension,
       toString(code) AS code, toString(per) AS period, toDate32('1970-01-01') AS period_on, from_on AS on_day,
       toNullable(value) AS value, toString(direction) AS direction, toString(owner) AS role, decision, '' AS text
FROM target_steps
UNION ALL
SELECT municipality, 'note', entity, 'shown', toString(metric), 0, toString(unit), toString(dimension),
       toString(code), toString(period), period_on, on_day, NULL, '', toString(author), '', text
FROM notes_now
UNION ALL
SELECT municipality, 'decision', concat(entity, '/', r.1), 'shown', r.1, r.2, '', '', '', '', toDate32('1970-01-01'),
       on_day, NULL, '', '', decision, ''
FROM
(
    SELECT municipality, entity, on_day, decision,
           arrayJoin(if(empty(metrics), [('', toUInt16(0))], arrayZip(metrics, versions))) AS r
    FROM committee_decisions_now
)
UNION ALL
SELECT municipality, 'meeting', entity, 'shown', '', 0, '', '', '', '', toDate32('1970-01-01'), on_day, NULL, '', '', '', ''
FROM committee_meetings_now;
