-- Hours: grants, visits, reports, staff, assistance and its money. One row per entity, replaced whole. Days are local
-- calendar days, half-open; 2299-12-31 means "still". `who` in the views is the person, else the assistance case, else the
-- entity itself.
CREATE TABLE IF NOT EXISTS grants
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    person       String,                             -- pseudonym, '' where nobody is named
    sex          LowCardinality(String),
    age_band     LowCardinality(String),
    law          LowCardinality(String),
    end_on       Nullable(Date32),                   -- first day without
    end_reason   LowCardinality(String),             -- '' while it lasts
    `steps.from_on` Array(Date32), `steps.until_on` Array(Date32), `steps.hours` Array(Float64),
    `steps.per`  Array(LowCardinality(String)), `steps.decided_on` Array(Date32),
    `steps.unit` Array(LowCardinality(String)), `steps.service` Array(LowCardinality(String)),
    `steps.regi` Array(LowCardinality(String)),
    `decisions.on` Array(Date32), `decisions.from_on` Array(Date32),
    `schedules.on` Array(Date32),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

-- A visit, or a shift of personal assistance. Where both are told, what was performed, else what was planned. Sorted by
-- day, so that figures of a day or a month read nothing else: a question about [since, until) of local days names
-- `day BETWEEN since - 2 AND until` (a visit lasts 24 hours at most, a zone is 14 hours from UTC at most).
CREATE TABLE IF NOT EXISTS visits
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    day          Date32,                             -- UTC day that it starts or was to start; 1970-01-01: neither
    person       LowCardinality(String),
    sex          LowCardinality(String),
    age_band     LowCardinality(String),
    unit         LowCardinality(String),
    service      LowCardinality(String),
    purpose      LowCardinality(String),
    kind         LowCardinality(String),             -- what the time was used for
    regi         LowCardinality(String),
    channel      LowCardinality(String),
    assistance   LowCardinality(String),             -- pseudonym of the assistance case, '' for none
    plan_start_at Nullable(DateTime64(6, 'UTC')),
    plan_stop_at Nullable(DateTime64(6, 'UTC')),
    plan_staff   UInt8,
    start_at     Nullable(DateTime64(6, 'UTC')),
    stop_at      Nullable(DateTime64(6, 'UTC')),
    counted      UInt8,                              -- has hours that can be
    net_s        Float64,                            -- per member of staff, at most stop - start
    double_s     Float64,                            -- of net_s, with two or more
    staff_count  UInt8,
    staff        Array(LowCardinality(String)),      -- pseudonyms, for continuity alone
    cancelled    UInt8,                              -- and not performed
    cancel_reason LowCardinality(String),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, day, entity);

CREATE TABLE IF NOT EXISTS hours_reports
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    person       String,
    sex          LowCardinality(String),
    age_band     LowCardinality(String),
    unit         LowCardinality(String),
    service      LowCardinality(String),
    regi         LowCardinality(String),
    assistance   String,
    from_on      Nullable(Date32),
    until_on     Nullable(Date32),
    hours        Float64,                            -- of one member of staff
    double_hours Float64,                            -- of them, with two
    persons      Nullable(UInt32),                   -- that they were for, where nobody is named; null: not told
    counted      UInt8,
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

-- The staff of one role in one unit on one local day, all together.
CREATE TABLE IF NOT EXISTS staff_days
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    unit         LowCardinality(String),
    role         LowCardinality(String),
    regi         LowCardinality(String),
    on_day       Nullable(Date32),
    scheduled_h  Nullable(Float64),                  -- null: no schedule was told
    scheduled_persons Nullable(UInt32),
    sick_short_h Float64,                            -- spells of at most 14 days
    sick_long_h  Float64,
    sick_unknown_h Float64,
    sick_persons Nullable(UInt32),                   -- null: hours were told without persons
    overtime_h   Float64,
    external_h   Float64,
    `worked.used_for` Array(LowCardinality(String)), `worked.qualified` Array(LowCardinality(String)),
    `worked.hours` Array(Float64),
    `temps.temp` Array(String), `temps.assistance` Array(String), `temps.hours` Array(Float64),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

CREATE TABLE IF NOT EXISTS assistances
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    person       String,
    sex          LowCardinality(String),
    age_band     LowCardinality(String),
    end_on       Nullable(Date32),                   -- first day without
    end_reason   LowCardinality(String),
    `periods.from_on` Array(Date32), `periods.until_on` Array(Date32),
    `periods.hours` Array(Float64),                  -- of the days that still hold
    `periods.decided_hours` Array(Float64), `periods.decided_until_on` Array(Date32),
    `periods.decided_on` Array(Date32), `periods.decided_at` Array(DateTime64(6, 'UTC')),
    `periods.unit` Array(LowCardinality(String)), `periods.regi` Array(LowCardinality(String)),
    `periods.payer` Array(LowCardinality(String)),
    `decisions.on` Array(Date32), `decisions.from_on` Array(Date32), `decisions.hours_a_day` Array(Float64),
    `schedules.on` Array(Date32),
    `rates.from_on` Array(Date32), `rates.rate_kr` Array(Float64),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

