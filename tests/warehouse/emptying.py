"""Databases of the hub's tables that are used again: each test finds them empty."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from schemas.settings import Settings
from warehouse.client import connect, create_tables


class Databases:
    """Those that nobody uses now; as many as were ever used at once."""

    def __init__(self, address: str, home: Path) -> None:
        self._address, self._home = address, home
        self._free: list[EmptyTables] = []

    @contextmanager
    def taken(self) -> Iterator[Settings]:
        """One of them, emptied when it is given back."""
        tables = self._free.pop() if self._free else EmptyTables(self._address, self._home)
        yield tables.settings
        tables.empty()
        self._free.append(tables)

    def close(self) -> None:
        """Drop those that nobody uses."""
        for tables in self._free:
            tables.close()


_FOUND: Final = "SELECT name, total_rows FROM system.tables WHERE database = currentDatabase()"


class EmptyTables:
    """The hub's tables and views, emptied between tests and made anew where a test took one away."""

    def __init__(self, address: str, home: Path) -> None:
        self.settings = Settings(home=home, warehouse=address, database=f"test_{uuid.uuid4().hex[:12]}")
        self._client = connect(self.settings)
        self._make()

    def empty(self) -> None:
        """Take away every row, and what a test made for itself."""
        found = {row["name"]: row["total_rows"] for row in self._client.rows(_FOUND)}
        if self._names - found.keys():
            self._drop()
            self._make()
            return
        for name, rows in found.items():
            if name not in self._names:
                self._client.command(f"DROP TABLE `{name}`")
            elif rows:
                self._client.command(f"TRUNCATE TABLE `{name}`")

    def close(self) -> None:
        """Drop the database."""
        self._drop()
        self._client.close()

    def _make(self) -> None:
        create_tables(self._client, self.settings.database)
        self._names = {row["name"] for row in self._client.rows(_FOUND)}

    def _drop(self) -> None:
        self._client._client.command(f"DROP DATABASE IF EXISTS {self.settings.database}", use_database=False)
