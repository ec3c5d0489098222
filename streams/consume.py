"""The bulk way: all source topics in batches with aiokafka, offsets committed by hand when everything is
written.

While one batch is applied the next is decoded. When the store does not answer the batch is tried again,
nothing is committed, and the paused partitions are polled on so that the worker keeps its place in the group.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError

from schemas.errors import Unavailable
from schemas.registry import TOPICS, dead_letters
from schemas.settings import Settings
from streams.batch import Batch, Decoded, Message, Outcome, decode_all
from streams.history import micros
from streams.limits import DeadLetterLimit
from warehouse import archive
from warehouse.alarms import raise_alarm
from warehouse.archive import Position, Refusal
from warehouse.client import Warehouse

_place = attrgetter("topic", "partition")
log = logging.getLogger("kommunpuls.intake")

GROUP: Final = "kommunpuls-intake"
GATHER_S: Final = 0.05
MARGIN: Final = timedelta(seconds=2)
ALARM_AFTER_S: Final = 120
REST_AFTER_S: Final = 15
_PATIENCE: Final = (0.2, 0.5, 1, 2, 5, 10)


class Intake(ConsumerRebalanceListener):  # type: ignore[misc]
    """Reads, applies and commits until it is told to stop."""

    def __init__(self, settings: Settings, warehouse: Warehouse, batch: Batch) -> None:
        self._settings = settings
        self._warehouse = warehouse
        self._batch = batch
        self._threads = ThreadPoolExecutor(2, "intake")
        self._consumer: AIOKafkaConsumer
        self._producer: AIOKafkaProducer
        self._applied: dict[TopicPartition, int] = {}
        self._told: dict[TopicPartition, int] = {}
        self._limits: dict[TopicPartition, DeadLetterLimit] = {}
        self._stopped: set[TopicPartition] = set()
        self._counts: dict[TopicPartition, Counter[str]] = {}
        self._alarms: dict[str, tuple[str, str]] = {}
        self._lost_partitions = False
        self._busy_at = 0.0
        self._rested = True

    async def start(self) -> None:
        """Connect; partitions are assigned when the first poll happens."""
        options = {"bootstrap_servers": self._settings.kafka} | security(self._settings)
        self._producer = AIOKafkaProducer(acks="all", enable_idempotence=True, **options)
        self._consumer = AIOKafkaConsumer(
            group_id=GROUP, enable_auto_commit=False, auto_offset_reset="earliest", session_timeout_ms=10_000,
            heartbeat_interval_ms=2_000, max_poll_interval_ms=300_000, max_partition_fetch_bytes=8 << 20,
            fetch_max_bytes=32 << 20, **options,
        )  # fmt: skip
        await self._producer.start()
        self._consumer.subscribe(TOPICS, listener=self)
        await self._consumer.start()

    async def stop(self) -> None:
        """Leave the group at once, so that another worker takes over without waiting."""
        await self._consumer.stop()
        await self._producer.stop()
        self._threads.shutdown(wait=False)

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Histories in memory may no longer be the whole truth."""
        self._lost_partitions = True

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Learn what the archive holds, before the first message of these partitions is judged."""
        self._applied = {tp: self._applied[tp] for tp in assigned if tp in self._applied}
        await self._in_thread(self._batch.learn_archive)

    async def run(self, should_stop: Callable[[], bool]) -> None:
        """The loop. Returns when told to stop; everything read by then is applied and committed."""
        applying: asyncio.Task[None] | None = None
        while not should_stop():
            messages = await self._gather()
            decoding = asyncio.ensure_future(self._in_thread(decode_all, messages, datetime.now(UTC)))
            if applying is not None:
                await self._polling(applying)
            decoded: Decoded = await decoding
            applying = asyncio.ensure_future(self._apply(messages, decoded)) if messages else None
        if applying is not None:
            await applying

    async def _gather(self) -> list[Message]:
        """The next messages: at a trickle wait a moment so that inserts are not tiny; when behind take
        many.
        """
        records = await self._consumer.getmany(timeout_ms=500, max_records=self._settings.batch_behind)
        count = sum(map(len, records.values()))
        if 0 < count < self._settings.batch_at_rest:
            await asyncio.sleep(GATHER_S)
            more = await self._consumer.getmany(timeout_ms=0, max_records=self._settings.batch_behind - count)
            for tp, of_partition in more.items():
                records.setdefault(tp, []).extend(of_partition)
        return [
            Message(tp.topic, tp.partition, record.offset, record.timestamp * 1000, record.value or b"")
            for tp, of_partition in records.items()
            for record in of_partition
        ]

    async def _polling(self, task: asyncio.Task[None]) -> None:
        """Wait for the batch under way; if it takes long, keep the place in the group."""
        while not task.done():
            await asyncio.wait({task}, timeout=5)
            if not task.done():
                assigned = self._consumer.assignment()
                self._consumer.pause(*assigned)
                await self._consumer.getmany(timeout_ms=0)
                self._consumer.resume(*(assigned - self._stopped))
        await task

    async def _apply(self, messages: list[Message], decoded: Decoded) -> None:
        self._busy_at = asyncio.get_running_loop().time()
        self._rested = self._rested and len(messages) < self._settings.batch_at_rest
        outcome = await self._until_written(decoded)
        await self._tell_dead_letters(outcome.refused)
        self._count(messages, outcome)
        for kind in sorted({entity.split("/")[1] for entity in outcome.too_long}):
            self._alarm(
                f"history.{kind}", f"En {kind} har för lång historik", f"A {kind} has too long a history"
            )
        if self._alarms:
            await self._in_thread(self._raise_alarms)
        await self._commit(messages)

    def _alarm(self, name: str, sv: str, en: str) -> None:
        log.error(en)
        self._alarms[name] = (sv, en)

    def _raise_alarms(self) -> None:
        """Write what there was reason to alarm of; where the store is away, the log has said it already."""
        with suppress(Unavailable):
            while self._alarms:
                name, text = self._alarms.popitem()
                raise_alarm(self._warehouse, name, text, datetime.now(UTC))

    async def _until_written(self, decoded: Decoded) -> Outcome:
        """Apply the batch, again and again while the store does not answer. Nothing is committed
        meanwhile.
        """
        tries, began = 0, asyncio.get_running_loop().time()
        while True:
            try:
                again = tries > 0 or self._lost_partitions
                self._lost_partitions = False
                outcome: Outcome = await self._in_thread(self._write, decoded, again)
                return outcome
            except Unavailable as error:
                waited = asyncio.get_running_loop().time() - began
                level = logging.ERROR if waited > ALARM_AFTER_S else logging.WARNING
                log.log(level, "warehouse does not answer since %d s, trying again: %s", waited, error)
                if waited > ALARM_AFTER_S:
                    self._alarms["warehouse.away"] = ("Lagret svarade inte", "The warehouse did not answer")
                await asyncio.sleep(_PATIENCE[min(tries, len(_PATIENCE) - 1)])
                tries += 1

    def _write(self, decoded: Decoded, again: bool) -> Outcome:
        return self._batch.apply(decoded, datetime.now(UTC), again=again)

    async def _tell_dead_letters(self, refused: list[Refusal]) -> None:
        for refusal in refused:
            value = msgspec.json.encode(refusal._asdict())
            await self._producer.send(dead_letters(refusal.topic), value)
        if refused:
            await self._producer.flush()

    def _count(self, messages: list[Message], outcome: Outcome) -> None:
        """Messages of a partition follow each other in order."""
        bad = {(refusal.topic, refusal.partition, refusal.offset) for refusal in outcome.refused}
        for (topic, number), group in groupby(messages, _place):
            tp, of_partition = TopicPartition(topic, number), list(group)
            self._told[tp] = of_partition[-1].told_at
            are_bad = [(topic, number, one.offset) in bad for one in of_partition] if bad else []
            counts = self._counts.setdefault(tp, Counter())
            counts["refused"] += sum(are_bad)
            counts["accepted"] += len(of_partition) - sum(are_bad)
            limit = self._limits.setdefault(tp, DeadLetterLimit())
            if not are_bad:
                limit.see_good(len(of_partition))
            elif any([limit.see(is_bad) for is_bad in are_bad]) and tp not in self._stopped:
                self._stop_partition(tp)

    def _stop_partition(self, tp: TopicPartition) -> None:
        """Too many bad messages: the partition waits for a person (`./puls logs worker`, then restart the
        worker).
        """
        self._stopped.add(tp)
        if tp in self._consumer.assignment():
            self._consumer.pause(tp)
        where = f"{tp.topic} {tp.partition}"
        self._alarm(
            f"paused.{tp.topic}.{tp.partition}",
            f"Partition {where} ger för många fel och väntar; se `./puls logs worker` och starta om",
            f"Partition {where} gives too many bad events and waits; see `./puls logs worker`, then restart",
        )

    async def _commit(self, messages: list[Message]) -> None:
        last = {_place(message): message.offset for message in messages}
        offsets = {TopicPartition(*place): offset + 1 for place, offset in last.items()}
        mine = {tp: offset for tp, offset in offsets.items() if tp in self._consumer.assignment()}
        try:
            if mine:
                await self._consumer.commit(mine)
        except (KafkaError, IllegalStateError) as error:
            log.warning("batch was not committed and will come again: %s", error)
            self._lost_partitions = True
            return
        self._applied.update(mine)
        await self._in_thread(archive.write, self._warehouse, self.positions(datetime.now(UTC)))

    def positions(self, now: datetime) -> list[Position]:
        """How far every partition of this worker is folded. One that is at its end has told everything
        until just now.
        """
        return [self._position(tp, offset, now) for tp, offset in self._applied.items()]

    def _position(self, tp: TopicPartition, applied: int, now: datetime) -> Position:
        end = self._consumer.highwater(tp) if tp in self._consumer.assignment() else None
        at_end = end is not None and applied >= end
        told_until = micros(now - MARGIN) if at_end else self._told.get(tp, 0)
        counts = self._counts.get(tp, Counter())
        return Position(tp.topic, tp.partition, applied, told_until, counts["accepted"], 0, counts["refused"],
                        micros(now))  # fmt: skip

    async def report(self) -> None:
        """Write positions also when nothing comes, so that as_of moves on. Called by a timer of the
        worker.
        """
        for tp in self._consumer.assignment():
            if tp not in self._applied:
                self._applied[tp] = await self._consumer.position(tp)
        await self._in_thread(archive.write, self._warehouse, self.positions(datetime.now(UTC)))
        if not self._rested and asyncio.get_running_loop().time() - self._busy_at > REST_AFTER_S:
            self._rested = True
            await self._in_thread(self._batch.rest)

    async def _in_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)


def security(settings: Settings) -> dict[str, Any]:
    """Aiokafka's options for TLS and SASL."""
    options: dict[str, Any] = {"security_protocol": settings.kafka_security}
    if "SSL" in settings.kafka_security:
        options["ssl_context"] = ssl.create_default_context(cafile=settings.kafka_ca_file)
    if settings.kafka_security.startswith("SASL"):
        password = settings.kafka_password_file.read_text().strip() if settings.kafka_password_file else ""
        options |= {
            "sasl_mechanism": settings.kafka_sasl_mechanism,
            "sasl_plain_username": settings.kafka_username,
            "sasl_plain_password": password,
        }
    return options
