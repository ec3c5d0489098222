"""What a publisher remembers is what it would compute anew, of every metric, after corrections of every kind.

Over the registries: all towns' events, of which some come late, are moved in time, get another content or are
taken back, in any order; each metric is asked where its golden cases lie.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

import pytest
from msgspec import structs

from schemas.codec import make
from schemas.envelope import Event
from schemas.municipality import municipality
from schemas.settings import Settings
from streams.batch import Batch, decode_all
from streams.history import micros, reach
from streams.memory import Memory
from tests.telling import messages
from tests.warehouse import golden_governance
from tests.warehouse.goldens import GOLDEN, TOWNS
from warehouse.client import Warehouse, connect
from warehouse.compute import Computer, Slot
from warehouse.contracts import Contract, load
from warehouse.places import Place, Places
from warehouse.privacy import Cell, Key

pytestmark = pytest.mark.slow

AS_OF: Final = datetime(2026, 5, 10, 12, tzinfo=UTC)
NOW: Final = datetime(2026, 11, 22, tzinfo=UTC)
LATER: Final = NOW + timedelta(seconds=40)
RECORDED: Final = datetime(2026, 11, 20, tzinfo=UTC)
MOST: Final = 12
"""Periods that are asked for: more of them would be the same again."""
SEED: Final = 1
REMEMBERED: Final = sorted(
    name for name, each in load().items() if any(asked.period != "now" for asked in each.publish)
)
"""Of what is published of now alone nothing is remembered."""
Tables = Mapping[Slot, Mapping[Key, Cell]]


class World(NamedTuple):
    """What each metric told before the changes, tells now as remembered, and as computed anew."""

    before: Mapping[str, Tables]
    remembered: Mapping[str, Tables]
    anew: Mapping[str, Tables]
    kinds: Counter[str]


def remade(event: Event, **more: Any) -> Event:
    """A later version of the event."""
    told = {
        "id": event.id, "source": event.source, "subject": event.subject, "time": event.time,
        "kommunkod": event.kommunkod, "sequence": event.sequence, "recordedtime": RECORDED,
        "historical": event.historical, "reason": "wrong_code",
    }  # fmt: skip
    return make(more.pop("data", event.data), **(told | more))


def told_twice(events: list[Event], dice: random.Random) -> tuple[list[Event], list[tuple[str, Event]]]:
    """What is told first, and the changes: of the later half of each municipality, so that what happened
    before them has to be remembered rightly.
    """
    times: dict[str, list[int]] = {}
    for event in events:
        times.setdefault(event.kommunkod, []).append(reach(micros(event.time), event.data))
    middle = {code: sorted(each)[len(each) // 2] for code, each in times.items()}
    alike: dict[type, list[Any]] = {}
    for event in events:
        alike.setdefault(type(event.data), []).append(event.data)
    first: list[Event] = []
    changes: list[tuple[str, Event]] = []
    for event in events:
        is_late = reach(micros(event.time), event.data) >= middle[event.kommunkod]
        what = dice.random() if is_late and event.data.KIND != "producer" else 1.0
        if what >= 0.15:
            first.append(event)
        if what < 0.15:
            changes.append(("late", event))
        elif what < 0.25:
            changes.append(
                ("moved", remade(event, time=event.time - timedelta(days=dice.choice((-40, -1, 1, 9)))))
            )
        elif what < 0.35:
            changes.append(("taken back", remade(event, retracted=True)))
        elif what < 0.5:
            changes.append(("another content", remade(event, data=dice.choice(alike[type(event.data)]))))
    dice.shuffle(changes)
    return first, changes


def short(contract: Contract) -> Contract:
    """The contract with the one of its tables that has most to remember: most dimensions of the longest kind
    of period but years.
    """
    order = ("now", "year", "day", "week", "month", "quarter")
    best = max(contract.publish, key=lambda each: (order.index(each.period), len(each.by)))
    one = structs.replace(best, count=min(best.count, MOST), days=min(best.days, MOST), band=False)
    return structs.replace(contract, publish=(one,))


def homes() -> dict[str, str]:
    """The municipality of most of a metric's golden cases."""
    codes: dict[str, Counter[str]] = {}
    for golden in GOLDEN:
        codes.setdefault(golden.metric, Counter())[golden.code] += 1
    return {metric: each.most_common(1)[0][0] for metric, each in codes.items()}


@pytest.fixture(scope="module")
def world(own_tables: Settings) -> Iterator[World]:
    warehouse = connect(own_tables)
    yield lived(warehouse)
    warehouse.close()


def lived(warehouse: Warehouse) -> World:
    every = {event.id: event for town in TOWNS for event in town() if not event.retracted}
    first, changes = told_twice(list(every.values()), random.Random(SEED))
    told(warehouse, first, NOW)
    golden_governance.publish(warehouse)
    home = homes()
    contracts = [short(load()[name]) for name in REMEMBERED]
    places = Places(warehouse, contracts)
    places.places = {code: Place(warehouse, municipality(code)) for code in set(home.values())}
    places._see_touched()
    computers = {code: place.computer for code, place in places.places.items()}
    before = {each.name: computers[home[each.name]].tables(each, AS_OF) for each in contracts}
    told(warehouse, [event for _, event in changes], LATER)
    places._see_touched()
    remembered = {each.name: computers[home[each.name]].tables(each, AS_OF) for each in contracts}
    fresh = {code: Computer(warehouse, municipality(code)) for code in computers}
    anew = {each.name: fresh[home[each.name]].tables(each, AS_OF) for each in contracts}
    return World(before, remembered, anew, Counter(kind for kind, _ in changes))


def told(warehouse: Warehouse, events: list[Event], now: datetime) -> None:
    with ThreadPoolExecutor(2) as pool:
        batch = Batch(warehouse, Memory(1_000), pool)
        batch.learn_archive()
        refused = batch.apply(decode_all(messages(events), now), now).refused
    assert len(refused) < len(events) / 50, refused


def seen(tables: Tables) -> dict[tuple[Slot, Key], tuple[Any, ...]]:
    """What it tells, without the last digits. A unit that no settings name has a row as long as its publisher
    remembers it; of one that counts nothing, it says nothing.
    """
    return {
        (slot, key): (cell.state, cell.n, *(None if one is None else round(one, 6) for one in cell[3:5]),
                      None if cell.value is None else round(cell.value, 6))
        for slot, cells in tables.items() for key, cell in cells.items() if cell.n or cell.value
    }  # fmt: skip


@pytest.mark.parametrize("metric", REMEMBERED)
def test_what_is_remembered_after_corrections_is_what_is_computed_anew(world: World, metric: str) -> None:
    assert seen(world.remembered[metric]) == seen(world.anew[metric])


def test_the_changes_are_of_every_kind_and_move_most_of_what_is_told(world: World) -> None:
    assert world.kinds.keys() == {"late", "moved", "taken back", "another content"}
    moved = [name for name, tables in world.before.items() if seen(tables) != seen(world.anew[name])]
    assert len(moved) > len(world.before) / 2
