-- One row per placement, replaced whole. Days are local calendar days; 2299-12-31 means "still".
CREATE TABLE IF NOT EXISTS placements
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    person       String,                             -- pseudonym, '' where nobody is named
    sex          LowCardinality(String),
    age_band     LowCardinality(String),
    law          LowCardinality(String),
    unit         LowCardinality(String),
    care_form    LowCardinality(String),             -- now (last)
    target_group LowCardinality(String),
    tender_area  LowCardinality(String),
    main_cause   LowCardinality(String),             -- at enrolment, frozen
    provider     LowCardinality(String),             -- now (last)
    framework    LowCardinality(String),             -- '' outside all of them
    award_reason LowCardinality(String),             -- '' where none was given
    started_at   Nullable(DateTime64(6, 'UTC')),
    ended_at     Nullable(DateTime64(6, 'UTC')),
    start_on     Nullable(Date32),
    end_on       Nullable(Date32),
    planned_until_on Nullable(Date32),
    end_reason   LowCardinality(String),             -- '' while it lasts, 'unknown' where none was given
    extensions   UInt16,
    `stays.from` Array(DateTime64(6, 'UTC')), `stays.until` Array(DateTime64(6, 'UTC')),
    `stays.provider` Array(String), `stays.care_form` Array(String),
    `moves.at`   Array(DateTime64(6, 'UTC')), `moves.on` Array(Date32),
    `moves.from_provider` Array(String), `moves.to_provider` Array(String),
    `moves.cause` Array(String), `moves.planned` Array(String),
    `spans.from_on` Array(Date32), `spans.until_on` Array(Date32),
    `spans.provider` Array(String), `spans.care_form` Array(String),
    `spans.daily_kr` Array(Nullable(Float64)), `spans.extra_kr` Array(Nullable(Float64)),
    flaws        Array(String),
    events       UInt32
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

CREATE TABLE IF NOT EXISTS contracts
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    placement    String,                             -- the placement's pseudonym
    provider     LowCardinality(String),
    contract_type LowCardinality(String),
    day_rule     LowCardinality(String),
    created_at   Nullable(DateTime64(6, 'UTC')),
    sent_at      Nullable(DateTime64(6, 'UTC')),
    signed_at    Nullable(DateTime64(6, 'UTC')),     -- when the last required party had signed
    from_on      Nullable(Date32),
    until_on     Nullable(Date32),                   -- the day after the last one covered
    ended_at     Nullable(DateTime64(6, 'UTC')),
    end_reason   LowCardinality(String),
    daily_kr     Nullable(Float64),
    required     Array(String),
    `signatures.at` Array(DateTime64(6, 'UTC')), `signatures.party` Array(String),
    `signatures.method` Array(String),
    `reminders.at` Array(DateTime64(6, 'UTC')),
    flaws        Array(String)
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

CREATE TABLE IF NOT EXISTS providers
(
    municipality LowCardinality(String),
    entity       String,                             -- kommunkod/provider/<code>
    version      UInt64,
    void         UInt8,
    care_form    LowCardinality(String),
    located_in   LowCardinality(String),
    registered_at Nullable(DateTime64(6, 'UTC')),
    told_at      Nullable(DateTime64(6, 'UTC')),
    `told.at`    Array(DateTime64(6, 'UTC')),         -- each time that anything was told of it
    `frameworks.agreement` Array(String), `frameworks.tender_area` Array(String),
    `frameworks.from_on` Array(Date32), `frameworks.until_on` Array(Date32),
    `follow_ups.at` Array(DateTime64(6, 'UTC')), `follow_ups.on` Array(Date32),
    `follow_ups.placement` Array(String), `follow_ups.plan_followed` Array(UInt8),
    `follow_ups.difference_made` Array(UInt8), `follow_ups.reporting` Array(UInt8),
    `deficiencies.code` Array(String), `deficiencies.about` Array(String),
    `deficiencies.noted_at` Array(DateTime64(6, 'UTC')), `deficiencies.noted_on` Array(Date32),
    `deficiencies.mended_at` Array(DateTime64(6, 'UTC')), `deficiencies.mended_on` Array(Date32),
    flaws        Array(String)
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity);

CREATE TABLE IF NOT EXISTS requests
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    placement    String,
    provider     LowCardinality(String),
    tender_area  LowCardinality(String),
    care_form    LowCardinality(String),
    sent_at      Nullable(DateTime64(6, 'UTC')),
    answered_at  Nullable(DateTime64(6, 'UTC')),
    answer       LowCardinality(String),
    flaws        Array(String)
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

