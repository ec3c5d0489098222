-- What the expectations (`expectations/`) found, each time they were asked. Counts only, never a value of the data.
CREATE TABLE IF NOT EXISTS quality_results
(
    judged_at    DateTime64(6, 'UTC'),
    municipality LowCardinality(String),
    suite        LowCardinality(String),
    expectation  LowCardinality(String),
    severity     LowCardinality(String),             -- 'critical' fails the run, 'warning' is only told
    holds        UInt8,
    checked      UInt64,                             -- rows that were looked at
    broken       UInt64                              -- rows that do not meet it
)
ENGINE = MergeTree ORDER BY (municipality, judged_at, suite, expectation)
TTL toDateTime(judged_at) + INTERVAL 400 DAY;

-- How the hub feels (`warehouse/indicators/`, H1 to H9): of each part the newest reading. What is older than its
-- indicator's newest is of a part that is gone. History is the alarms'.
CREATE TABLE IF NOT EXISTS health_readings
(
    indicator    LowCardinality(String),
    municipality LowCardinality(String),
    part         String,                             -- a source, topic, reason, screen; '' is the whole
    value        Nullable(Float64),                  -- null: nothing is known
    limit        Nullable(Float64),
    state        LowCardinality(String),             -- 'within', 'beyond', 'missing', 'told'; 'none': it was read, and has no part now
    at           DateTime64(6, 'UTC'),
    written_at   DateTime DEFAULT now()              -- the store's own clock
)
ENGINE = ReplacingMergeTree(at) ORDER BY (indicator, municipality, part)
TTL written_at + INTERVAL 7 DAY;
