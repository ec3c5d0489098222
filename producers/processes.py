"""Several processes for one big file: each makes and sends its share, and tells progress and report."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final

from producers.share import Order, Progress, Report, Share, send
from schemas.errors import Misconfigured, Unavailable
from schemas.settings import Settings

_SPAWN: Final = get_context("spawn")  # a fork would copy the threads' locks of the progress line


def in_processes(settings: Settings, order: Order, count: int, progress: Progress) -> list[Report]:
    """The report of every share. Raises what a share raised; the other shares are ended then."""
    with _children(settings, order, count) as connections:
        return _collected(connections, progress)


@contextmanager
def _children(settings: Settings, order: Order, count: int) -> Iterator[list[Connection]]:
    processes: list[BaseProcess] = []
    connections: list[Connection] = []
    try:
        for part in range(count):
            ours, theirs = _SPAWN.Pipe(duplex=False)
            process: BaseProcess = _SPAWN.Process(
                target=_work, args=(theirs, settings, order, Share(part, count)), daemon=True
            )
            process.start()
            theirs.close()
            processes.append(process)
            connections.append(ours)
        yield connections
        for process in processes:
            process.join()
    finally:
        for process in processes:
            process.terminate()


def _collected(connections: list[Connection], progress: Progress) -> list[Report]:
    """Listen until each has told its report. Unavailable when one ends without."""
    counts = dict.fromkeys(range(len(connections)), (0, 0))
    reports: dict[int, Report] = {}
    while len(reports) < len(connections):
        waiting = [connection for n, connection in enumerate(connections) if n not in reports]
        for ready in wait(waiting):
            number = connections.index(ready)  # type: ignore[arg-type]
            told = _received(connections[number])
            if isinstance(told, Report):
                reports[number] = told
            else:
                counts[number] = told
                progress(sum(events for events, _ in counts.values()), sum(bad for _, bad in counts.values()))
    return [reports[number] for number in sorted(reports)]


def _received(connection: Connection) -> Any:
    try:
        told = connection.recv()
    except EOFError:
        raise Unavailable(
            "A process that sends a share of the file ended early. Run again: nothing doubles"
        ) from None
    if isinstance(told, (Unavailable, Misconfigured)):
        raise told
    return told


def _work(connection: Connection, settings: Settings, order: Order, share: Share) -> None:
    """One child. Ctrl-C is for the parent, which then ends its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        report = send(settings, order, share, lambda events, refusals: connection.send((events, refusals)))
        connection.send(report)
    except (Unavailable, Misconfigured) as error:
        connection.send(error)