-- One row per line of an invoice.
CREATE TABLE IF NOT EXISTS invoices
(
    municipality LowCardinality(String),
    entity       String,
    version      UInt64,
    void         UInt8,
    placement    String,
    provider     LowCardinality(String),
    received_at  Nullable(DateTime64(6, 'UTC')),
    from_on      Nullable(Date32),
    until_on     Nullable(Date32),
    days         Float64,
    daily_kr     Float64,
    amount_kr    Float64,
    reviewed_at  Nullable(DateTime64(6, 'UTC')),
    verdict      LowCardinality(String),             -- open, accepted, disputed, credited
    credited_kr  Float64,
    booked_on    Nullable(Date32),
    booked_kr    Nullable(Float64),
    flaws        Array(String)
)
ENGINE = ReplacingMergeTree(version) ORDER BY (municipality, entity)
SETTINGS index_granularity = 1024;

-- The pseudonym alone is what other entities name a placement by; '' for nobody counts each placement as a person.
CREATE OR REPLACE VIEW placements_now AS
SELECT *, splitByChar('/', entity)[3] AS placement, if(person = '', entity, person) AS who
FROM placements FINAL WHERE void = 0;

CREATE OR REPLACE VIEW contracts_now AS
SELECT * FROM contracts FINAL WHERE void = 0 AND created_at IS NOT NULL;

CREATE OR REPLACE VIEW providers_now AS
SELECT *, splitByChar('/', entity)[3] AS provider FROM providers FINAL WHERE void = 0;

CREATE OR REPLACE VIEW requests_now AS
SELECT * FROM requests FINAL WHERE void = 0 AND sent_at IS NOT NULL;

CREATE OR REPLACE VIEW invoices_now AS
SELECT * FROM invoices FINAL WHERE void = 0 AND received_at IS NOT NULL;

-- Every placement that truly started, with the day rule of its first contract ("start in, end out" where none says).
CREATE OR REPLACE VIEW placement_stays AS
SELECT p.municipality AS municipality, p.entity AS entity, p.placement AS placement, p.who AS who, p.person AS person,
       p.sex AS sex, p.age_band AS age_band, p.law AS law, p.unit AS unit, p.care_form AS care_form,
       p.target_group AS target_group, p.tender_area AS tender_area, p.main_cause AS main_cause,
       p.provider AS provider, p.framework AS framework, p.award_reason AS award_reason,
       p.`stays.care_form`[1] AS first_care_form, p.`stays.provider`[1] AS first_provider,
       assumeNotNull(p.started_at) AS started_at,
       ifNull(p.ended_at, toDateTime64('2299-12-31 00:00:00', 6, 'UTC')) AS ended_at,
       assumeNotNull(p.start_on) AS start_on, ifNull(p.end_on, toDate32('2299-12-31')) AS end_on,
       p.planned_until_on AS planned_until_on, p.end_reason AS end_reason, p.extensions AS extensions,
       arrayZip(p.`spans.from_on`, p.`spans.until_on`, p.`spans.provider`, p.`spans.care_form`, p.`spans.daily_kr`,
                p.`spans.extra_kr`) AS spans,
       if(c.day_rule = '', 'start_in_end_out', c.day_rule) AS day_rule
FROM placements_now AS p
LEFT JOIN
(
    SELECT municipality, placement, toString(argMin(day_rule, (from_on, created_at, entity))) AS day_rule
    FROM contracts_now GROUP BY municipality, placement
) AS c ON c.municipality = p.municipality AND c.placement = p.placement
WHERE p.started_at IS NOT NULL AND p.start_on IS NOT NULL;

