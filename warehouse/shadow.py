"""A second database beside the hub's: entity tables of its own, the hub's archive and every view over both.

What is folded into it can be compared with the hub's rows, and metrics asked of it, before anything is
switched on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from schemas.settings import Settings
from warehouse.client import Warehouse, connect, create_tables

_OWN: Final = "SELECT name FROM system.tables WHERE database = {database:String} AND engine LIKE '%MergeTree'"


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
        if views:
            create_tables(beside, database)
            _link(beside, settings.database, database, tables)
        else:
            hub.command(f"CREATE DATABASE `{database}`")
        for table in tables:
            how = "CLONE AS" if copied else "AS"
            beside.command(f"CREATE TABLE {table} {how} `{settings.database}`.{table}")
        yield Shadow(database, beside)
    finally:
        hub.command(f"DROP DATABASE IF EXISTS `{database}`")
        beside.close()
        hub.close()


def _link(beside: Warehouse, hub: str, database: str, tables: Collection[str]) -> None:
    """Put the hub's own tables in place of the empty ones; make room for those of the shadow."""
    for row in beside.rows(_OWN, {"database": database}):
        table = row["name"]
        beside.command(f"DROP TABLE {table}")
        if table not in tables:
            beside.command(f"CREATE TABLE {table} AS `{hub}`.{table} ENGINE = Merge('{hub}', '^{table}$')")
