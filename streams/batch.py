"""One batch: decode, judge against history, archive, fold, write. Every step may be repeated; nothing is
added up.

The order of writes makes a crash harmless: archive first, entity rows next, the caller commits offsets
last. What a crash leaves in between is refolded by the sweeper (`streams/sweep.py`).
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

import pyarrow as pa
from msgspec import Struct

from schemas.codec import decode_stored, encode, event_type, payload_hash
from schemas.doors import admit
from schemas.envelope import Event
from schemas.errors import BadEvent
from schemas.registry import RETENTION_MS
from streams.history import History, Verdict, micros
from streams.kinds import KINDS, Kind, kind_of
from streams.memory import Memory
from streams.rows import fold_rows
from warehouse import archive, fences
from warehouse.archive import ArchiveRow, Confirmation, Refusal, Touched
from warehouse.client import Warehouse

PART: Final = 10_000  # events or entities per insert
RECALL: Final = 4_000  # entities per question to the archive
AHEAD: Final = 2  # questions under way while an answer is read
T = TypeVar("T")


class Message(Struct, frozen=True, gc=False):
    """A message as the broker gave it. told_at: its broker time, microseconds since 1970."""

    topic: str
    partition: int
    offset: int
    told_at: int
    raw: bytes
    source_ref: str = ""


class Heard(Struct, frozen=True, gc=False):
    """A decoded message."""

    message: Message
    event: Event


class Archived(Struct, frozen=True, gc=False):
    """A version that goes to the archive. recorded_at: microseconds since 1970 UTC."""

    message: Message
    event: Event
    content_hash: int
    recorded_at: int


@dataclass
class Decoded:
    """A batch after decoding: what may be folded, and what is refused."""

    heard: list[Heard]
    refused: list[Refusal]


@dataclass
class Outcome:
    """What a batch came to. verdicts: by name; too_long: entities whose history is over its kind's limit;
    duplicates: topic, partition and offset of what said nothing new.
    """

    verdicts: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
    too_long: list[str] = field(default_factory=list)
    duplicates: list[tuple[str, int, int]] = field(default_factory=list)


def decode_all(messages: Sequence[Message], now: datetime) -> Decoded:
    """Decode and validate; a bad message becomes a refusal with reason, field and pointer. Never raises."""
    heard: list[Heard] = []
    refused: list[Refusal] = []
    for message in messages:
        try:
            heard.append(Heard(message, admit(message.raw, now, message.topic)))
        except BadEvent as error:
            refused.append(refusal(message, error, micros(now)))
    return Decoded(heard, refused)


def refusal(message: Message, error: BadEvent, now: int) -> Refusal:
    """The dead letter of a message: pointer, reason and hash, never the payload."""
    until = (message.told_at or now) + RETENTION_MS * 1000
    return Refusal(
        message.topic, message.partition, message.offset, error.reason, error.field, error.sv, error.en,
        payload_hash(message.raw), now, until, message.source_ref,
    )  # fmt: skip


class Batch:
    """The loop's body. `memory` may be cleared at any time between batches without changing the outcome."""

    def __init__(
        self, warehouse: Warehouse, memory: Memory, pool: Executor, until: datetime | None = None
    ) -> None:
        """until: `refold` leaves out what was received later."""
        self._warehouse = warehouse
        self._memory = memory
        self._pool = pool
        self._until = until
        self._generation = fences.FIRST
        self._schemas: dict[str, pa.Schema] = {}
        self._confirmed_before = False

    def learn_archive(self) -> None:
        """Forget everything, then learn which entities the archive holds. Call it when partitions are
        assigned.
        """
        self._memory.clear()
        for topic in {kind.topic for kind in KINDS}:
            for entities in archive.known_entities(self._warehouse, topic):
                self._memory.learn(entities)

    def rest(self) -> None:
        """Nothing has come for a while: forget the histories, and give their memory back to the machine."""
        self._memory.trim(0)
        gc.collect()
        pa.default_memory_pool().release_unused()
        give_back_memory()

    def apply(self, decoded: Decoded, now: datetime, *, again: bool = False) -> Outcome:
        """Judge, archive, fold and write. Unavailable leaves nothing half-remembered: call it again with
        again=True, which folds every entity of the batch, also where the archive already holds all of it.
        """
        entities = list(dict.fromkeys(heard.event.subject for heard in decoded.heard))
        self._generation = fences.generation(self._warehouse)
        try:
            return self._apply(decoded, entities, now, again)
        except BaseException:
            self._memory.forget(entities)
            raise

    def _apply(self, decoded: Decoded, entities: list[str], now: datetime, again: bool) -> Outcome:
        histories = self.histories(entities)
        judged = _Judged(micros(now), set(entities) if again else set())
        archiving: list[Future[None]] = []
        try:
            for part in parts(decoded.heard):
                for heard in part:
                    judged.hear(heard, histories[heard.event.subject])
                self._confirm(judged.take_confirmed())
                archiving.append(self._pool.submit(self._archive, judged.take_archived(), judged.now))
            outcome = judged.outcome(decoded.refused)
            self._memory.grown(judged.grown)
            self._memory.learn([entity for entity in entities if not self._memory.may_be_archived(entity)])
            self._write(judged, {entity: histories[entity] for entity in judged.touched}, archiving, outcome)
        finally:
            wait(archiving)
        self._memory.trim()
        return outcome

    def histories(self, entities: Sequence[str]) -> dict[str, History]:
        """The history of each entity: from memory, else from the archive, else empty."""
        found: dict[str, History] = {}
        missing: list[str] = []
        for entity in entities:
            history = self._memory.get(entity)
            if history is None:
                history = History([])
                if self._memory.may_be_archived(entity):
                    missing.append(entity)
            found[entity] = history
        self._recall(missing, found)
        for entity, history in found.items():
            if self._memory.get(entity) is None:
                self._memory.put(entity, history)
        return found

    def _recall(self, missing: list[str], found: dict[str, History]) -> None:
        by_topic: dict[str, list[str]] = {}
        for entity in missing:
            by_topic.setdefault(kind_of(entity).topic, []).append(entity)
        for topic, entities in by_topic.items():
            for digest, body in self._read_ahead(topic, sorted(entities)):
                event = decode_stored(body)
                found[event.subject].recall(event, micros(event.recordedtime), digest)
        if missing and self._has_confirmations():
            for told in archive.confirmations(self._warehouse, missing):
                found[told.entity].confirm(told.id, told.content_hash, told.recorded_at)

    def _read_ahead(self, topic: str, entities: Sequence[str]) -> Iterator[tuple[int, bytes]]:
        """Archived versions, some entities at a time: the store reads the next while these are decoded. In
        order, so that no two questions read the same stretch of the archive.
        """
        asked: deque[Future[list[tuple[int, bytes]]]] = deque()
        for part in parts(entities, RECALL):
            asked.append(self._pool.submit(self._read, topic, part))
            if len(asked) > AHEAD:
                yield from asked.popleft().result()
        while asked:
            yield from asked.popleft().result()

    def _read(self, topic: str, entities: Sequence[str]) -> list[tuple[int, bytes]]:
        return list(archive.histories(self._warehouse, topic, entities, self._until))

    def _has_confirmations(self) -> bool:
        if not self._confirmed_before:
            self._confirmed_before = bool(self._warehouse.rows("SELECT 1 FROM confirmations LIMIT 1"))
        return self._confirmed_before

    def _write(
        self,
        judged: _Judged,
        touched: dict[str, History],
        archiving: Sequence[Future[None]],
        outcome: Outcome,
    ) -> None:
        """Archive first: rows are folded while the archive's inserts are under way, and written when they
        are done.
        """
        writing: list[Future[None]] = []
        for part in parts(list(touched)):
            rows = self.fold({entity: touched[entity] for entity in part}, outcome)
            _results(archiving)
            writing.append(self._pool.submit(self.write_rows, rows))
        _results(archiving)
        _results(writing)
        archive.write(self._warehouse, judged.spans())
        archive.write(self._warehouse, outcome.refused)

    def _confirm(self, confirmed: Sequence[Confirmation]) -> None:
        """Before the versions that were judged by it: who reads the archive meanwhile then folds the same."""
        if confirmed:
            self._confirmed_before = True
            archive.write(self._warehouse, confirmed)

    def _archive(self, archived: Sequence[Archived], now: int) -> None:
        archive.write_columns(self._warehouse, ArchiveRow, _archive_columns(archived, now))

    def refold(self, entities: Sequence[str], outcome: Outcome, into: str = "") -> int:
        """Fold entities from the archive alone and write their rows, into the tables of this database.
        Returns how many there were; goes on while intake pauses.
        """
        self._generation = fences.read(self._warehouse).generation
        found = {entity: History([]) for entity in entities}
        self._recall(list(entities), found)
        told = {entity: history for entity, history in found.items() if history.versions}
        self.write_rows(self.fold(told, outcome), into)
        self._memory.forget(entities)
        return len(told)

    def fold(self, histories: dict[str, History], outcome: Outcome) -> dict[Kind, list[tuple[object, ...]]]:
        """Exactly one row per entity, by kind; and empty ones where it no longer is (`streams/rows.py`)."""
        rows: dict[Kind, list[tuple[object, ...]]] = {}
        for entity, history in histories.items():
            kind = kind_of(entity)
            if len(history.versions) > kind.limit:
                outcome.too_long.append(entity)
            rows.setdefault(kind, []).extend(fold_rows(kind, entity, history, self._generation))
        return rows

    def write_rows(self, rows: dict[Kind, list[tuple[object, ...]]], into: str = "") -> None:
        """Replace the rows whole, one insert per table."""
        for kind, of_kind in rows.items():
            table = kind.table
            if table not in self._schemas:
                self._schemas[table] = archive.entity_schema(self._warehouse, table, kind.columns)
            target = f"{into}.{table}" if into else table
            archive.write_entities(self._warehouse, target, of_kind, self._schemas[table])


