"""Carries the engine's blocking steps out of the event loop, and stops a statement whose client goes away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from warehouse.embedded.engine import Engine
from warehouse.embedded.run import Statement

WORKERS = 16  # statements that run at once; more wait their turn
KILL_AGAIN_S = 0.05  # a kill passes a statement by that has not yet begun
S = TypeVar("S", bound=Statement)
T = TypeVar("T")


class Threads:
    """Threads for statements, and one apart from them that kills."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="statement")
        self._killer = ThreadPoolExecutor(1, thread_name_prefix="kill")

    @asynccontextmanager
    async def opened(self, mark: str, make: Callable[[], S]) -> AsyncIterator[S]:
        """Begin a statement, and close it whatever happens."""
        future = self._start(make)
        try:
            statement = await asyncio.shield(future)
        except asyncio.CancelledError:
            await self._stop(mark, future)
            if not future.exception():
                await self._start(future.result().close)
            raise
        try:
            yield statement
        finally:
            if not statement.closed:
                await asyncio.shield(self._start(statement.close))

    async def step(self, mark: str, work: Callable[[], T]) -> T:
        """One step of a statement; when the client goes away meanwhile, the statement is killed."""
        future = self._start(work)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            await self._stop(mark, future)
            raise

    async def apart(self, work: Callable[[], T]) -> T:
        """Work that no statement waits for, such as decompression."""
        return await self._start(work)

    def _start(self, work: Callable[[], T]) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def _stop(self, mark: str, future: asyncio.Future[T]) -> None:
        loop = asyncio.get_running_loop()
        while not future.done():
            await loop.run_in_executor(self._killer, self._engine.kill, mark)
            await asyncio.wait([future], timeout=KILL_AGAIN_S)
        future.exception()  # that it was killed is no news

    def close(self) -> None:
        """Wait for what runs."""
        self._pool.shutdown()
        self._killer.shutdown()
