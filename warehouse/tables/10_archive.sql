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
    by_store     UInt8,                              -- 1: written_at is the store's own; 0: written before it was kept
    written_at   DateTime64(6, 'UTC') DEFAULT if(by_store = 1, now64(6, 'UTC'), received_at),
    INDEX received received_at TYPE minmax GRANULARITY 16,
    INDEX written written_at TYPE minmax GRANULARITY 16
)
ENGINE = ReplacingMergeTree(earliness)
ORDER BY (topic, entity, id, recorded_at, content_hash)
SETTINGS index_granularity = 256;

-- Of stores that were made before: what they hold keeps the worker's time, by the rows' own flag.
ALTER TABLE events ADD COLUMN IF NOT EXISTS by_store UInt8;
ALTER TABLE events
    ADD COLUMN IF NOT EXISTS written_at DateTime64(6, 'UTC') DEFAULT if(by_store = 1, now64(6, 'UTC'), received_at);
ALTER TABLE events ADD INDEX IF NOT EXISTS written written_at TYPE minmax GRANULARITY 16;

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
    retry_until  DateTime64(6, 'UTC'),               -- the source topic forgets it then
    source_ref   String                              -- file and line, where the producer told them
)
ENGINE = ReplacingMergeTree(refused_at) ORDER BY (topic, partition, offset);
ALTER TABLE refused ADD COLUMN IF NOT EXISTS source_ref String;

-- What people did about refused events: only ever added to. A retry names the offset where the message lies now.
CREATE TABLE IF NOT EXISTS refused_acts
(
    topic         LowCardinality(String),
    partition     UInt16,
    offset        UInt64,
    act           LowCardinality(String),            -- 'retried' or 'dismissed'
    role          LowCardinality(String),            -- who
    reason        LowCardinality(String),            -- of a dismissal: a closed list
    ticket        String,
    new_offset    UInt64,                            -- of a retry, in the same partition
    said_at       DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = MergeTree ORDER BY (topic, partition, offset, said_at);

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
-- What people made of each refused event: 'open'; 'waiting' for the worker since it was put again; 'accepted'; 'refused
-- again', which is an open refusal of its own; 'dismissed'. What is open or waits is work that is left.
CREATE OR REPLACE VIEW refused_now AS
SELECT r.topic AS topic, r.partition AS partition, r.offset AS offset, r.reason AS reason, r.field AS field,
       r.text_sv AS text_sv, r.text_en AS text_en, r.payload_hash AS payload_hash, r.refused_at AS refused_at,
       r.retry_until AS retry_until, r.source_ref AS source_ref, a.act AS act, a.role AS role,
       a.dismissed_for AS dismissed_for, a.ticket AS ticket, a.new_offset AS new_offset, a.said_at AS said_at,
       multiIf(a.act = '', 'open', a.act = 'dismissed', 'dismissed',
               (r.topic, r.partition, a.new_offset) IN (SELECT topic, partition, offset FROM refused), 'refused again',
               p.next_offset > a.new_offset, 'accepted', 'waiting') AS status
FROM (SELECT * FROM refused FINAL) AS r
LEFT JOIN
(
    SELECT c.topic AS topic, c.partition AS partition, c.offset AS offset, argMax(c.act, c.said_at) AS act,
           argMax(c.role, c.said_at) AS role, argMax(c.reason, c.said_at) AS dismissed_for,
           argMax(c.ticket, c.said_at) AS ticket, argMax(c.new_offset, c.said_at) AS new_offset,
           max(c.said_at) AS said_at
    FROM refused_acts AS c GROUP BY topic, partition, offset
) AS a ON a.topic = r.topic AND a.partition = r.partition AND a.offset = r.offset
LEFT JOIN (SELECT * FROM positions FINAL) AS p ON p.topic = r.topic AND p.partition = r.partition;

-- Which partitions wait for a person: the newest row of each says so. By the store's own clock, so that a resumption
-- follows its pause whatever the clocks of the machines say.
CREATE TABLE IF NOT EXISTS pauses
(
    topic        LowCardinality(String),
    partition    UInt16,
    paused       UInt8,
    role         LowCardinality(String),             -- who: 'worker', or a person's role
    said_at      DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = MergeTree ORDER BY (topic, partition, said_at);

-- Runs of offsets that the worker read ('seen'), and those among them that said nothing new ('duplicate', confirmations
-- too). As ranges, told before the offsets are committed: a batch that comes again in other pieces covers the same
-- offsets again, and an offset counts once however often it is covered.
CREATE TABLE IF NOT EXISTS offsets_told
(
    topic        LowCardinality(String),
    partition    UInt16,
    fate         LowCardinality(String),             -- 'seen' or 'duplicate'
    first_offset UInt64,
    next_offset  UInt64,
    told_at      DateTime DEFAULT now()
)
ENGINE = ReplacingMergeTree(next_offset) ORDER BY (topic, partition, fate, first_offset)
TTL told_at + INTERVAL 30 DAY;

-- The sum per partition since the archive began: offsets seen = archived + duplicates + refused. One row per partition,
-- replaced by the one that reaches further. broken_at: the first offset from which the sum does not hold.
CREATE TABLE IF NOT EXISTS reconciled
(
    topic        LowCardinality(String),
    partition    UInt16,
    first_offset UInt64,
    next_offset  UInt64,
    seen         UInt64,
    archived     UInt64,
    duplicates   UInt64,
    refused      UInt64,
    difference   Int64,                              -- of what lies after next_offset; 0 while the sum holds
    broken_at    UInt64,
    checked_at   DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(checked_at) ORDER BY (topic, partition);

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
-- Alarms: raised and cleared by worker and publisher, acknowledged by people. The newest row is the state.
CREATE TABLE IF NOT EXISTS alarms
(
    name       String,
    state      LowCardinality(String),               -- 'raised', 'acknowledged' or 'cleared'
    text_sv    String,
    text_en    String,
    changed_at DateTime64(6, 'UTC'),
    role       LowCardinality(String)                -- who: 'hub', or the role of a person
)
ENGINE = MergeTree ORDER BY (name, changed_at);
ALTER TABLE alarms ADD COLUMN IF NOT EXISTS role LowCardinality(String);
