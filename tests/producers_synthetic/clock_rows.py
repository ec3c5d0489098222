"""Every time that the law sets, by the answer key and by the hub, in one form that can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from random import Random

from producers.synthetic.clock_known import Clocked
from schemas.envelope import Event
from streams.clocked import columns_of
from streams.clocks import ClockRow
from streams.folds.days import STILL
from streams.history import History, micros
from streams.kinds import BY_NAME

Row = tuple[str, ...]


def of_key(found: Iterable[Clocked]) -> Counter[Row]:
    """As the answer key knows them."""
    return Counter(
        (it.entity, it.clock, it.wording.isoformat(), it.unit, it.about, it.reason,
         *map(_text, (it.started, it.law, it.shifted, it.due, it.extended, it.stopped, it.ended)))
        for it in found
    )  # fmt: skip


def of_hub(events: Iterable[Event], kind: str) -> tuple[Counter[Row], Counter[str]]:
    """As the hub's engine runs them from events that are told twice and in any order; and flaws by entity."""
    told = [event for event in events if event.subject.split("/")[1] == kind] * 2
    Random(1).shuffle(told)
    histories: dict[str, History] = {}
    for event in told:
        histories.setdefault(event.subject, History([])).hear(event, micros(event.recordedtime))
    rows: Counter[Row] = Counter()
    flaws: Counter[str] = Counter()
    for entity, history in histories.items():
        facts = history.living()[0]
        if facts:
            columns, odd = columns_of("9999", facts, BY_NAME[kind].fold(facts))
            flaws.update(odd)
            rows.update(_rows(entity, columns))
    return rows, flaws


def _rows(entity: str, columns: list[list[object]]) -> Iterator[Row]:
    for values in zip(*columns, strict=True):
        row = ClockRow(*values)
        yield (entity, *row[:5], *("" if at == STILL else str(at) for at in row[5:]))


def differences(told: Counter[Row], wanted: Counter[Row]) -> list[str]:
    """Rows of one that the other has not."""
    only_told = [f"hub: {row}" for row in (told - wanted)]
    return sorted(only_told + [f"key: {row}" for row in (wanted - told)])


def _text(at: datetime | None) -> str:
    return "" if at is None else str(micros(at))
