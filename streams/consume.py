"""The bulk way: all source topics in batches with aiokafka, offsets committed by hand when everything is
written.

Each lane (`streams/lanes.py`) has partitions and batches of its own; while it applies one the next is
gathered. When the store does not answer the batch is tried again, nothing is committed, and the paused
partitions are polled on so that the worker keeps its place in the group.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError

from schemas import source_ref
from schemas.errors import Unavailable
from schemas.registry import TOPICS, dead_letters
from schemas.settings import Settings
from streams import accounts, refusals, resuming
from streams.batch import Outcome, give_back_memory
from streams.lanes import END_S, Lane, Stretch
from streams.limits import DeadLetterLimit
from streams.pausing import Pauses
from streams.progress import Progress
from streams.security import security
from warehouse import archive, pauses
from warehouse.alarms import clear_alarm, raise_alarm
from warehouse.archive import Position, Refusal
from warehouse.client import Warehouse
from warehouse.reconcile import reconcile

log = logging.getLogger("kommunpuls.intake")

GROUP: Final = "kommunpuls-intake"
GATHER_S: Final = 0.05
ALARM_AFTER_S: Final = 120
AWAY: Final = "warehouse.away"
_AWAY_TEXT: Final = ("Lagret svarade inte", "The warehouse did not answer")
REST_AFTER_S: Final = 15
_PATIENCE: Final = (0.2, 0.5, 1, 2, 5, 10)


class Intake(ConsumerRebalanceListener):  # type: ignore[misc]
    """Reads, applies and commits until it is told to stop."""

    def __init__(self, settings: Settings, warehouse: Warehouse) -> None:
        self._settings = settings
        self._warehouse = warehouse
        self._lanes: list[Lane] = []
        self._threads = ThreadPoolExecutor(settings.lanes + 1, "intake")
        self._ended = asyncio.Event()
        self._ended.set()
        self._consumer: AIOKafkaConsumer
        self._producer: AIOKafkaProducer
        self._progress = Progress(
            partial(DeadLetterLimit, settings.refused_percent / 100, settings.refused_run)
        )
        self._pauses: Pauses
        self._alarms: dict[str, tuple[str, str]] = {}
        self._was_away = False
        self._long_s = min(ALARM_AFTER_S, settings.max_poll_s)
        self._in_doubt: set[Lane] = set()
        self._unlearned: set[Lane] = set()
        self._busy_at = 0.0
        self._rested = True

    async def start(self) -> None:
        """Start the lanes and connect; partitions are assigned when the first poll happens."""
        self._lanes = [Lane() for _ in range(self._settings.lanes)]
        options = {"bootstrap_servers": self._settings.kafka} | security(self._settings)
        self._producer = AIOKafkaProducer(acks="all", enable_idempotence=True, **options)
        self._consumer = AIOKafkaConsumer(
            group_id=GROUP, enable_auto_commit=False, auto_offset_reset="earliest", session_timeout_ms=10_000,
            heartbeat_interval_ms=2_000, max_poll_interval_ms=self._settings.max_poll_s * 1000,
            max_partition_fetch_bytes=4 << 20, fetch_max_bytes=16 << 20, **options,
        )  # fmt: skip
        self._pauses = Pauses(self._consumer, self._warehouse, self._progress, self._in_thread)
        await self._producer.start()
        self._consumer.subscribe(TOPICS, listener=self)
        await self._consumer.start()

    async def stop(self) -> None:
        """Finish the batches under way; then leave the group at once, so that another takes over without
        waiting.
        """
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), END_S)
        await self._consumer.stop()
        await self._producer.stop()
        self._threads.shutdown(wait=False)
        for lane in self._lanes:
            lane.close()

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Histories in memory may no longer be the whole truth."""
        self._in_doubt = set(self._lanes)

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Before the next message is judged, every lane must learn what the archive holds."""
        self._progress.keep(assigned)
        self._unlearned = set(self._lanes)
        self._pauses.assigned_anew()
        await self._rewind(assigned)

    async def _rewind(self, assigned: Iterable[TopicPartition]) -> None:
        """Begin where a restored warehouse ends (`streams/resuming.py`)."""
        folded = await self._folded()
        committed = {tuple(tp): await self._consumer.committed(tp) for tp in assigned}
        for (topic, partition), offset in resuming.earlier(committed, folded).items():
            log.warning(
                "%s %d: the warehouse ends at %d, before what was committed", topic, partition, offset
            )
            self._consumer.seek(TopicPartition(topic, partition), offset)

    async def _folded(self) -> dict[tuple[str, int], int]:
        """How far the warehouse says that it has come; waits for one that is away."""
        while True:
            try:
                return dict(await self._in_thread(archive.folded, self._warehouse))
            except Unavailable as error:
                log.warning("warehouse does not answer, partitions wait: %s", error)
                await asyncio.sleep(_PATIENCE[2])

    async def run(self, should_stop: Callable[[], bool]) -> None:
        """The loops of all lanes. Returns when told to stop; everything gathered by then is applied and
        committed.
        """
        self._ended.clear()
        try:
            async with asyncio.TaskGroup() as loops:
                for lane in self._lanes:
                    loops.create_task(self._run(lane, should_stop))
        finally:
            self._ended.set()

    async def _run(self, lane: Lane, should_stop: Callable[[], bool]) -> None:
        applying: asyncio.Task[None] | None = None
        while not should_stop():
            stretches = await self._gather(lane)
            if applying is not None:
                await self._polling(applying, lane)
            applying = asyncio.ensure_future(self._apply(lane, stretches)) if stretches else None
        if applying is not None:
            await applying

    def _partitions(self, lane: Lane) -> list[TopicPartition]:
        """The assigned partitions whose messages are this lane's: the same as long as the worker lives."""
        count, number = len(self._lanes), self._lanes.index(lane)
        mine = self._consumer.assignment() - self._pauses.stopped
        return [tp for tp in mine if tp.partition % count == number]

    async def _gather(self, lane: Lane) -> list[Stretch]:
        """The lane's next messages: at a trickle wait a moment so that inserts are not tiny; when behind
        take many.
        """
        most = max(1, self._settings.batch_behind // len(self._lanes))
        records = await self._read(lane, 500, most)
        count = sum(map(len, records.values()))
        if 0 < count < self._settings.batch_at_rest:
            await asyncio.sleep(GATHER_S)
            for tp, of_partition in (await self._read(lane, 0, most)).items():
                records.setdefault(tp, []).extend(of_partition)
        return [_stretch(tp, of_partition) for tp, of_partition in records.items()]

    async def _read(self, lane: Lane, patience_ms: int, most: int) -> dict[TopicPartition, list[Any]]:
        """What has come for the lane. To name no partition would mean all of them."""
        partitions = self._partitions(lane)
        if not partitions or not await self._pauses.are_known():
            await asyncio.sleep(patience_ms / 1000)
            return {}
        records: dict[TopicPartition, list[Any]] = await self._consumer.getmany(
            *partitions, timeout_ms=patience_ms, max_records=most
        )
        return records

    async def _polling(self, task: asyncio.Task[None], lane: Lane) -> None:
        """Wait for the batch under way; if it takes long, keep the place in the group."""
        while not task.done():
            await asyncio.wait({task}, timeout=5)
            mine = [] if task.done() else self._partitions(lane)
            if mine:
                self._consumer.pause(*mine)
                await self._consumer.getmany(*mine, timeout_ms=0)
                self._consumer.resume(*(set(mine) & self._consumer.assignment() - self._pauses.stopped))
        await task

    async def _apply(self, lane: Lane, stretches: list[Stretch]) -> None:
        self._busy_at = asyncio.get_running_loop().time()
        self._rested = self._rested and _count(stretches) < self._settings.batch_at_rest
        stretches = [one for one in stretches if one[:2] not in self._pauses.stopped]
        if not stretches:
            return
        outcome = await self._until_written(lane, stretches)
        await self._tell_dead_letters(outcome.refused)
        for place in self._progress.note(stretches, outcome.refused) - self._pauses.stopped:
            tp = TopicPartition(*place)
            self._pauses.stop(tp)
            self._alarm(pauses.alarm(tp), *pauses.words(tp))
        await self._pauses.tell()
        for kind in sorted({entity.split("/")[1] for entity in outcome.too_long}):
            self._alarm(
                f"history.{kind}", f"En {kind} har för lång historik", f"A {kind} has too long a history"
            )
        if self._alarms or self._was_away:
            await self._in_thread(self._raise_alarms)
        await self._commit(lane, stretches)

    def _alarm(self, name: str, sv: str, en: str) -> None:
        log.error(en)
        self._alarms[name] = (sv, en)

    def _raise_alarms(self) -> None:
        """Write what there was reason to alarm of; where the store is away, the log has said it already."""
        with suppress(Unavailable):
            while self._alarms:
                name, text = self._alarms.popitem()
                raise_alarm(self._warehouse, name, text, datetime.now(UTC))
            if self._was_away:  # it could not be told before, and is over
                raise_alarm(self._warehouse, AWAY, _AWAY_TEXT, datetime.now(UTC))
                clear_alarm(self._warehouse, AWAY, datetime.now(UTC))
                self._was_away = False

    async def _until_written(self, lane: Lane, stretches: list[Stretch]) -> Outcome:
        """Apply the batch, again and again while the store does not answer. Nothing is committed
        meanwhile.
        """
        tries, began = 0, asyncio.get_running_loop().time()
        while True:
            try:
                if lane in self._unlearned:
                    self._unlearned.discard(lane)
                    await self._learn(lane)
                again = tries > 0 or lane in self._in_doubt
                self._in_doubt.discard(lane)
                outcome: Outcome = await self._in_thread(partial(lane.apply, stretches, again=again))
                told = accounts.told(stretches, outcome.duplicates)
                await self._in_thread(archive.write, self._warehouse, told)
                if tries and asyncio.get_running_loop().time() - began > self._long_s:
                    self._was_away = True
                return outcome
            except Unavailable as error:
                waited = asyncio.get_running_loop().time() - began
                level = logging.ERROR if waited > self._long_s else logging.WARNING
                log.log(level, "warehouse does not answer since %d s, trying again: %s", waited, error)
                await asyncio.sleep(_PATIENCE[min(tries, len(_PATIENCE) - 1)])
                tries += 1

    async def _learn(self, lane: Lane) -> None:
        try:
            await self._in_thread(lane.learn_archive)
        except Unavailable:
            self._unlearned.add(lane)
            raise

    async def _tell_dead_letters(self, refused: list[Refusal]) -> None:
        for line in refusals.lines(refused):
            log.warning("%s", line)
        tries = 0
        while refused and not await self._sent(refused):
            await asyncio.sleep(_PATIENCE[min(tries, len(_PATIENCE) - 1)])
            tries += 1

    async def _sent(self, refused: Iterable[Refusal]) -> bool:
        """Whether the broker has taken the dead letters. Those that it has twice count once: they are in the
        table, by pointer.
        """
        try:
            waiting = [
                await self._producer.send(dead_letters(one.topic), msgspec.json.encode(one._asdict()))
                for one in refused
            ]
            await asyncio.gather(*waiting)
        except KafkaError as error:
            log.warning("dead letters not sent, trying again: %s", error)
            return False
        return True

    async def _commit(self, lane: Lane, stretches: list[Stretch]) -> None:
        offsets = {TopicPartition(one.topic, one.partition): one.offsets[-1] + 1 for one in stretches}
        mine = {tp: offset for tp, offset in offsets.items() if tp in self._consumer.assignment()}
        try:
            if mine:
                await self._consumer.commit(mine)
        except (KafkaError, IllegalStateError) as error:
            log.warning("batch was not committed and will come again: %s", error)
            self._in_doubt.add(lane)
            return
        self._progress.folded.update(mine)
        try:
            await self._in_thread(archive.write, self._warehouse, self.positions(datetime.now(UTC)))
        except Unavailable as error:  # the timer writes them in a moment
            log.warning("positions not written: %s", error)

    def positions(self, now: datetime) -> list[Position]:
        """How far every partition of this worker is folded. One that is at its end has told everything
        until just now.
        """
        assigned = self._consumer.assignment()
        ends = {tp: self._consumer.highwater(tp) for tp in self._progress.folded if tp in assigned}
        return self._progress.positions(ends, now)

    async def report(self) -> None:
        """Write positions also when nothing comes, so that as_of moves on; hear which partitions wait. Called
        by a timer of the worker.
        """
        await self._pauses.hear()
        for tp in self._consumer.assignment():
            if tp not in self._progress.folded:
                self._progress.folded[tp] = await self._consumer.position(tp)
        await self._in_thread(archive.write, self._warehouse, self.positions(datetime.now(UTC)))
        if not self._rested and asyncio.get_running_loop().time() - self._busy_at > REST_AFTER_S:
            self._rested = True
            await asyncio.gather(*(self._in_thread(lane.rest) for lane in self._lanes))
            give_back_memory()

    async def reconcile(self) -> None:
        """Hold what was read against the archive, in this worker's partitions. Called by a timer."""
        await self._in_thread(reconcile, self._warehouse, dict(self._progress.folded), datetime.now(UTC))

    async def _in_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)


def _stretch(tp: TopicPartition, records: Sequence[Any]) -> Stretch:
    return Stretch(
        tp.topic,
        tp.partition,
        [record.offset for record in records],
        [record.timestamp * 1000 for record in records],
        [record.value or b"" for record in records],
        {
            record.offset: ref
            for record in records
            if record.headers and (ref := source_ref.read(record.headers))
        },
    )


def _count(stretches: Iterable[Stretch]) -> int:
    return sum(len(stretch.offsets) for stretch in stretches)
