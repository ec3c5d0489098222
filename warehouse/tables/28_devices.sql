-- One row per device, replaced whole: its lives from installation to removal. 2299-12-31 means "still".
CREATE TABLE IF NOT EXISTS devices
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    `lives.from` Array(DateTime64(6, 'UTC')), `lives.until` Array(DateTime64(6, 'UTC')),
    `lives.unit` Array(LowCardinality(String)), `lives.device_type` Array(LowCardinality(String)),
    `lives.regi` Array(LowCardinality(String)), `lives.person` Array(String),
    `lives.sex` Array(LowCardinality(String)), `lives.age_band` Array(LowCardinality(String)),
    `lives.baseline_visits` Array(Nullable(Float64)),   -- a month, frozen at the installation
    `lives.remove_reason` Array(LowCardinality(String)),  -- '' while it is installed
    `refills.at` Array(DateTime64(6, 'UTC')), `refills.life` Array(UInt16),  -- place of the life, from 1
    flaws        Array(LowCardinality(String)),
    events       UInt32
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

-- Signs of life of one device on one local day.
CREATE TABLE IF NOT EXISTS device_days
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    device       LowCardinality(String),             -- the device's pseudonym
    on_day       Nullable(Date32),
    first_at     Nullable(DateTime64(6, 'UTC')),
    last_at      Nullable(DateTime64(6, 'UTC')),
    signs        UInt32,
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

-- Millions a year, so that rows are small, and sorted by day (`streams/rows.py`), so that the figures of a week read that
-- week: doses due in [since, until) of local days have `day BETWEEN since - 1 AND until`.
CREATE TABLE IF NOT EXISTS doses
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    day          Date32,                             -- UTC day that it is due on, else of what was told first
    device       LowCardinality(String),             -- the device's pseudonym, '' where none was told
    unit         LowCardinality(String),
    due_at       Nullable(DateTime64(6, 'UTC')),     -- null where nobody said that it was due
    window_s     UInt32,                             -- the window closes so many seconds after due_at
    outcome      LowCardinality(String),             -- taken, late, missed, unknown
    taken_at     Nullable(DateTime64(6, 'UTC')),
    miss_reason  LowCardinality(String),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, day, entity);

-- Alarms of devices; alarms of the hub itself are in `alarms`.
CREATE TABLE IF NOT EXISTS device_alarms
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    unit         LowCardinality(String),
    about        LowCardinality(String),
    device       LowCardinality(String),             -- the device's pseudonym, '' where none was told
    person       String,
    raised_at    Nullable(DateTime64(6, 'UTC')),
    acknowledged_at Nullable(DateTime64(6, 'UTC')),
    handled_at   Nullable(DateTime64(6, 'UTC')),
    how          LowCardinality(String),             -- phone, home_visit, other; '' while nobody has handled it
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

-- Rent of devices as booked: lines of the ledger.
CREATE TABLE IF NOT EXISTS rent_months
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    `lines.month` Array(Date32), `lines.unit` Array(LowCardinality(String)),
    `lines.device_type` Array(LowCardinality(String)), `lines.regi` Array(LowCardinality(String)),
    `lines.kr`   Array(Float64),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

-- Each time that a device is in a home: one row per life. `device` is what other entities name it by; where nobody is
-- named each device counts as a person.
CREATE OR REPLACE VIEW device_lives AS
SELECT municipality, entity, splitByChar('/', entity)[3] AS device, if(x.6 = '', entity, x.6) AS who, x.6 AS person,
       x.7 AS sex, x.8 AS age_band, x.3 AS unit, x.4 AS device_type, x.5 AS regi, x.9 AS baseline_visits,
       x.1 AS installed_at, x.2 AS removed_at, x.10 AS remove_reason,
       arraySort(arrayFilter((at, life) -> life = k, `refills.at`, `refills.life`)) AS refills
FROM (SELECT * FROM devices FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`lives.from`, `lives.until`, `lives.unit`, `lives.device_type`, `lives.regi`, `lives.person`,
                    `lives.sex`, `lives.age_band`, `lives.baseline_visits`, `lives.remove_reason`) AS x,
           arrayEnumerate(`lives.from`) AS k;

