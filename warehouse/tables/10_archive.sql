-- The archive: every version of every fact, for ever. Everything else about the world can be computed again from it.
-- A version that is written twice (a crash between insert and commit) collapses to its earliest receipt.
CREATE TABLE IF NOT EXISTS events
(
    topic        LowCardinality(String),
    entity       String,                             -- kommunkod/kind/pseudonym
    id           UUID,
    recorded_at  DateTime64(6, 'UTC'),
    content_hash UInt64,
    municipality LowCardinality(String),
    type         LowCardinality(String),
    source       LowCardinality(String),
    occurred_at  DateTime64(6, 'UTC'),
    retracted    UInt8,
    received_at  DateTime64(6, 'UTC'),
    partition    UInt16,
    offset       UInt64,
    body         String CODEC(ZSTD(1)),              -- the event as it came
    earliness    UInt64 DEFAULT toUInt64(9223372036854775807 - toUnixTimestamp64Micro(received_at)),
    INDEX received received_at TYPE minmax GRANULARITY 16
)
ENGINE = ReplacingMergeTree(earliness)
ORDER BY (topic, entity, id, recorded_at, content_hash)
SETTINGS index_granularity = 256;

-- Unchanged facts that a source told again later: when it last did. One row per content, however often it is sent,
-- so that a late version older than this does not win (the archive itself does not grow by repeated exports).
CREATE TABLE IF NOT EXISTS confirmations
(
    entity       String,
    id           UUID,
    content_hash UInt64,
    recorded_at  DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(recorded_at)
ORDER BY (entity, id, content_hash)
SETTINGS index_granularity = 256;

-- Refused events: where they lie and why. Never the payload.
CREATE TABLE IF NOT EXISTS refused
(
    topic        LowCardinality(String),
    partition    UInt16,
    offset       UInt64,
    reason       LowCardinality(String),
    field        String,
    text_sv      String,
    text_en      String,
    payload_hash String,
    refused_at   DateTime64(6, 'UTC'),
    retry_until  DateTime64(6, 'UTC')                -- the source topic forgets it then
)
ENGINE = ReplacingMergeTree(refused_at) ORDER BY (topic, partition, offset);

-- How far the worker has come in each partition.
CREATE TABLE IF NOT EXISTS positions
(
    topic        LowCardinality(String),
    partition    UInt16,
    next_offset  UInt64,
    told_until   DateTime64(6, 'UTC'),               -- everything that the broker got before this is folded
    accepted     UInt64,                             -- since the worker started
    duplicates   UInt64,
    refused      UInt64,
    updated_at   DateTime64(6, 'UTC') DEFAULT now64(6)  -- the store's own clock: a worker's may be ahead, and would stay
)
ENGINE = ReplacingMergeTree(updated_at) ORDER BY (topic, partition);

-- Of stores that were made before.
ALTER TABLE positions MODIFY COLUMN updated_at DateTime64(6, 'UTC') DEFAULT now64(6);

-- Which spans of time a batch touched: the publisher computes those periods again.
CREATE TABLE IF NOT EXISTS touched
(
    touched_at   DateTime64(6, 'UTC'),
    municipality LowCardinality(String),
    kind         LowCardinality(String),
    from_at      DateTime64(6, 'UTC'),
    written_at   DateTime DEFAULT now(),             -- the store's own clock, whatever the worker's says
    INDEX written written_at TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree ORDER BY touched_at TTL written_at + INTERVAL 7 DAY;

-- Of stores that were made before.
ALTER TABLE touched ADD INDEX IF NOT EXISTS written written_at TYPE minmax GRANULARITY 1;

-- Alarms: raised by worker and publisher, newest state per name.
CREATE TABLE IF NOT EXISTS alarms
(
    name       String,
    state      LowCardinality(String),               -- 'raised' or 'over'
    text_sv    String,
    text_en    String,
    changed_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree ORDER BY (name, changed_at);
