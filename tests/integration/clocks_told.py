"""Every time that the law sets as the warehouse's view `clocks` tells it, beside the answer key's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from producers.synthetic.clock_known import Clocked
from streams.folds.days import STILL
from streams.history import micros
from warehouse.client import Warehouse

_TIMES: Final = ("started_at", "law_at", "shifted_at", "due_at", "extended_at", "stopped_at", "ended_at")
_TEXTS: Final = ("entity", "clock", "rule", "unit", "about", "reason", "case_type", "law", "sex", "age_band")
_ASKED: Final = (
    f"SELECT {', '.join(_TEXTS)}, {', '.join(f'toUnixTimestamp64Micro({name}) AS {name}' for name in _TIMES)}"
    " FROM clocks WHERE municipality = '9999'"
)
Row = tuple[str, ...]


def differences(warehouse: Warehouse, *wanted: Iterable[Clocked]) -> list[str]:
    """Rows that only the hub or only the answer key has, whole, in rising order."""
    told = Counter(
        (*(str(row[name]) for name in _TEXTS), *(_told(int(row[name])) for name in _TIMES))
        for row in warehouse.rows(_ASKED)
    )
    known = Counter(_row(it) for part in wanted for it in part)
    return sorted([f"hub: {row}" for row in told - known] + [f"key: {row}" for row in known - told])


def _row(it: Clocked) -> Row:
    times = (it.started, it.law, it.shifted, it.due, it.extended, it.stopped, it.ended)
    return (it.entity, it.clock, it.wording.isoformat(), it.unit, it.about, it.reason, it.matter, it.act,
            it.sex, it.age_band, *map(_known, times))  # fmt: skip


def _known(at: datetime | None) -> str:
    return "" if at is None else str(micros(at))


def _told(at: int) -> str:
    return "" if at == STILL else str(at)
