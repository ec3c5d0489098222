"""How the hub feels: lag, ages, producers, refused events and flaws. For `./puls status` and the engineer
view.

Plain lists of dicts, newest or worst first; times are aware and in UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from producers.publish import end_offsets
from schemas.settings import Settings
from warehouse.client import Warehouse, connect

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


def refused(warehouse: Warehouse) -> Rows:
    """Refused events by reason and field, with the newest pointer and until when it can be tried again."""
    return warehouse.rows(_REFUSED)


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
    """Alarms that are raised now: since when, and when they were last renewed (changed_at)."""
    return warehouse.rows(_ALARMS)


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

_REFUSED: Final = """
SELECT r.topic AS topic, r.reason AS reason, r.field AS field, count() AS events,
       max(r.refused_at) AS newest_at,
       argMax(r.partition, r.refused_at) AS partition, argMax(r.offset, r.refused_at) AS offset,
       argMax(r.text_sv, r.refused_at) AS text_sv, argMax(r.text_en, r.refused_at) AS text_en,
       max(r.retry_until) AS retry_until
FROM refused AS r FINAL GROUP BY topic, reason, field ORDER BY events DESC
"""

_ALARMS: Final = """
SELECT name, state, text_sv, text_en, changed_at,
       arrayMin(arrayFilter(at -> at > over_at, raised)) AS since
FROM
(
    SELECT a.name AS name, argMax(a.state, a.changed_at) AS state, argMax(a.text_sv, a.changed_at) AS text_sv,
           argMax(a.text_en, a.changed_at) AS text_en, max(a.changed_at) AS changed_at,
           maxIf(a.changed_at, a.state = 'over') AS over_at,
           groupUniqArrayIf(a.changed_at, a.state = 'raised') AS raised
    FROM alarms AS a GROUP BY name HAVING state = 'raised'
)
ORDER BY changed_at DESC
"""
