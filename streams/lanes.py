"""The batch's work, spread over processes: Python uses one core per process, and a worker may use several.

A lane is a process of the worker's own that decodes, judges, archives, folds and writes. A partition's
messages always go to the same lane, and with them every event of an entity, so lanes share nothing. The
worker reads, commits and reports. A lane ends when its worker hangs up; a worker whose lane dies must die
too.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, Final, NamedTuple

from schemas import logs, settings
from schemas.errors import HubError, Unavailable
from schemas.settings import Settings
from streams.batch import Batch, Message, Outcome, decode_all
from streams.memory import Memory
from warehouse.client import connect

log = logging.getLogger("kommunpuls.lane")

END_S: Final = 10
_COLLECT_AFTER: Final = 1_000_000  # a batch makes many objects and no rings: looking for them is waste


class Stretch(NamedTuple):
    """Messages of one partition, in order. told_at: their broker times, microseconds since 1970; source_refs:
    file and line by offset, of those whose producer told them.
    """

    topic: str
    partition: int
    offsets: list[int]
    told_at: list[int]
    raw: list[bytes]
    source_refs: dict[int, str] = {}  # noqa: RUF012 a NamedTuple's default, never written to

    def messages(self) -> Iterator[Message]:
        """One by one."""
        for offset, told_at, raw in zip(self.offsets, self.told_at, self.raw, strict=True):
            yield Message(self.topic, self.partition, offset, told_at, raw, self.source_refs.get(offset, ""))


class LaneGone(RuntimeError):
    """A lane's process ended by itself: nobody knows what it had written. Start the worker again."""


class Lane:
    """The worker's end of a lane. Calls wait for the answer; threads take turns."""

    def __init__(self) -> None:
        here, there = socket.socketpair()
        with there:
            command = [sys.executable, "-m", "streams.lanes", str(there.fileno())]
            self._process = subprocess.Popen(
                command, pass_fds=[there.fileno()], env=os.environ | {"MALLOC_ARENA_MAX": "1"}
            )  # one heap for all threads: glibc would keep free memory in each of several
        self._connection = Connection(here.detach())
        self._turn = Lock()

    def apply(self, stretches: Sequence[Stretch], *, again: bool = False) -> Outcome:
        """`Batch.apply` of these messages."""
        outcome: Outcome = self._ask("apply", stretches, again)
        return outcome

    def learn_archive(self) -> None:
        """`Batch.learn_archive`."""
        self._ask("learn_archive")

    def rest(self) -> None:
        """`Batch.rest`."""
        self._ask("rest")

    def _ask(self, *request: Any) -> Any:
        """Unavailable as the lane met it; LaneGone when the lane is no more."""
        with self._turn:
            try:
                self._connection.send(request)
                answer = self._connection.recv()
            except (EOFError, OSError) as error:
                raise LaneGone(f"lane {self._process.pid} is gone: {error!r}") from error
        if isinstance(answer, Unavailable):
            raise answer
        return answer

    def close(self) -> None:
        """Hang up. The lane finishes what it is at; one that takes too long is ended."""
        self._connection.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(END_S)
            return
        self._process.kill()
        self._process.wait()


def few_collections() -> None:
    """Keep what is loaded out of the garbage collector's way, and let it look seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 100)


def _batch(config: Settings) -> Batch:
    memory = Memory(max(1, config.history_cache // config.lanes))
    return Batch(connect(config), memory, ThreadPoolExecutor(2, "archive"))


def _answer(batch: Batch, work: str, given: Sequence[Any]) -> Outcome | Unavailable | None:
    try:
        if work == "apply":
            stretches, again = given
            messages = [message for stretch in stretches for message in stretch.messages()]
            now = datetime.now(UTC)
            return batch.apply(decode_all(messages, now), now, again=again)
        if work == "learn_archive":
            batch.learn_archive()
        else:
            batch.rest()
    except Unavailable as error:
        return error
    return None


def main() -> None:
    """Answer until the worker hangs up. A fault in the settings is one line and exit code 1."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the worker's to hear
    logs.begin()
    connection = Connection(int(sys.argv[1]))
    try:
        batch = _batch(settings.load(os.environ))
    except HubError as error:
        sys.exit(f"lane: {error}")
    few_collections()
    with suppress(EOFError, ConnectionError):
        while True:
            work, *given = connection.recv()
            connection.send(_answer(batch, work, given))


if __name__ == "__main__":
    main()
