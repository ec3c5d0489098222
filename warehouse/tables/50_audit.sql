-- Who read what, when and why: one row per login, logout, read, export and refusal. Append-only, hash-chained
-- (`warehouse/audit.py`): each row holds the hash of the row before it in its chain; each process that writes has a
-- chain of its own, whose first row names the newest rows of the chains before it.
CREATE TABLE IF NOT EXISTS audit
(
    chain        String,                             -- of the process that wrote it
    number       UInt64,                             -- 1, 2, 3 … within the chain
    previous     String,                             -- hash of the row before, '' for the first
    hash         String,                             -- SHA-256 over everything else in the row
    at           DateTime64(6, 'UTC'),
    act          LowCardinality(String),             -- what `Act` in warehouse/audit.py lists
    role         LowCardinality(String),
    actor        String,                             -- pseudonym of the login's subject
    page         LowCardinality(String),
    query        LowCardinality(String),
    municipality LowCardinality(String),
    filters      String,                             -- JSON of what was asked for
    row_count    UInt64,                             -- rows that were given out
    entities     Array(String),                      -- whom they were about, while they are few
    purpose      LowCardinality(String)
)
ENGINE = MergeTree ORDER BY (at, chain, number);
