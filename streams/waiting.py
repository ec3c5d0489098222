"""Partitions that wait for a person because they gave too many bad events (`./puls resume`): what a worker
knows of them. Which do is said in a table (`warehouse/pauses.py`): no restart or rebalance forgets one.
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
"""Runs a blocking question in a thread."""


class Waiting:
    """The partitions that wait, here or at another worker. here: those that are not read."""

    def __init__(
        self, consumer: AIOKafkaConsumer, warehouse: Warehouse, progress: Progress, in_thread: InThread
    ) -> None:
        self.here: set[TopicPartition] = set()
        self._consumer = consumer
        self._warehouse = warehouse
        self._progress = progress
        self._in_thread = in_thread
        self._untold: set[TopicPartition] = set()
        self._unheard = True
        self._hearing = asyncio.Lock()

    def ask_again(self) -> None:
        """Other partitions are this worker's now: it does not know which of them wait."""
        self._unheard = True

    def stop(self, tp: TopicPartition) -> None:
        """The partition waits from now on."""
        self.here.add(tp)
        self._untold.add(tp)
        if tp in self._consumer.assignment():
            self._consumer.pause(tp)

    async def is_known(self) -> bool:
        """Whether the worker knows which partitions wait: before it does, a restart would drain them."""
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

    async def hear(self) -> None:
        """Hear which partitions wait, and let those go on that no longer do. Unavailable while the store is
        away.
        """
        async with self._hearing:
            await self._write()
            waiting = {TopicPartition(*at) for at in await self._in_thread(pauses.paused, self._warehouse)}
            if self._unheard:
                self._progress.recall(await self._in_thread(archive.told_until, self._warehouse))
            for tp in self.here - waiting - self._untold:
                await self._go_on(tp)
            self.here |= waiting
            self._consumer.pause(*(waiting & self._consumer.assignment()))
            self._unheard = False

    async def _write(self) -> None:
        for tp in list(self._untold):
            await self._in_thread(pauses.pause, self._warehouse, tp)
            self._untold.discard(tp)

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
        self.here.discard(tp)
        log.info("partition %s %d goes on", tp.topic, tp.partition)
