"""Real municipalities apart from invented ones and foreign data, which may never be mixed on a screen. Pure.

A row speaks of a municipality by its code, or by the address of a screen's page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from apps import wall
from apps.wording import say
from schemas.errors import Misconfigured
from schemas.municipality import municipality

Row = Mapping[str, Any]
OTHER: Final = "99"
"""How codes begin that are no real municipality's."""


def code(row: Row) -> str:
    """The municipality's code, "" where the row speaks of none."""
    return str(row.get("municipality") or str(row.get("page") or "")[1:5])


def named(row: Row) -> str:
    """`0780 Växjö`, `9999 Mittköping · påhittade uppgifter`; the code alone where it is nobody's."""
    try:
        return f"{code(row)} {wall.about(municipality(code(row)))}"
    except Misconfigured:
        return code(row)


def is_real(row: Row) -> bool:
    """Whether it is none of 9900–9999."""
    return not code(row).startswith(OTHER)


def apart(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Rows in groups with their headings, real municipalities first; one without heading if none is named."""
    listed = list(rows)
    if not any(code(row) for row in listed):
        return [("", listed)]
    real, other = [row for row in listed if is_real(row)], [row for row in listed if not is_real(row)]
    groups = [(say("real_towns"), real), (say("other_towns"), other)]
    return [(title, group) for title, group in groups if group]


def counted(rows: Iterable[Row] | None, name: str = "") -> tuple[int | None, int]:
    """The sum of a column over real municipalities and over the others; without a name the number of rows."""
    if rows is None:
        return None, 0
    counts = [(is_real(row), row[name] if name else 1) for row in rows]
    return sum(n for real, n in counts if real), sum(n for real, n in counts if not real)