-- Its days, cut by provider, form of care and price: half-open under "start in, end out". is_first, is_last: of the
-- placement, which other day rules move; [first_day, day_after) are its care days by its own rule; is_open: no end
-- yet, day_after is then 2299-12-31 and a figure counts until the day that it is told for.
CREATE OR REPLACE VIEW placement_spans AS
SELECT s.municipality AS municipality, s.entity AS entity, s.placement AS placement, s.who AS who, s.sex AS sex,
       s.age_band AS age_band, s.law AS law, s.unit AS unit, x.4 AS care_form, s.target_group AS target_group,
       s.tender_area AS tender_area, s.main_cause AS main_cause, x.3 AS provider, s.framework AS framework,
       s.award_reason AS award_reason, s.day_rule AS day_rule, s.start_on AS start_on, s.end_on AS end_on,
       x.1 AS from_on, x.2 AS until_on, x.5 AS daily_kr, x.6 AS extra_kr,
       x.1 = s.start_on AS is_first, k = length(s.spans) AS is_last,
       s.end_on >= toDate32('2299-12-31') AND x.2 = s.end_on AS is_open,
       x.1 + (x.1 = s.start_on AND s.day_rule = 'start_out_end_in') AS first_day,
       if(is_open, x.2, x.2 + (is_last AND s.day_rule != 'start_in_end_out')) AS day_after
FROM placement_stays AS s
ARRAY JOIN s.spans AS x, arrayEnumerate(s.spans) AS k;

-- Each move; care_form is the one that the person leaves. is_placed: of a placement that truly started, else a move that
-- is told of alone.
CREATE OR REPLACE VIEW placement_moves AS
SELECT municipality, entity, placement, who, sex, age_band, unit, m.7 AS care_form, target_group, tender_area, main_cause,
       m.1 AS at, m.2 AS on_day, m.3 AS from_provider, m.4 AS to_provider, m.5 AS cause, m.6 AS planned,
       started_at IS NOT NULL AS is_placed
FROM
(
    -- moves before the start left no stay, so the last stays and moves belong together
    SELECT *, toInt32(length(`moves.at`)) - toInt32(length(`stays.from`)) + 1 AS early,
           arrayMap(k -> if(k > early AND started_at IS NOT NULL, `stays.care_form`[k - early], toString(care_form)),
                    arrayEnumerate(`moves.at`)) AS left
    FROM placements_now
)
ARRAY JOIN arrayZip(`moves.at`, `moves.on`, `moves.from_provider`, `moves.to_provider`, `moves.cause`,
                    `moves.planned`, left) AS m;

CREATE OR REPLACE VIEW provider_follow_ups AS
SELECT municipality, provider, care_form, f.1 AS at, f.2 AS on_day, f.3 AS placement, f.4 AS plan_followed,
       f.5 AS difference_made, f.6 AS reporting
FROM (SELECT * FROM providers_now)
ARRAY JOIN arrayZip(`follow_ups.at`, `follow_ups.on`, `follow_ups.placement`, `follow_ups.plan_followed`,
                    `follow_ups.difference_made`, `follow_ups.reporting`) AS f;

CREATE OR REPLACE VIEW provider_deficiencies AS
SELECT municipality, provider, care_form, d.1 AS code, d.2 AS about, d.3 AS noted_at, d.4 AS noted_on,
       d.5 AS mended_at, d.6 AS mended_on
FROM (SELECT * FROM providers_now)
ARRAY JOIN arrayZip(`deficiencies.code`, `deficiencies.about`, `deficiencies.noted_at`, `deficiencies.noted_on`,
                    `deficiencies.mended_at`, `deficiencies.mended_on`) AS d;

CREATE OR REPLACE VIEW provider_frameworks AS
SELECT municipality, provider, f.1 AS agreement, f.2 AS tender_area, f.3 AS from_on, f.4 AS until_on
FROM (SELECT * FROM providers_now)
ARRAY JOIN arrayZip(`frameworks.agreement`, `frameworks.tender_area`, `frameworks.from_on`,
                    `frameworks.until_on`) AS f;

-- With whom a person was placed when: one row per stay with one provider, half-open instants.
CREATE OR REPLACE VIEW placement_at AS
SELECT s.municipality AS municipality, s.entity AS entity, s.placement AS placement, s.who AS who, s.sex AS sex,
       s.age_band AS age_band, s.law AS law, s.unit AS unit, x.4 AS care_form, s.target_group AS target_group,
       s.tender_area AS tender_area, s.main_cause AS main_cause, x.3 AS provider, v.located_in AS located_in,
       s.framework AS framework, x.1 AS `from`, x.2 AS `until`
FROM
(
    SELECT *, arrayZip(`stays.from`, `stays.until`, `stays.provider`, `stays.care_form`) AS stays
    FROM placements_now WHERE started_at IS NOT NULL
) AS s
ARRAY JOIN s.stays AS x
LEFT JOIN providers_now AS v ON v.municipality = s.municipality AND v.provider = x.3;