-- The money of one month of a case ('' is the whole unit). Null: nobody told.
CREATE TABLE IF NOT EXISTS account_months
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    assistance   String,
    unit         LowCardinality(String),
    service      LowCardinality(String),
    regi         LowCardinality(String),
    month        Nullable(Date32),
    claimed_at   Nullable(DateTime64(6, 'UTC')),     -- first
    claimed_h    Nullable(Float64),
    claimed_kr   Nullable(Float64),
    paid_kr      Nullable(Float64),
    cost_kr      Nullable(Float64),                  -- that the unit head can influence
    overhead_kr  Nullable(Float64),
    revenue_kr   Nullable(Float64),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

-- What an hour of assistance gives, with its steps over time.
CREATE TABLE IF NOT EXISTS hourly_rates
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    `steps.from_on` Array(Date32), `steps.rate_kr` Array(Float64), `steps.most_raised` Array(Float64),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

-- What an hour, a visit or a month of a service costs, with its steps over time. regi 'unknown' is both.
CREATE TABLE IF NOT EXISTS unit_prices
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    service      LowCardinality(String),
    regi         LowCardinality(String),
    per          LowCardinality(String),
    `steps.from_on` Array(Date32), `steps.price_kr` Array(Float64),
    flaws        Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

-- Units that tell of their staff's hours and have never had a case: they have no part in figures of cases.
CREATE OR REPLACE VIEW care_units AS
SELECT DISTINCT municipality, unit FROM staff_days
WHERE void = 0 AND (municipality, unit) NOT IN
(
    SELECT municipality, arrayJoin(`spells.unit`) FROM cases FINAL
    WHERE void = 0 AND municipality IN (SELECT municipality FROM staff_days)
);

-- One row per stretch of days with one rate. `grant` is the pseudonym alone; '' for nobody counts each as a person.
CREATE OR REPLACE VIEW grant_steps AS
SELECT municipality, entity, splitByChar('/', entity)[3] AS grant, if(person = '', entity, person) AS who, person, sex,
       age_band, law, s.6 AS unit, s.7 AS service, s.8 AS regi, s.1 AS from_on, s.2 AS until_on, s.3 AS hours, s.4 AS per,
       s.5 AS decided_on, end_on, end_reason
FROM (SELECT * FROM grants FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`steps.from_on`, `steps.until_on`, `steps.hours`, `steps.per`, `steps.decided_on`, `steps.unit`,
                    `steps.service`, `steps.regi`) AS s;

-- Performed visits with hours that can be. A person's visits may lie over each other: persontimmar are net_s * staff_count
-- (plus double_s where staff_count is 1), brukartimmar are those of `visit_hours`.
CREATE OR REPLACE VIEW visit_times AS
SELECT municipality, entity, splitByChar('/', entity)[3] AS visit,
       multiIf(person != '', toString(person), assistance != '', toString(assistance), entity) AS who, person, sex, age_band,
       unit, service, purpose, kind, regi, channel, assistance, staff_count, staff, day, assumeNotNull(start_at) AS start_at,
       assumeNotNull(stop_at) AS stop_at,
       (toUnixTimestamp64Micro(stop_at) - toUnixTimestamp64Micro(start_at)) / 1e6 AS gross_s, net_s, double_s
FROM visits FINAL WHERE void = 0 AND counted = 1;

-- Those that were planned, also where they were performed or cancelled. A plan lies at most 30 days from what was performed:
-- planned in [since, until) of local days is `day BETWEEN since - 32 AND until + 31`.
CREATE OR REPLACE VIEW visits_planned AS
SELECT municipality, entity,
       multiIf(person != '', toString(person), assistance != '', toString(assistance), entity) AS who, person, unit, service,
       purpose, regi, channel, plan_staff AS staff_count, day, assumeNotNull(plan_start_at) AS plan_start_at,
       assumeNotNull(plan_stop_at) AS plan_stop_at, cancelled, cancel_reason, start_at IS NOT NULL AS performed,
       stop_at IS NOT NULL AS has_stop, assistance
FROM visits AS v FINAL WHERE void = 0 AND v.plan_start_at IS NOT NULL;

CREATE OR REPLACE VIEW hours_reports_now AS
SELECT municipality, entity, multiIf(person != '', person, assistance != '', assistance, entity) AS who, person, sex,
       age_band, unit, service, regi, assistance,
       assumeNotNull(from_on) AS from_on, assumeNotNull(until_on) AS until_on, hours, double_hours, persons
FROM hours_reports FINAL WHERE void = 0 AND counted = 1;

