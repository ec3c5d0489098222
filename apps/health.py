"""How the hub feels: lag, ages, producers, refused events and flaws. For `./puls status` and the engineer
view.

Plain lists of dicts, newest or worst first; times are aware and in UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from producers.publish import end_offsets
from schemas.settings import Settings
from warehouse import alarm_kinds, health, reconcile
from warehouse.client import Warehouse, connect
from warehouse.refused import dealt, grouped

Rows = list[dict[str, Any]]


def lag(settings: Settings) -> int:
    """Events that the broker has and that are not folded yet, over all source topics."""
    return sum(partition["behind"] for partition in partitions(connect(settings), settings))


def partitions(warehouse: Warehouse, settings: Settings) -> Rows:
    """Per topic and partition: end, next offset to fold, how many behind, told_until."""
    folded = {
        (row["topic"], row["partition"]): row
        for row in warehouse.rows("SELECT * FROM positions FINAL ORDER BY topic")
    }
    rows: Rows = []
    for (topic, partition), (first, end) in sorted(end_offsets(settings).items()):
        position = folded.get((topic, partition))
        at = max(position["next_offset"], first) if position else first
        rows.append(
            {"topic": topic, "partition": partition, "end": end, "folded": at, "behind": max(0, end - at),
             "told_until": position["told_until"] if position else None,
             "refused": position["refused"] if position else 0}
        )  # fmt: skip
    return rows


def figure_ages(settings: Settings) -> dict[str, float]:
    """Seconds since each metric's newest publication, by `municipality/metric`."""
    now = datetime.now(UTC)
    return {
        f"{row['municipality']}/{row['metric']}": round((now - row["known_at"]).total_seconds(), 1)
        for row in figures(connect(settings))
    }


def figures(warehouse: Warehouse) -> Rows:
    """Newest publication of each metric: when, as of when, and whether it is held."""
    return warehouse.rows(_FIGURES)


def producers(warehouse: Warehouse) -> Rows:
    """Each source with its newest sign of life, what it has told until, and whether it is silent."""
    now = datetime.now(UTC)
    rows = warehouse.rows(_PRODUCERS)
    for row in rows:
        age = (now - row["told_at"]).total_seconds()
        row["age_s"] = age
        row["silent"] = not row["historical"] and age > row["max_age_s"]
    return rows


def refused(warehouse: Warehouse, topic: str = "", reason: str = "") -> Rows:
    """Refused events that are left to work on, by reason and field: newest pointer, retry until, states."""
    return grouped(warehouse, topic, reason)


def flaws(warehouse: Warehouse) -> Rows:
    """Cases per named flaw and municipality."""
    return warehouse.rows(
        "SELECT municipality, flaw, uniqExact(entity) AS cases FROM case_flaws GROUP BY municipality, flaw"
        " ORDER BY cases DESC"
    )


def conflicts(warehouse: Warehouse) -> Rows:
    """Entities of each kind of which a source told two contents as one version, and has not told a later one.

    Every table that keeps flaws is asked, whichever there are: first for the name, then for the newest row.
    """
    tables = [row["name"] for row in warehouse.rows(_FLAWED_TABLES)]
    if not tables:
        return []
    asked = "\nUNION ALL\n".join(_CONFLICTS.format(table=table) for table in tables)
    return warehouse.rows(f"SELECT * FROM ({asked}) ORDER BY entities DESC")


def alarms(warehouse: Warehouse) -> Rows:
    """Alarms that are on: since when, when last renewed (changed_at), who acknowledged them, what to do."""
    rows = warehouse.rows(_ALARMS)
    for row in rows:
        row["to_do_sv"], row["to_do_en"] = alarm_kinds.to_do(row["name"])
    return rows


def ended(warehouse: Warehouse) -> Rows:
    """Alarms that ended within the last two days, newest first: their text, when, and by whom."""
    return warehouse.rows(_ENDED)


def readings(warehouse: Warehouse) -> Rows:
    """H1 to H9: the newest reading of each indicator and part, worst first."""
    return health.kept(warehouse)


