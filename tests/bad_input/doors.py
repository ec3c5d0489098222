"""The fixtures at their doors: what each comes to, found the product's own ways."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import openpyxl

from producers.listing import worked_out
from producers.produce import produce
from producers.run import Made, Refused
from producers.share import Order, Report, outcomes
from producers.source import load
from schemas.envelope import Event
from schemas.errors import BadEvent
from schemas.settings import Settings
from streams.batch import Message as Heard
from streams.history import History, micros
from streams.kinds import kind_of
from streams.rows import fold_row
from tests.bad_input.fixtures import CODE, File, Fixture, Told
from tests.bad_input.together import MEANING, ORDER, REPEAT, VOLUME
from tests.bad_input.what_and_how import CODES, FORM, NUMBERS
from tests.bad_input.who_and_when import IDENTITY, TIME
from tests.producers.making import KEY

NOW: Final = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
BY_GROUP: Final[dict[str, tuple[Fixture, ...]]] = {
    "identity": IDENTITY, "time": TIME, "numbers": NUMBERS, "codes": CODES, "order": ORDER, "repeat": REPEAT,
    "volume": VOLUME, "form": FORM, "meaning": MEANING,
}  # fmt: skip
FIXTURES: Final = tuple(fixture for group in BY_GROUP.values() for fixture in group)
SOURCE: Final = Path(__file__).with_name("besok.py")


def written(file: File, folder: Path) -> Path:
    """The file as somebody saved it."""
    path = folder / file.name
    if isinstance(file.content, list):
        _workbook(file, path)
    else:
        content = file.content
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    stamp = datetime.fromisoformat(file.saved_at).timestamp()
    os.utime(path, (stamp, stamp))
    return path


def _workbook(file: File, path: Path) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None and isinstance(file.content, list)
    for line in file.content:
        made.active.append(line)
    made.active.title = file.sheet
    if file.merged:
        made.active.merge_cells(file.merged)
    made.save(path)


def _order(file: File, path: Path) -> Order:
    is_list = file.source == "listan"
    return Order(
        file.source if is_list else str(SOURCE), path, dry_run=True, municipality=CODE if is_list else ""
    )


def reported(file: File, folder: Path) -> Report:
    """What `./puls produce --dry-run` reports."""
    return produce(Settings(folder), _order(file, written(file, folder)))


def events_of(file: File, folder: Path) -> tuple[Event, ...]:
    """The events that the file makes, with a key of the tests'."""
    order = _order(file, written(file, folder))
    source = load(order.source)
    if source.ledger:
        return tuple(made.event for made in worked_out(Settings(folder), source, order, NOW).events)
    try:
        made = list(outcomes(order, source, lambda code: KEY, []))
    except BadEvent:
        return ()
    return tuple(one.event for one in made if isinstance(one, Made) and not isinstance(one, Refused))


_made: Final[dict[int, tuple[Event, ...]]] = {}  # a dry run's key, and with it every number, is thrown away


def taken(fixture: Fixture, folder: Path) -> tuple[Event, ...]:
    """The events that a fixture brings in."""
    if isinstance(fixture.door, Told):
        return fixture.door.events
    if isinstance(fixture.door, File):
        if id(fixture) not in _made:
            _made[id(fixture)] = events_of(fixture.door, folder)
        return _made[id(fixture)]
    return ()


@dataclass
class Folded:
    """What events come to beside each other. verdict: over the last one; flaws: of all their rows."""

    verdict: str
    flaws: set[str]


def folded(events: Iterable[Event]) -> Folded:
    """Fold the events in the order of telling. BadEvent where history itself refuses one."""
    histories: dict[str, History] = {}
    verdict = ""
    for event in events:
        history = histories.setdefault(event.subject, History([]))
        verdict = history.hear(event, micros(event.recordedtime))[0].value
    flaws: set[str] = set()
    for entity, history in histories.items():
        kind = kind_of(entity)
        flaws |= set(fold_row(kind, entity, history, 1)[kind.columns.index("flaws")])
    return Folded(verdict, flaws)


def heard(raw: bytes, topic: str, offset: int = 0) -> Heard:
    """The bytes as they lie on a topic."""
    return Heard(topic, 0, offset, 0, raw)
