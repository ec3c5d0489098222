-- Legal clocks (`streams/clocks.toml`): arrays of the entity that they run in, one element per clock that started, and a view that
-- unrolls those of each kind. 2299-12-31 means "has not happened". A clock that ended with time left was never due.
CREATE TABLE IF NOT EXISTS reports
(
    municipality LowCardinality(String),
    entity       String,                             -- report, period and receiver
    version      UInt64,
    void         UInt8,
    report       LowCardinality(String),
    `to`         LowCardinality(String),
    from_on      Nullable(Date32),
    until_on     Nullable(Date32),                   -- day after the last
    delivered_at Nullable(DateTime64(6, 'UTC')),     -- the first time
    flaws        Array(String)
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

ALTER TABLE cases
    ADD COLUMN IF NOT EXISTS `clocks.clock` Array(LowCardinality(String)),
    ADD COLUMN IF NOT EXISTS `clocks.rule` Array(LowCardinality(String)),
    ADD COLUMN IF NOT EXISTS `clocks.unit` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.about` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.reason` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.started_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.law_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.shifted_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.due_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.extended_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.stopped_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.ended_at` Array(DateTime64(6, 'UTC'));

ALTER TABLE placements
    ADD COLUMN IF NOT EXISTS `clocks.clock` Array(LowCardinality(String)),
    ADD COLUMN IF NOT EXISTS `clocks.rule` Array(LowCardinality(String)),
    ADD COLUMN IF NOT EXISTS `clocks.unit` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.about` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.reason` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.started_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.law_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.shifted_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.due_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.extended_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.stopped_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.ended_at` Array(DateTime64(6, 'UTC'));

ALTER TABLE assistances
    ADD COLUMN IF NOT EXISTS `clocks.clock` Array(LowCardinality(String)),
    ADD COLUMN IF NOT EXISTS `clocks.rule` Array(LowCardinality(String)),
    ADD COLUMN IF NOT EXISTS `clocks.unit` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.about` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.reason` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.started_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.law_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.shifted_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.due_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.extended_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.stopped_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.ended_at` Array(DateTime64(6, 'UTC'));

ALTER TABLE reports
    ADD COLUMN IF NOT EXISTS `clocks.clock` Array(LowCardinality(String)),
    ADD COLUMN IF NOT EXISTS `clocks.rule` Array(LowCardinality(String)),
    ADD COLUMN IF NOT EXISTS `clocks.unit` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.about` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.reason` Array(String),
    ADD COLUMN IF NOT EXISTS `clocks.started_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.law_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.shifted_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.due_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.extended_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.stopped_at` Array(DateTime64(6, 'UTC')),
    ADD COLUMN IF NOT EXISTS `clocks.ended_at` Array(DateTime64(6, 'UTC'));

CREATE OR REPLACE VIEW case_clocks AS
SELECT municipality, entity, person, case_type, law, sex, age_band,
       c.1 AS clock, c.2 AS rule, c.3 AS unit, c.4 AS about, c.5 AS reason, c.6 AS started_at, c.7 AS law_at, c.8 AS
       shifted_at, c.9 AS due_at, c.10 AS extended_at, c.11 AS stopped_at, c.12 AS ended_at
FROM (SELECT * FROM cases FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`clocks.clock`, `clocks.rule`, `clocks.unit`, `clocks.about`, `clocks.reason`, `clocks.started_at`,
                    `clocks.law_at`, `clocks.shifted_at`, `clocks.due_at`, `clocks.extended_at`, `clocks.stopped_at`,
                    `clocks.ended_at`) AS c;

CREATE OR REPLACE VIEW placement_clocks AS
SELECT municipality, entity, person, care_form AS case_type, law, sex, age_band,
       c.1 AS clock, c.2 AS rule, c.3 AS unit, c.4 AS about, c.5 AS reason, c.6 AS started_at, c.7 AS law_at, c.8 AS
       shifted_at, c.9 AS due_at, c.10 AS extended_at, c.11 AS stopped_at, c.12 AS ended_at
FROM (SELECT * FROM placements FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`clocks.clock`, `clocks.rule`, `clocks.unit`, `clocks.about`, `clocks.reason`, `clocks.started_at`,
                    `clocks.law_at`, `clocks.shifted_at`, `clocks.due_at`, `clocks.extended_at`, `clocks.stopped_at`,
                    `clocks.ended_at`) AS c;

CREATE OR REPLACE VIEW assistance_clocks AS
SELECT municipality, entity, person, 'personal_assistance' AS case_type, 'SFB' AS law, sex, age_band,
       c.1 AS clock, c.2 AS rule, c.3 AS unit, c.4 AS about, c.5 AS reason, c.6 AS started_at, c.7 AS law_at, c.8 AS
       shifted_at, c.9 AS due_at, c.10 AS extended_at, c.11 AS stopped_at, c.12 AS ended_at
FROM (SELECT * FROM assistances FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`clocks.clock`, `clocks.rule`, `clocks.unit`, `clocks.about`, `clocks.reason`, `clocks.started_at`,
                    `clocks.law_at`, `clocks.shifted_at`, `clocks.due_at`, `clocks.extended_at`, `clocks.stopped_at`,
                    `clocks.ended_at`) AS c;

CREATE OR REPLACE VIEW report_clocks AS
SELECT municipality, entity, '' AS person, report AS case_type, 'SoL' AS law, 'unknown' AS sex, 'unknown' AS age_band,
       c.1 AS clock, c.2 AS rule, c.3 AS unit, c.4 AS about, c.5 AS reason, c.6 AS started_at, c.7 AS law_at, c.8 AS
       shifted_at, c.9 AS due_at, c.10 AS extended_at, c.11 AS stopped_at, c.12 AS ended_at
FROM (SELECT * FROM reports FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`clocks.clock`, `clocks.rule`, `clocks.unit`, `clocks.about`, `clocks.reason`, `clocks.started_at`,
                    `clocks.law_at`, `clocks.shifted_at`, `clocks.due_at`, `clocks.extended_at`, `clocks.stopped_at`,
                    `clocks.ended_at`) AS c;

CREATE OR REPLACE VIEW clocks AS
SELECT * FROM case_clocks UNION ALL SELECT * FROM placement_clocks UNION ALL SELECT * FROM assistance_clocks UNION ALL SELECT * FROM report_clocks;
