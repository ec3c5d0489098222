-- Balances of units whose system can tell nothing else. One row per unit and local day.
CREATE TABLE IF NOT EXISTS unit_days
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    unit         LowCardinality(String),
    on_day       Nullable(Date32),
    observed_at  Nullable(DateTime64(6, 'UTC')),
    open_cases   Nullable(UInt64),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

-- Balances of units that tell nothing else: a unit is either event or snapshot, and one with case events is an event unit.
CREATE OR REPLACE VIEW snapshot_days AS
SELECT municipality, unit, on_day, assumeNotNull(observed_at) AS observed_at, assumeNotNull(open_cases) AS open_cases
FROM (SELECT * FROM unit_days FINAL WHERE void = 0)
WHERE (municipality, unit) NOT IN
(
    SELECT municipality, arrayJoin(`spells.unit`) FROM cases FINAL
    WHERE void = 0 AND municipality IN (SELECT municipality FROM unit_days)
);

-- Full-time equivalents in service, one row per unit and role, with its steps over time.
CREATE TABLE IF NOT EXISTS fte
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    unit         LowCardinality(String),
    role         LowCardinality(String),
    `steps.from_on` Array(Date32),
    `steps.fte`  Array(Float64),
    `steps.told_at` Array(DateTime64(6, 'UTC')),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

-- How many cases a service can start in a year, with its steps over time.
CREATE TABLE IF NOT EXISTS capacities
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    service_type LowCardinality(String),
    `steps.from_on` Array(Date32),
    `steps.per_year` Array(Float64),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

CREATE OR REPLACE VIEW capacity_steps AS
SELECT municipality, service_type, s.1 AS from_on, s.2 AS until_on, s.3 AS per_year
FROM (SELECT * FROM capacities FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`steps.from_on`, arrayPushBack(arrayPopFront(`steps.from_on`), toDate32('2299-12-31')),
                    `steps.per_year`) AS s;

CREATE TABLE IF NOT EXISTS population
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    year         Nullable(UInt16),
    age_band     LowCardinality(String),
    sex          LowCardinality(String),
    persons      Nullable(UInt64),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

-- Young people by year and sex ('' is all), for figures per inhabitant: aged 0 to 20 where the bands add up to it, else
-- 0 to 19, which is all that Statistics Sweden's open table has; `ages` says which.
CREATE OR REPLACE VIEW young_people AS
SELECT municipality, year, sex, argMin(way.3, (way.2, in_parts)) AS ages, argMin(way.4, (way.2, in_parts)) AS persons
FROM
(
    -- the three ways to count them: whether all parts are there, order of preference, ages, persons
    SELECT municipality, year, sex, in_parts,
           arrayJoin([(countIf(age_band = '0-20') = if(in_parts, 2, 1), 1, '0-20', sumIf(persons, age_band = '0-20')),
                      (countIf(age_band IN ('0-6', '7-12', '13-17', '18-20')) = if(in_parts, 8, 4), 2, '0-20',
                       sumIf(persons, age_band IN ('0-6', '7-12', '13-17', '18-20'))),
                      (countIf(age_band = '0-19') = if(in_parts, 2, 1), 3, '0-19', sumIf(persons, age_band = '0-19'))]) AS way
    FROM
    (
        SELECT municipality, assumeNotNull(year) AS year, age_band, max(p.persons) AS persons,
               -- women and men are told of themselves, and are parts of all
               arrayJoin(if(p.sex IN ('woman', 'man'), [toString(p.sex), ''], [toString(p.sex)])) AS sex,
               toString(p.sex) != sex AS in_parts
        FROM population AS p FINAL
        WHERE p.void = 0 AND p.persons IS NOT NULL
        GROUP BY municipality, year, age_band, p.sex
    )
    GROUP BY municipality, year, sex, in_parts
)
WHERE way.1
GROUP BY municipality, year, sex;

-- Figures of official tables to compare with, one row per figure. value is null wherever status is not 'value': what a
-- publisher does not show is never zero. split_by and split are '' where the table is cut one way only.
CREATE TABLE IF NOT EXISTS comparators
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    publication  LowCardinality(String),
    table_name   LowCardinality(String),
    year         Nullable(UInt16),
    area         LowCardinality(String),
    level        LowCardinality(String),
    dimension    LowCardinality(String),
    characteristic LowCardinality(String),
    split_by     LowCardinality(String),
    split        LowCardinality(String),
    sex          LowCardinality(String),
    unit         LowCardinality(String),
    status       LowCardinality(String),
    value        Nullable(Float64),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

-- Signs of life, one row per producer and hour.
CREATE TABLE IF NOT EXISTS producers
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    topic        LowCardinality(String),
    historical   UInt8,
    max_age_s    UInt32,
    `beats.told_at` Array(DateTime64(6, 'UTC')),
    `beats.complete_until` Array(DateTime64(6, 'UTC')),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

CREATE OR REPLACE VIEW producer_beats AS
SELECT municipality, splitByChar('.', splitByChar('/', entity)[3])[1] AS source, topic, historical, max_age_s, b.1 AS told_at, b.2 AS complete_until
FROM (SELECT * FROM producers FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`beats.told_at`, `beats.complete_until`) AS b;

CREATE OR REPLACE VIEW fte_steps AS
SELECT municipality, unit, role, s.1 AS from_on, s.2 AS fte, s.3 AS told_at
FROM (SELECT * FROM fte FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`steps.from_on`, `steps.fte`, `steps.told_at`) AS s;
