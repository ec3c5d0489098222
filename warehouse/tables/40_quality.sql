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
