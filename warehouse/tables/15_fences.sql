-- What every batch looks at before it writes (`warehouse/fences.py`): the generation of rows, which a rebuild raises, and
-- until when intake pauses, by the store's own clock. The highest generation and the newest pause hold.
CREATE TABLE IF NOT EXISTS fences
(
    generation   UInt64,
    paused_until DateTime64(6, 'UTC'),
    reason       LowCardinality(String),             -- 'rebuild', 'verify'
    changed_at   DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC')
)
ENGINE = MergeTree ORDER BY changed_at;
