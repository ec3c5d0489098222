"""Keeps Mittköping alive (`python -m producers.synthetic.live`): events when their time comes, signs of life.

What was sent is remembered in the home, so a restart goes on from there and a pause is caught up with.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from producers.publish import Publisher
from producers.synthetic import anchor
from producers.synthetic.everything import everything, signs_of_life
from schemas import logs
from schemas.envelope import Event
from schemas.errors import Misconfigured, Unavailable
from schemas.settings import Settings, load

BEAT: Final = timedelta(seconds=10)
"""How old figures are at least: a wall before staff promises at most half a minute."""
LONGEST_WAIT_S: Final = 30.0


def run(stop: threading.Event) -> None:
    """Send until told to stop. A broker that is away is waited for. Misconfigured: the home was never filled.

    Settings are read again at each new connection: a hub that restarts may have another address.
    """
    wait_s = 1.0
    while not stop.is_set():
        settings = load(os.environ)
        before = _kept(settings).sent_until
        try:
            with Publisher(settings) as publisher:
                _live(settings, publisher, stop)
        except Unavailable as error:
            wait_s = 1.0 if _kept(settings).sent_until != before else min(2 * wait_s, LONGEST_WAIT_S)
            print(f"{error}. Trying again in {wait_s:.0f} s", file=sys.stderr, flush=True)
            stop.wait(wait_s)


def _kept(settings: Settings) -> anchor.Anchor:
    kept = anchor.read(settings.home)
    if kept is None:
        raise Misconfigured(f"{settings.home} holds no Mittköping yet: ./puls up fills it")
    return kept


def _live(settings: Settings, publisher: Publisher, stop: threading.Event) -> None:
    """Events as their time comes; on each beat signs of life and the note of what was acknowledged."""
    kept = _kept(settings)
    coming = _Coming(everything(kept.town, since=kept.sent_until))
    while not stop.is_set():
        now = datetime.now(UTC)
        coming.send_until(now, publisher)
        publisher.flush()
        for sign in signs_of_life(now):
            publisher.send(sign)
        anchor.write(settings.home, kept._replace(sent_until=now))
        _until_next_beat(coming, publisher, stop, now + BEAT)


def _until_next_beat(coming: _Coming, publisher: Publisher, stop: threading.Event, beat: datetime) -> None:
    while not stop.is_set() and (now := datetime.now(UTC)) < beat:
        coming.send_until(now, publisher)
        stop.wait(max(0.0, (min(coming.next.recordedtime, beat) - now).total_seconds()))


class _Coming:
    """The events to come, with the next one at hand."""

    def __init__(self, events: Iterator[Event]) -> None:
        self._events = events
        self.next = next(events)

    def send_until(self, now: datetime, publisher: Publisher) -> None:
        """Send what was recorded up to now."""
        while self.next.recordedtime <= now:
            publisher.send(self.next)
            self.next = next(self._events)


def main() -> int:
    """Entry point: runs until SIGTERM or SIGINT. Exit code 2 when something is misconfigured."""
    logs.begin()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        run(stop)
    except Misconfigured as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