def handled(warehouse: Warehouse, topic: str = "", reason: str = "") -> Rows:
    """Refused events that somebody has dealt with, newest first, with what became of them."""
    return dealt(warehouse, topic, reason)


def reconciled(warehouse: Warehouse) -> Rows:
    """Per partition: offsets seen, archived, duplicates and refused since the archive began; difference."""
    return reconcile.sums(warehouse)


def screens(warehouse: Warehouse) -> Rows:
    """Wall screens with their last sign of life and last change of page."""
    return warehouse.rows("SELECT * FROM screens FINAL ORDER BY seen_at DESC LIMIT 200")


_FLAWED_TABLES: Final = """
SELECT DISTINCT c.table AS name FROM system.columns AS c
INNER JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
WHERE c.database = currentDatabase() AND c.name = 'flaws' AND endsWith(t.engine, 'ReplacingMergeTree')
ORDER BY name"""
_CONFLICTS: Final = """
SELECT municipality, kind, count() AS entities FROM
(
    SELECT any(municipality) AS municipality, splitByChar('/', entity)[2] AS kind FROM {table}
    WHERE entity IN (SELECT entity FROM {table} WHERE has(flaws, 'conflicting_versions'))
    GROUP BY entity HAVING has(argMax(flaws, version), 'conflicting_versions')
)
GROUP BY municipality, kind"""
_FIGURES: Final = """
SELECT municipality, metric, audience, known_at, as_of, historical, state, reason FROM publications
WHERE (municipality, audience, metric, run) IN
(
    SELECT municipality, audience, metric, max(run) FROM publications
    GROUP BY municipality, audience, metric
)
ORDER BY known_at
"""

_PRODUCERS: Final = """
SELECT b.municipality AS municipality, b.source AS source, argMax(b.topic, b.told_at) AS topic,
       max(b.told_at) AS told_at, max(b.complete_until) AS complete_until, max(b.historical) AS historical,
       argMax(b.max_age_s, b.told_at) AS max_age_s
FROM producer_beats AS b GROUP BY municipality, source ORDER BY told_at
"""

_ENDED: Final = """
SELECT a.name AS name, argMax(a.state, a.changed_at) AS state, argMax(a.text_sv, a.changed_at) AS text_sv,
       argMax(a.text_en, a.changed_at) AS text_en, argMax(a.role, a.changed_at) AS role,
       max(a.changed_at) AS changed_at
FROM alarms AS a GROUP BY name HAVING state = 'cleared' AND changed_at > now() - INTERVAL 2 DAY
ORDER BY changed_at DESC LIMIT 50
"""

_ALARMS: Final = """
SELECT name, state, text_sv, text_en, changed_at, acknowledged_by,
       arrayMin(arrayFilter(at -> at > cleared_at, raised)) AS since,
       if(acknowledged_at > cleared_at, acknowledged_at, NULL) AS acknowledged_at
FROM
(
    SELECT name, text_sv, text_en, changed_at, cleared_at, acknowledged_at, raised,
           if(acknowledged_at > cleared_at, 'acknowledged', 'raised') AS state,
           if(acknowledged_at > cleared_at, role, '') AS acknowledged_by
    FROM
    (
        SELECT a.name AS name, argMax(a.state, a.changed_at) AS newest,
               argMaxIf(a.text_sv, a.changed_at, a.state = 'raised') AS text_sv,
               argMaxIf(a.text_en, a.changed_at, a.state = 'raised') AS text_en,
               maxIf(a.changed_at, a.state = 'raised') AS changed_at,
               maxIf(a.changed_at, a.state = 'cleared') AS cleared_at,
               maxIf(a.changed_at, a.state = 'acknowledged') AS acknowledged_at,
               argMaxIf(a.role, a.changed_at, a.state = 'acknowledged') AS role,
               groupUniqArrayIf(a.changed_at, a.state = 'raised') AS raised
        FROM alarms AS a GROUP BY name HAVING newest != 'cleared'
    )
)
ORDER BY changed_at DESC
"""
