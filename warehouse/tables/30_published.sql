-- The published layer: what was shown, kept as such. Append-only.
-- One row per run gives every figure of that run its age; a held run keeps the last good figures on screen.
CREATE TABLE IF NOT EXISTS publications
(
    run            UInt64,                           -- microseconds since 1970 when the run began; grows
    municipality   LowCardinality(String),
    metric         LowCardinality(String),
    audience       LowCardinality(String),           -- 'public' or 'engineer': two beats, two masks
    state          LowCardinality(String),           -- 'published' or 'held'
    reason         String,                           -- why held: the check that failed, '' otherwise
    known_at       DateTime64(6, 'UTC'),             -- when it was shown from
    as_of          DateTime64(6, 'UTC'),             -- the world as told until then
    historical     UInt8,                            -- a closed import: does not grow stale
    coverage       Nullable(Float64),                -- received / expected, 0..1
    metric_version UInt16,
    epoch          UInt64,                           -- lease of the publisher that wrote it
    whole_run      UInt64                            -- the run from which on every figure is found: nobody reads older ones
)
ENGINE = MergeTree ORDER BY (municipality, audience, metric, run)
SETTINGS index_granularity = 512;

-- Of stores that were made before: 0, every run is read.
ALTER TABLE publications ADD COLUMN IF NOT EXISTS whole_run UInt64 AFTER epoch;

-- What changed against the run before, or every key once so many changes were written; a key that is gone gets a row with state 'not_applicable'.
CREATE TABLE IF NOT EXISTS figures
(
    run            UInt64,
    municipality   LowCardinality(String),
    metric         LowCardinality(String),
    audience       LowCardinality(String),
    grain          LowCardinality(String),           -- dimensions of the row, comma-joined in contract order; '' = total
    dimensions     Map(LowCardinality(String), String),
    period         LowCardinality(String),           -- 'now', 'day', 'week', 'month', 'quarter', 'year'
    period_on      Date32,                           -- first local day of the period; 1970-01-01 for 'now'
    value          Nullable(Float64),
    lower          Nullable(Float64),                -- normal band of the same weekday, where the metric has one
    upper          Nullable(Float64),
    n              Nullable(UInt64),
    state          LowCardinality(String),           -- value, suppressed, missing, not_applicable, preliminary, snapshot
                                                     -- (suppressed: upper = 4 says "fewer than 5", null: hidden to protect another)
    coverage       Nullable(Float64),                -- how much of what it should be made from was known, 0..1
    as_of          Nullable(DateTime64(6, 'UTC')),   -- set where the figure is older than its run (quarter-hour beat)
    epoch          UInt64
)
ENGINE = MergeTree ORDER BY (municipality, audience, metric, grain, period, period_on, run)
SETTINGS index_granularity = 512;

-- Of stores that were made before figures had it.
ALTER TABLE figures ADD COLUMN IF NOT EXISTS coverage Nullable(Float64) AFTER state;

-- Why figures of periods that had been told as complete were changed by a run: what a rättelse is explained by. Decided when it is published.
CREATE TABLE IF NOT EXISTS revisions
(
    run          UInt64,
    municipality LowCardinality(String),
    metric       LowCardinality(String),
    audience     LowCardinality(String),
    period       LowCardinality(String),             -- 'day', 'week', 'month', 'quarter', 'year'
    period_on    Date32,
    from_version UInt16,                             -- the metric's version before, where this run has another; else 0
    masked       UInt32,                             -- figures of the period whose mask changed
    moved        UInt32,                             -- figures that what was told in between moved
    corrections  Nullable(UInt32),                   -- events corrected or taken back in between, of this period or before it: to the nearest five, null: 1–4
    late         Nullable(UInt32),                   -- events first told of in between, likewise
    known_at     DateTime64(6, 'UTC'),
    epoch        UInt64
)
ENGINE = MergeTree ORDER BY (municipality, audience, metric, period, period_on, run)
SETTINGS index_granularity = 512;

-- Which publisher may write: the holder of the highest epoch. A frozen one that wakes up sees a higher one and waits;
-- what it still writes has an older run number and is never the newest, since a new holder rewrites every key.
CREATE TABLE IF NOT EXISTS leases
(
    name     LowCardinality(String),
    epoch    UInt64,
    holder   String,
    seen_at  DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(seen_at) ORDER BY (name, epoch);

-- Signs of life of wall screens.
CREATE TABLE IF NOT EXISTS screens
(
    screen      String,
    page        String,
    seen_at     DateTime64(6, 'UTC'),
    data_at     Nullable(DateTime64(6, 'UTC')),
    rotated_at  Nullable(DateTime64(6, 'UTC')),
    refreshed_at Nullable(DateTime64(6, 'UTC')),     -- when it last got a page from the server
    refresh_s   UInt32,                              -- its own intervals, as declared; rotate_s 0: it shows one page
    rotate_s    UInt32,
    written_at  DateTime DEFAULT now()               -- the store's own clock
)
ENGINE = ReplacingMergeTree(seen_at) ORDER BY screen
TTL written_at + INTERVAL 90 DAY;

-- Of stores that were made before.
ALTER TABLE screens ADD COLUMN IF NOT EXISTS refreshed_at Nullable(DateTime64(6, 'UTC'));
ALTER TABLE screens ADD COLUMN IF NOT EXISTS refresh_s UInt32;
ALTER TABLE screens ADD COLUMN IF NOT EXISTS rotate_s UInt32;
ALTER TABLE screens ADD COLUMN IF NOT EXISTS written_at DateTime DEFAULT now();

-- What the committee set, said and decided, as it was shown. A row is written where something changed; the newest of an item holds.
CREATE TABLE IF NOT EXISTS governance
(
    run            UInt64,                           -- microseconds since 1970; grows
    municipality   LowCardinality(String),
    kind           LowCardinality(String),           -- 'target', 'note', 'decision', 'meeting'
    item           String,                           -- the entity, and which of its parts
    state          LowCardinality(String),           -- 'shown', 'gone', or 'withheld': a note that the identity gate stops
    metric         LowCardinality(String),
    metric_version UInt16,                           -- that a decision rests on; 0: not told
    unit           LowCardinality(String),
    dimension      LowCardinality(String),
    code           LowCardinality(String),
    period         LowCardinality(String),           -- of a target: the kind that it is for, '' every kind; of a note: what it speaks of
    period_on      Date32,
    on_day         Date32,                           -- from when a target holds; of the note, decision or meeting
    value          Nullable(Float64),
    direction      LowCardinality(String),
    role           LowCardinality(String),           -- owner of a target, author of a note
    decision       String,
    text           String,
    known_at       DateTime64(6, 'UTC'),
    epoch          UInt64
)
ENGINE = MergeTree ORDER BY (municipality, kind, item, run);
