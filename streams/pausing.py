"""The partitions of a worker that wait for a person: stopped here, told in a table, heard of from other
workers, and let go on when the table says so (`warehouse/pauses.py`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError

from schemas.errors import Unavailable
from streams.progress import Progress
from warehouse import archive, pauses
from warehouse.client import Warehouse

log = logging.getLogger("kommunpuls.intake")

InThread = Callable[..., Awaitable[Any]]
"""Does blocking work with these arguments, and gives its answer."""


class Pauses:
    """What waits, as this worker knows. stopped: of any worker; a partition in it is not read."""

    def __init__(
        self, consumer: AIOKafkaConsumer, warehouse: Warehouse, progress: Progress, in_thread: InThread
    ) -> None:
        self.stopped: set[TopicPartition] = set()
        self._consumer = consumer
        self._warehouse = warehouse
        self._progress = progress
        self._in_thread = in_thread
        self._untold: set[TopicPartition] = set()
        self._unheard = True
        self._hearing = asyncio.Lock()

    def assigned_anew(self) -> None:
        """Nothing is read until the table has been asked: a restart or a rebalance would drain what waits."""
        self._unheard = True

    def stop(self, tp: TopicPartition) -> None:
        """Too many bad messages: the partition waits for a person (`./puls resume`)."""
        self.stopped.add(tp)
        self._untold.add(tp)
        if tp in self._consumer.assignment():
            self._consumer.pause(tp)

    async def are_known(self) -> bool:
        """Whether the worker knows which partitions wait, now or since before."""
        if self._unheard:
            try:
                await self.hear()
            except Unavailable as error:
                log.warning("not known which partitions wait: %s", error)
        return not self._unheard

    async def tell(self) -> None:
        """Write which partitions were stopped; where the store is away now, `hear` does."""
        if self._untold:
            with suppress(Unavailable):
                async with self._hearing:
                    await self._write()

    async def _write(self) -> None:
        for tp in list(self._untold):
            await self._in_thread(pauses.pause, self._warehouse, tp)
            self._untold.discard(tp)

    async def hear(self) -> None:
        """Hear which partitions wait, here or at another worker, and let those go on that no longer do.

        Raises Unavailable.
        """
        async with self._hearing:
            await self._write()
            waiting = {TopicPartition(*at) for at in await self._in_thread(pauses.paused, self._warehouse)}
            if self._unheard:
                self._progress.recall(await self._in_thread(archive.told_until, self._warehouse))
            for tp in self.stopped - waiting - self._untold:
                await self._go_on(tp)
            self.stopped |= waiting
            self._consumer.pause(*(waiting & self._consumer.assignment()))
            self._unheard = False

    async def _go_on(self, tp: TopicPartition) -> None:
        """From the offset that was committed last: what was read after it and not applied comes again."""
        try:
            if tp in self._consumer.assignment():
                await self._consumer.seek_to_committed(tp)
                self._consumer.resume(tp)
        except (KafkaError, IllegalStateError) as error:
            log.warning("partition %s %d does not go on yet: %s", tp.topic, tp.partition, error)
            return
        self._progress.forgive(tp)
        self.stopped.discard(tp)
        log.info("partition %s %d goes on", tp.topic, tp.partition)
