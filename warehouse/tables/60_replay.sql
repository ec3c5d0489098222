-- What `./puls verify` found, each time it was asked (H8): replay equals live when nothing differs.
CREATE TABLE IF NOT EXISTS verifications
(
    began_at          DateTime64(6, 'UTC'),
    ended_at          DateTime64(6, 'UTC'),
    mark              DateTime64(6, 'UTC'),          -- what was received by then was folded afresh
    events            UInt64,
    entities          UInt64,
    differing_rows    UInt64,
    figures           UInt64,                        -- values that were computed from both; 0: rows alone were compared
    differing_figures UInt64,
    first             Array(String)                  -- the first of them by name: entity keys and metrics, never a value
)
ENGINE = MergeTree ORDER BY began_at;

-- Backups that were taken of this hub, and drills: restores of such a backup that verified, wherever they were done.
CREATE TABLE IF NOT EXISTS backups
(
    at       DateTime64(6, 'UTC'),
    act      LowCardinality(String),                 -- 'backup' or 'drill'
    head     String,                                 -- of the chain; tells which state of the folder it was
    segments UInt64,
    rows     UInt64,
    seconds  Float64
)
ENGINE = ReplacingMergeTree ORDER BY (act, at, head);
