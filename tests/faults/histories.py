"""Random histories of entities of every kind, and what they must come to by plain Python.

Built on the registry: a type of event that comes later is told here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas.codec import content_hash, make
from schemas.contracts import EXAMPLE_KEY
from schemas.envelope import Event, Fact, event_id
from schemas.registry import EVENTS
from streams.history import History, Version, micros
from streams.kinds import BY_NAME, Kind, kind_of
from streams.rows import fold_row
from warehouse import archive
from warehouse.client import Warehouse

START: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
BY_KIND: Final = {name: [fact for fact in EVENTS if name == fact.KIND] for name in BY_NAME}
TRUTH: Final = "__truth"


def deliveries(kinds: Sequence[str] = tuple(BY_KIND)) -> st.SearchStrategy[list[Event]]:
    """Events of three to five entities, some of each: facts, corrections, retractions, two contents of one
    moment.
    """
    entity = st.tuples(st.sampled_from(sorted(kinds)), st.integers(0, 1))
    return st.lists(entity, min_size=3, max_size=5, unique=True).flatmap(_of_all)


def _of_all(entities: list[tuple[str, int]]) -> st.SearchStrategy[list[Event]]:
    more = st.lists(st.sampled_from(entities).flatmap(_event), min_size=2, max_size=20)
    return st.builds(lambda each, rest: [*each, *rest], st.tuples(*map(_event, entities)), more)


def _event(entity: tuple[str, int]) -> st.SearchStrategy[Event]:
    kind, number = entity
    contents = [(fact, example) for fact in BY_KIND[kind] for example in fact.EXAMPLES]
    return st.builds(
        _told, st.just((kind, f"{EXAMPLE_KEY[:-1]}{number}")), st.sampled_from(contents), st.integers(0, 1),
        st.integers(0, 3), st.integers(4, 7), st.sampled_from([False, False, False, True]),
    )  # fmt: skip


def _told(
    entity: tuple[str, str], content: tuple[type[Fact], dict[str, Any]], number: int, day: int, recorded: int,
    retracted: bool,
) -> Event:  # fmt: skip
    (kind, name), (fact, example) = entity, content
    subject = f"9999/{kind}/{name}"
    return make(
        msgspec.convert(example, fact), id=event_id(subject, fact.TYPE, number), source="test",
        subject=subject, time=START + timedelta(days=day), recordedtime=START + timedelta(days=recorded),
        kommunkod="9999", retracted=retracted,
    )  # fmt: skip


@dataclass(frozen=True)
class _Content:
    """One content of one fact, and when the source said so first and last."""

    event: Event
    digest: int
    first: datetime
    last: datetime


def true_rows(events: Sequence[Event]) -> dict[Kind, list[tuple[Any, ...]]]:
    """Rows by kind: of each fact the content that was recorded last stands, at a tie the smaller hash."""
    by_entity: dict[str, dict[str, list[Event]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        by_entity[event.subject][event.id].append(event)
    rows: dict[Kind, list[tuple[Any, ...]]] = {}
    for entity, facts in sorted(by_entity.items()):
        rows.setdefault(kind_of(entity), []).append(_true_row(entity, list(facts.values())))
    return rows


def _true_row(entity: str, facts: list[list[Event]]) -> tuple[Any, ...]:
    kind, standing, torn = kind_of(entity), list[Version](), False
    for told in facts:
        contents = _contents(told)
        latest = max(content.last for content in contents)
        tied = [content for content in contents if content.last == latest]
        torn = torn or len(tied) > 1
        winner = min(tied, key=lambda content: content.digest)
        if not winner.event.retracted:
            standing.append(_version(winner, contents))
    row = list(fold_row(kind, entity, History(standing), 1))
    named: set[str] = {"conflicting_versions"} if torn else set()
    if any(all(event.retracted for event in versions) for versions in facts):
        named.add("retracted_unknown")
    place = kind.columns.index("flaws")
    row[place] = sorted({*row[place], *named})
    return tuple(row)


def _contents(told: list[Event]) -> list[_Content]:
    found: dict[int, list[Event]] = defaultdict(list)
    for event in told:
        found[content_hash(event)].append(event)
    return [
        _Content(same[0], digest, min(e.recordedtime for e in same), max(e.recordedtime for e in same))
        for digest, same in found.items()
    ]


def _version(winner: _Content, contents: list[_Content]) -> Version:
    """As the fold reads it; a field that only a reason may change is that of the first content."""
    event, flaws = winner.event, tuple[str, ...](winner.event.flaws)
    fact = event.data
    living = [content for content in contents if not content.event.retracted]
    enrolled = min(living, key=lambda content: (content.first, content.digest)).event.data
    kept = {name: getattr(enrolled, name) for name in fact.FROZEN}
    if any(getattr(fact, name) != kept[name] for name in kept):
        fact, flaws = replace(fact, **kept), (*flaws, "cause_changed_without_reason")
    first = micros(min(content.first for content in contents))
    return Version(
        micros(event.time), fact, flaws, event.id, winner.digest, first, micros(winner.last), event.sequence,
        False,
    )  # fmt: skip


def unlike(warehouse: Warehouse, events: Sequence[Event]) -> list[str]:
    """Entities whose row in the warehouse is not the one of plain Python, and rows that nobody told of."""
    found = []
    for kind, rows in true_rows(events).items():
        table = kind.table + TRUTH
        warehouse.command(f"CREATE TABLE IF NOT EXISTS {table} AS {kind.table}")
        warehouse.command(f"TRUNCATE TABLE {table}")
        archive.write_entities(
            warehouse, table, rows, archive.entity_schema(warehouse, kind.table, kind.columns)
        )
        found += sorted(
            {entity for entity, _ in _texts(warehouse, kind, "") ^ _texts(warehouse, kind, TRUTH)}
        )
    return found


def _texts(warehouse: Warehouse, kind: Kind, suffix: str) -> set[tuple[str, str]]:
    """(entity, all that its row says but its version), of rows that hold."""
    columns = ", ".join(f"`{name}`" for name in kind.columns if name != "version")
    asked = (
        f"SELECT entity, toString(tuple({columns})) AS said FROM {kind.table}{suffix} FINAL WHERE void = 0"
    )
    return {(row["entity"], row["said"]) for row in warehouse.rows(asked)}
