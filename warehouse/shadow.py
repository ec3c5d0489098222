"""A second database beside the hub's: entity tables of its own, the hub's archive and every view over both.

What is folded into it can be compared with the hub's rows, and metrics asked of it, before anything is
switched on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from schemas.settings import Settings
from warehouse.client import TABLES, Warehouse, connect, statements

_OTHERS: Final = """
SELECT name FROM system.tables
WHERE database = {hub:String} AND engine LIKE '%MergeTree'
  AND name NOT IN (SELECT name FROM system.tables WHERE database = currentDatabase())"""
_VIEW: Final = re.compile(r"^CREATE (OR REPLACE )?VIEW ", re.MULTILINE)


@dataclass(frozen=True)
class Shadow:
    """A shadow's database, and a client of it."""

    database: str
    warehouse: Warehouse


@contextmanager
def shadow(
    settings: Settings, name: str, tables: Collection[str], *, copied: bool = False, views: bool = True
) -> Iterator[Shadow]:
    """A shadow of the hub, dropped afterwards; one that was left behind is made anew.

    tables: the entity tables, empty; or, copied, with the rows that the hub's have now: the store links its
    files, so that this takes no time and no room. All other tables are the hub's own; without views none of
    them is there.
    """
    database = f"{settings.database}__{name}"
    hub = connect(settings)
    beside = connect(replace(settings, database=database))
    try:
        hub.command(f"DROP DATABASE IF EXISTS `{database}`")
        hub.command(f"CREATE DATABASE `{database}`")
        _make_tables(beside, settings.database, tables, copied)
        if views:
            _make_views(beside, settings.database)
        yield Shadow(database, beside)
    finally:
        hub.command(f"DROP DATABASE IF EXISTS `{database}`")
        beside.close()
        hub.close()


def _make_tables(beside: Warehouse, hub: str, tables: Collection[str], copied: bool) -> None:
    for table in tables:
        beside.command(f"CREATE TABLE {table} {'CLONE AS' if copied else 'AS'} `{hub}`.{table}")


def _make_views(beside: Warehouse, hub: str) -> None:
    """The hub's other tables as they are, and every view by its own text, in the order of the files."""
    for row in beside.rows(_OTHERS, {"hub": hub}):
        table = row["name"]
        beside.command(f"CREATE TABLE {table} AS `{hub}`.{table} ENGINE = Merge('{hub}', '^{table}$')")
    for file in sorted(TABLES.glob("*.sql")):
        for sql in statements(file.read_text()):
            if _VIEW.search(sql):
                beside.command(sql)
