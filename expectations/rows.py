"""What the hub promises of the rows of every kind of entity: all of the archive, and each once.

Entities are told apart by their hash and counted in at most so many parts, so that five million visits are
judged by a bounded answer; below that nearly every entity is a part of its own.
"""

from __future__ import annotations

from typing import Final

from expectations.library import Expectation
from expectations.suite import Suite, none, zero

PARTS: Final = 65_536


def of_rows(code: str, topic: str, kind: str, table: str, what: str) -> Suite:
    """The suite over one kind of entity. what: its Swedish name, after "varje"."""
    asked = {"topic": topic, "prefix": f"{code}/{kind}/", "parts": PARTS}
    return Suite(f"{kind}_rows", _ROWS.format(table=table), asked, _promised(kind, what))


def _promised(kind: str, what: str) -> list[Expectation]:
    return [
        zero(f"{kind}_built_on_all_events", "versions_apart",
             f"Varje {what} bygger på alla händelser som arkivet har, och inga andra."),
        none(f"{kind}_told_has_a_row", "without_row", f"Varje {what} som arkivet känner till har en rad."),
        none(f"{kind}_has_one_row", "other_rows", f"Varje {what} finns bara en gång."),
    ]  # fmt: skip


_ROWS: Final = """
SELECT countIf(archived != versions) AS versions_apart, countIf(found = 0) AS without_row,
       sum(greatest(toInt64(living) - 1, 0)) AS other_rows
FROM
(
    SELECT key, sum(of_archive) AS archived, max(version) AS versions, sum(of_table) AS found,
           sum(is_living) AS living
    FROM
    (
        SELECT sipHash64(entity) AS key, 1 AS of_archive, toUInt64(0) AS version, 0 AS of_table,
               0 AS is_living
        FROM events FINAL WHERE topic = {{topic:String}} AND startsWith(entity, {{prefix:String}})
        UNION ALL
        SELECT sipHash64(entity) AS key, 0 AS of_archive, version % 1099511627776 AS version, 1 AS of_table,
               void = 0 AS is_living
        FROM {table} FINAL WHERE startsWith(entity, {{prefix:String}})
    )
    GROUP BY key
)
GROUP BY key % {{parts:UInt64}}
"""