class _Judged:
    """What the events of one batch came to, before anything is written."""

    def __init__(self, now: int, touched: set[str]) -> None:
        self.now = now
        self.touched = touched
        self.archived: list[Archived] = []
        self.confirmed: list[Confirmation] = []
        self.refused: list[Refusal] = []
        self.duplicates: list[tuple[str, int, int]] = []
        self.verdicts: Counter[str] = Counter()
        self.grown = 0
        self.new = 0  # by far the most: counted without asking the enumeration
        self._since: dict[tuple[str, str], int] = {}

    def hear(self, heard: Heard, history: History) -> None:
        """Judge one event against the history of its entity."""
        message, event = heard.message, heard.event
        recorded_at = micros(event.recordedtime)
        size = len(history.versions)
        try:
            verdict, digest, since = history.hear(event, recorded_at)
        except BadEvent as error:
            self.refused.append(refusal(message, error, self.now))
            return
        if verdict is Verdict.NEW:
            self.new += 1
        else:
            self.verdicts[verdict.value] += 1
        self.grown += len(history.versions) - size
        if verdict is Verdict.CONFIRMATION:
            self.confirmed.append(Confirmation(event.subject, event.id, digest, recorded_at))
        if verdict is Verdict.NEW or verdict.archived:
            self.archived.append(Archived(message, event, digest, recorded_at))
            self.touched.add(event.subject)
            key = (event.kommunkod, event.data.KIND)
            if since < self._since.setdefault(key, since):
                self._since[key] = since
        else:
            self.duplicates.append((message.topic, message.partition, message.offset))

    def take_archived(self) -> list[Archived]:
        """What is to be archived and was not taken yet."""
        taken, self.archived = self.archived, []
        return taken

    def take_confirmed(self) -> list[Confirmation]:
        """What was told again and was not taken yet."""
        taken, self.confirmed = self.confirmed, []
        return taken

    def outcome(self, refused: Sequence[Refusal]) -> Outcome:
        """What the batch came to, with what was refused before it was judged."""
        if self.new:
            self.verdicts[Verdict.NEW.value] = self.new
        return Outcome(self.verdicts, [*refused, *self.refused], duplicates=self.duplicates)

    def spans(self) -> list[Touched]:
        """From when on figures may change, per municipality and kind."""
        return [Touched(self.now, code, kind, since) for (code, kind), since in self._since.items()]


def _archive_columns(archived: Sequence[Archived], now: int) -> list[Sequence[object]]:
    """The columns of `ArchiveRow`, in its order."""
    messages, events = [one.message for one in archived], [one.event for one in archived]
    return [
        [message.topic for message in messages],
        [event.subject for event in events],
        [event.id for event in events],
        [one.recorded_at for one in archived],
        [one.content_hash for one in archived],
        [event.kommunkod for event in events],
        [event_type(event) for event in events],
        [event.source for event in events],
        [micros(event.time) for event in events],
        [int(event.retracted) for event in events],
        [now] * len(archived),
        [message.partition for message in messages],
        [message.offset for message in messages],
        [encode(event) for event in events],
        [1] * len(archived),
    ]


def parts(whole: Sequence[T], size: int = PART) -> Iterator[Sequence[T]]:
    """So many at a time that the store has work while the next are made ready."""
    return (whole[at : at + size] for at in range(0, len(whole), size))


def _results(futures: Iterable[Future[None]]) -> None:
    """Wait for all; the first error is raised."""
    for future in futures:
        future.result()


def give_back_memory() -> None:
    """Ask glibc to return free memory; elsewhere the allocator does so by itself."""
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