CREATE OR REPLACE VIEW staff_days_now AS
SELECT municipality, entity, unit, role, regi, assumeNotNull(on_day) AS on_day, scheduled_h, scheduled_persons, sick_short_h,
       sick_long_h, sick_unknown_h, sick_persons, overtime_h, external_h, `worked.used_for`, `worked.qualified`, `worked.hours`,
       `temps.temp`, `temps.assistance`, `temps.hours`
FROM staff_days FINAL WHERE void = 0;

CREATE OR REPLACE VIEW staff_worked AS
SELECT municipality, unit, role, regi, on_day, w.1 AS used_for, w.2 AS qualified, w.3 AS hours
FROM (SELECT * FROM staff_days_now)
ARRAY JOIN arrayZip(`worked.used_for`, `worked.qualified`, `worked.hours`) AS w;

CREATE OR REPLACE VIEW staff_temps AS
SELECT municipality, unit, role, regi, on_day, t.1 AS temp, t.2 AS assistance, t.3 AS hours
FROM (SELECT * FROM staff_days_now)
ARRAY JOIN arrayZip(`temps.temp`, `temps.assistance`, `temps.hours`) AS t;

-- Decided periods as they hold: none over another, none after the end of the case (ended_on, null while it lasts).
CREATE OR REPLACE VIEW assistance_periods AS
SELECT municipality, entity, splitByChar('/', entity)[3] AS assistance, if(person = '', assistance, person) AS who, person, sex,
       age_band, p.8 AS unit, p.9 AS regi, p.10 AS payer, p.1 AS from_on, p.2 AS until_on, p.3 AS hours, p.6 AS decided_on,
       p.7 AS decided_at, p.4 AS decided_hours, p.5 AS decided_until_on, end_on AS ended_on, end_reason,
       `rates.from_on` AS rates_from_on, `rates.rate_kr` AS rates_kr
FROM (SELECT * FROM assistances FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`periods.from_on`, `periods.until_on`, `periods.hours`, `periods.decided_hours`,
                    `periods.decided_until_on`, `periods.decided_on`, `periods.decided_at`, `periods.unit`, `periods.regi`,
                    `periods.payer`) AS p;

CREATE OR REPLACE VIEW assistance_rates AS
SELECT municipality, splitByChar('/', entity)[3] AS assistance, r.1 AS from_on, r.2 AS until_on, r.3 AS rate_kr
FROM (SELECT * FROM assistances FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`rates.from_on`, arrayPopFront(arrayPushBack(`rates.from_on`, toDate32('2299-12-31'))),
                    `rates.rate_kr`) AS r;

-- Each decision after a case's first, and the first change of schedule on or after its day. Null while there is none, and where
-- the schedule was changed after the hours began but before they were decided: then nothing tells which change was the answer
-- (early_on: the last of those).
-- is_changed: the hours a day differ by more than two per cent from those decided before.
CREATE OR REPLACE VIEW assistance_changes AS
SELECT municipality, assistance, unit, regi, d.1 AS decided_on, d.2 AS from_on, d.3 AS hours_a_day,
       before.3 AS hours_a_day_before, abs(hours_a_day - hours_a_day_before) > 0.02 * hours_a_day_before AS is_changed,
       arrayLastOrNull(x -> x >= from_on AND x < decided_on, changes) AS early_on,
       if(early_on IS NULL, arrayFirstOrNull(x -> x >= decided_on, changes), NULL) AS schedule_on
FROM
(
    SELECT municipality, splitByChar('/', entity)[3] AS assistance, `periods.unit`[-1] AS unit, `periods.regi`[-1] AS regi,
           arrayZip(`decisions.on`, `decisions.from_on`, `decisions.hours_a_day`) AS decisions, `schedules.on` AS changes
    FROM assistances FINAL WHERE void = 0
)
ARRAY JOIN arrayPopFront(decisions) AS d, arrayPopBack(decisions) AS before;

CREATE OR REPLACE VIEW account_months_now AS
SELECT municipality, entity, assistance, unit, service, regi, assumeNotNull(month) AS month, claimed_at, claimed_h, claimed_kr,
       paid_kr, cost_kr, overhead_kr, revenue_kr
FROM account_months FINAL WHERE void = 0;

CREATE OR REPLACE VIEW hourly_rate_steps AS
SELECT municipality, s.1 AS from_on, s.2 AS until_on, s.3 AS rate_kr, s.4 AS most_raised
FROM (SELECT * FROM hourly_rates FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`steps.from_on`, arrayPushBack(arrayPopFront(`steps.from_on`), toDate32('2299-12-31')),
                    `steps.rate_kr`, `steps.most_raised`) AS s;

CREATE OR REPLACE VIEW unit_price_steps AS
SELECT municipality, service, regi, per, s.1 AS from_on, s.2 AS until_on, s.3 AS price_kr
FROM (SELECT * FROM unit_prices FINAL WHERE void = 0)
ARRAY JOIN arrayZip(`steps.from_on`, arrayPushBack(arrayPopFront(`steps.from_on`), toDate32('2299-12-31')),
                    `steps.price_kr`) AS s;
