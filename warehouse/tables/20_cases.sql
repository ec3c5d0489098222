-- One row per case, replaced whole. Times inside arrays are half-open; 2299-12-31 means "still".
CREATE TABLE IF NOT EXISTS cases
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,                             -- generation * 2^40 + archived versions folded
    void         UInt8,                              -- no living event: the views leave it out
    case_type    LowCardinality(String),
    law          LowCardinality(String),
    sex          LowCardinality(String),
    age_band     LowCardinality(String),
    person       String,
    opened_at    Nullable(DateTime64(6, 'UTC')),     -- first opening
    closed_at    Nullable(DateTime64(6, 'UTC')),     -- last closing, null while open
    target_at    Nullable(DateTime64(6, 'UTC')),
    handler_seen UInt8,                              -- had a known handler at some time
    reopenings   UInt16,                             -- told by the source, also while the case was open
    `openings.at` Array(DateTime64(6, 'UTC')), `openings.kind` Array(String),
    `openings.unit` Array(String),
    `closings.at` Array(DateTime64(6, 'UTC')), `closings.reason` Array(String),
    `closings.unit` Array(String), `closings.opened_at` Array(DateTime64(6, 'UTC')),
    `closings.verdict` Array(String),                -- of the source itself: in_time, late, or '' where it has none
    `spells.from` Array(DateTime64(6, 'UTC')), `spells.until` Array(DateTime64(6, 'UTC')),
    `spells.opened_at` Array(DateTime64(6, 'UTC')),
    `spells.unit` Array(String), `spells.stage` Array(String),
    `spells.handler_known` Array(UInt8),
    `transfers.at` Array(DateTime64(6, 'UTC')), `transfers.from_unit` Array(String),
    `transfers.to_unit` Array(String),
    `handlings.variant` Array(String), `handlings.from` Array(DateTime64(6, 'UTC')),
    `handlings.until` Array(DateTime64(6, 'UTC')), `handlings.unit` Array(String),
    `services.from` Array(DateTime64(6, 'UTC')), `services.until` Array(DateTime64(6, 'UTC')),
    `services.type` Array(String), `services.reason` Array(String),
    flaws        Array(String),
    events       UInt32                              -- living events
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

ALTER TABLE cases ADD COLUMN IF NOT EXISTS `closings.verdict` Array(String) AFTER `closings.opened_at`;

ALTER TABLE cases
    ADD COLUMN IF NOT EXISTS `services.from` Array(DateTime64(6, 'UTC')) AFTER `handlings.unit`,
    ADD COLUMN IF NOT EXISTS `services.until` Array(DateTime64(6, 'UTC')) AFTER `services.from`,
    ADD COLUMN IF NOT EXISTS `services.type` Array(String) AFTER `services.until`,
    ADD COLUMN IF NOT EXISTS `services.reason` Array(String) AFTER `services.type`;

CREATE OR REPLACE VIEW cases_now AS SELECT * FROM cases FINAL WHERE void = 0;

CREATE OR REPLACE VIEW case_spells AS
SELECT municipality, entity, person, case_type, law, sex, age_band,
       s.1 AS `from`, s.2 AS `until`, s.3 AS opened_at, s.4 AS unit, s.5 AS stage, s.6 AS handler_known
FROM (SELECT * FROM cases FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`spells.from`, `spells.until`, `spells.opened_at`, `spells.unit`, `spells.stage`,
                    `spells.handler_known`) AS s;

CREATE OR REPLACE VIEW case_openings AS
SELECT municipality, entity, person, case_type, law, sex, age_band, o.1 AS at, o.2 AS kind, o.3 AS unit
FROM (SELECT * FROM cases FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`openings.at`, `openings.kind`, `openings.unit`) AS o;

CREATE OR REPLACE VIEW case_closings AS
SELECT municipality, entity, person, case_type, law, sex, age_band, target_at,
       c.1 AS at, c.2 AS reason, c.3 AS unit, c.4 AS opened_at, c.5 AS verdict
FROM (SELECT * FROM cases FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`closings.at`, `closings.reason`, `closings.unit`, `closings.opened_at`,
                    arrayResize(`closings.verdict`, length(`closings.at`), '')) AS c;

CREATE OR REPLACE VIEW case_transfers AS
SELECT municipality, entity, case_type, law, t.1 AS at, t.2 AS from_unit, t.3 AS to_unit
FROM (SELECT * FROM cases FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`transfers.at`, `transfers.from_unit`, `transfers.to_unit`) AS t;

CREATE OR REPLACE VIEW case_handlings AS
SELECT municipality, entity, case_type, law, h.1 AS variant, h.2 AS `from`, h.3 AS `until`, h.4 AS unit
FROM (SELECT * FROM cases FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`handlings.variant`, `handlings.from`, `handlings.until`, `handlings.unit`) AS h;

CREATE OR REPLACE VIEW case_services AS
SELECT municipality, entity, person, case_type, sex, age_band, s.1 AS `from`, s.2 AS `until`, s.3 AS service_type,
       s.4 AS reason
FROM (SELECT * FROM cases FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`services.from`, `services.until`, `services.type`, `services.reason`) AS s;

CREATE OR REPLACE VIEW case_flaws AS
SELECT municipality, entity, arrayJoin(flaws) AS flaw FROM cases FINAL WHERE void = 0 OR has(flaws, 'retracted_unknown');