CREATE OR REPLACE VIEW device_signs AS
SELECT municipality, device, assumeNotNull(on_day) AS on_day, assumeNotNull(first_at) AS first_at,
       assumeNotNull(last_at) AS last_at, signs
FROM device_days AS d FINAL WHERE void = 0 AND d.on_day IS NOT NULL;

-- Every dose that was said to be due. (With its table's name the column is meant, else the alias, which is never null.)
CREATE OR REPLACE VIEW doses_due AS
SELECT municipality, entity, device, unit, day, assumeNotNull(due_at) AS due_at,
       due_at + INTERVAL window_s SECOND AS window_until, outcome, taken_at, miss_reason
FROM doses AS d FINAL WHERE void = 0 AND d.due_at IS NOT NULL;

-- The same with the life of the device that it was due in ('unknown' where there is none), for figures about persons.
CREATE OR REPLACE VIEW doses_in_homes AS
SELECT d.municipality AS municipality, d.device AS device, d.unit AS unit, d.day AS day, d.due_at AS due_at,
       d.window_until AS window_until, d.outcome AS outcome, d.taken_at AS taken_at, d.miss_reason AS miss_reason,
       arrayFirst(x -> x.1 <= d.due_at AND d.due_at < x.2, l.lives) AS life,
       multiIf(life.3 != '', life.3, d.device != '', toString(d.device), d.entity) AS who,
       if(life.4 = '', 'unknown', life.4) AS sex, if(life.5 = '', 'unknown', life.5) AS age_band,
       if(life.6 = '', 'unknown', life.6) AS device_type, if(life.7 = '', 'unknown', life.7) AS regi
FROM doses_due AS d
LEFT JOIN
(
    SELECT municipality, device,
           groupArray((installed_at, removed_at, who, toString(sex), toString(age_band), toString(device_type),
                       toString(regi))) AS lives
    FROM device_lives GROUP BY municipality, device
) AS l ON l.municipality = d.municipality AND l.device = d.device;

CREATE OR REPLACE VIEW device_alarms_now AS
SELECT municipality, entity, splitByChar('/', entity)[3] AS alarm, device, person, unit, about,
       assumeNotNull(raised_at) AS raised_at, acknowledged_at, handled_at, how,
       multiIf(handled_at IS NOT NULL, 'handled', acknowledged_at IS NOT NULL, 'acknowledged', 'open') AS state
FROM device_alarms AS a FINAL WHERE void = 0 AND a.raised_at IS NOT NULL;

-- The same with the life of the device that went off; person: as the alarm says, else as the device's life does.
CREATE OR REPLACE VIEW device_alarms_in_homes AS
SELECT a.municipality AS municipality, a.entity AS entity, a.alarm AS alarm, a.device AS device, a.unit AS unit,
       a.about AS about, a.raised_at AS raised_at, a.acknowledged_at AS acknowledged_at, a.handled_at AS handled_at,
       a.how AS how, arrayFirst(x -> x.1 <= a.raised_at AND a.raised_at < x.2, l.lives) AS life,
       multiIf(a.person != '', a.person, life.3 != '', life.3, a.device != '', toString(a.device), a.entity) AS who,
       if(life.4 = '', 'unknown', life.4) AS device_type, if(life.5 = '', 'unknown', life.5) AS regi
FROM device_alarms_now AS a
LEFT JOIN
(
    SELECT municipality, device,
           groupArray((installed_at, removed_at, who, toString(device_type), toString(regi))) AS lives
    FROM device_lives GROUP BY municipality, device
) AS l ON l.municipality = a.municipality AND l.device = a.device;

CREATE OR REPLACE VIEW rent_months_now AS
SELECT municipality, l.2 AS unit, l.3 AS device_type, l.4 AS regi, l.1 AS month, sum(l.5) AS rent_kr
FROM (SELECT * FROM rent_months FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`lines.month`, `lines.unit`, `lines.device_type`, `lines.regi`, `lines.kr`) AS l
GROUP BY municipality, unit, device_type, regi, month;
