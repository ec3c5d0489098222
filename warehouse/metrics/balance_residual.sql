/*
id = "C1r"
kind = "instant"
title_sv = "Avvikelse i ärendebalansen"
title_en = "Residual of the caseload balance"
definition = "Ärendebalansen räknad på ett andra sätt, som löpande summa över arkivets händelser, minus balansen räknad ur ärendenas tidsavsnitt. Ska vara 0."
unit = "ärenden"
decimals = 0
direction = "none"
measure = "count"
dimensions = []
periods = ["now"]
audience = "public"
owner = "Verksamhetscontroller"
user = "Handläggare, dataingenjör"
decision = "Lita på balansen, eller stoppa den"
replaces = "Ingen tidigare uppgift"
law = "Egen definition C1"
manual_input = "none"
needs = ["cases"]
max_age_s = 900
min_coverage = 0.99
version = 1
beat_s = 300
checks = [
    { rule = "is_zero", grade = "warn" },
]

[[publish]]
by = []
period = "now"
*/
WITH stood AS
(
    SELECT entity, id, argMax(tuple(retracted, type, occurred_at, body, recorded_at), tuple(told, -toInt128(content_hash))) AS fact,
           min(recorded_at) AS first_recorded
    FROM
    (
        SELECT e.entity AS entity, e.id AS id, e.retracted AS retracted, e.type AS type, e.occurred_at AS occurred_at,
               e.body AS body, e.recorded_at AS recorded_at, e.content_hash AS content_hash,
               greatest(e.recorded_at, c.recorded_at) AS told
        FROM (SELECT * FROM events FINAL WHERE topic = 'cases' AND municipality = {municipality:String}
              AND splitByChar('/', entity)[2] = 'case') AS e
        LEFT JOIN (SELECT * FROM confirmations FINAL) AS c
               ON c.entity = e.entity AND c.id = e.id AND c.content_hash = e.content_hash
    )
    GROUP BY entity, id
),
steps AS
(
    SELECT entity, fact.3 AS at,
           splitByChar('.', fact.2)[4] AS what,
           multiIf(what = 'closed' OR (what = 'preliminary-assessed' AND JSONExtractString(fact.4, 'data', 'outcome') != 'investigate'), 'close',
                   what IN ('report-received', 'application-received', 'registered', 'investigation-opened', 'reopened'), 'open',
                   'other') AS turn,
           multiIf(turn = 'open' AND what NOT IN ('investigation-opened', 'reopened'), 0, what = 'closed', 9, 5) AS rank,
           row_number() OVER (PARTITION BY entity ORDER BY at, JSONExtractUInt(fact.4, 'sequence'), first_recorded, rank, toString(id)) AS place
    FROM stood WHERE fact.1 = 0
),
states AS
(
    SELECT entity, at, place, turn,
           countIf(what != 'closed') OVER before AS opened_before, what = 'closed' AS closes,
           argMaxIf(turn, place, turn != 'other') OVER before AS last_turn
    FROM steps
    WINDOW before AS (PARTITION BY entity ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
moves AS
(
    SELECT entity, at, turn,
           opened_before > 0 AND last_turn != 'close' AS was_open,
           multiIf(turn = 'open', 1, turn = 'close', 0, opened_before = 0, 1, was_open) AS is_open,
           closes AND opened_before = 0 AS impossible
    FROM states
),
sums AS
(
    SELECT i.at AS at, sumIf(toInt64(m.is_open) - toInt64(m.was_open), m.at <= i.at) AS balance
    FROM moves AS m CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE m.entity NOT IN (SELECT entity FROM moves WHERE impossible)
    GROUP BY i.at
),
spells AS
(
    SELECT i.at AS at, countIf(s.`from` <= i.at AND i.at < s.`until`) AS balance
    FROM case_spells AS s CROSS JOIN (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS i
    WHERE s.municipality = {municipality:String}
    GROUP BY i.at
)
SELECT k.at AS at, toInt64(a.balance) - toInt64(s.balance) AS value, toUInt64(0) AS n
FROM (SELECT arrayJoin({at:Array(DateTime64(6, 'UTC'))}) AS at) AS k
LEFT JOIN sums AS a ON a.at = k.at
LEFT JOIN spells AS s ON s.at = k.at
