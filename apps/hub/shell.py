"""`up` and `down` as a person meets them in a terminal: progress, interruption, exit codes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import TYPE_CHECKING

from apps.hub import checks, home, stopping
from apps.hub.journal import Journal
from apps.terminal import Say, speaker
from schemas.errors import HubError
from schemas.settings import Settings

if TYPE_CHECKING:
    from apps.hub.starting import Hub, Steps


class Interrupted(Exception):
    """Ctrl-C, SIGTERM, or the terminal was closed."""


def run_hub(settings: Settings, steps: Steps, detach: bool) -> None:
    """Start the hub; stay and watch it until interrupted, or return when it is ready (`detach`).

    Raises HubError when it does not start; whatever was started is stopped then.
    """
    from apps.hub.starting import Hub

    say = speaker()
    settings = given(settings)
    home.make(settings.home)
    with _interruptible():
        try:
            with home.locked(settings.home):
                checks.refuse_second(settings)
                checks.clear_earlier(settings, say)
                checks.check_ports(settings)
                _run(Hub(settings, say), steps, detach, say)
        except home.AlreadyRunning as error:
            raise HubError(f"{error}; `./puls status` shows it, `./puls down` stops it") from error


def given(settings: Settings) -> Settings:
    """The settings without the addresses of a hub that ran here before: only the environment's own count."""
    return replace(
        settings,
        kafka=os.environ.get("PULS_KAFKA", ""),
        warehouse=os.environ.get("PULS_WAREHOUSE", ""),
        warehouse_password_file=settings.warehouse_password_file
        if os.environ.get("PULS_WAREHOUSE")
        else None,
    )


def _run(hub: Hub, steps: Steps, detach: bool, say: Say) -> None:
    stop = True
    try:
        _fetch_jars(hub, say)
        hub.start(steps)
        _tell_addresses(hub, say, detach)
        stop = not detach
        if not detach:
            hub.stay()
    except Interrupted:
        say("stopping")
    finally:
        if stop:
            _deaf()
            hub.stop()
    if stop:
        say("all stopped")


def _fetch_jars(hub: Hub, say: Say) -> None:
    if not hub.given.kafka:
        from apps.hub import broker

        broker.jars(broker.cache_folder(), say)


def _tell_addresses(hub: Hub, say: Say, detach: bool) -> None:
    say(f"public screens  {hub.address('public')}")
    say(f"work views      {hub.address('work')}")
    say("`./puls down` stops the hub" if detach else "Ctrl-C stops the hub")


@contextmanager
def _interruptible() -> Iterator[None]:
    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted

    before = {number: signal.signal(number, interrupt) for number in _SIGNALS}
    try:
        yield
    except Interrupted:
        sys.exit(130)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _deaf() -> None:
    """From here on all is being stopped; a second Ctrl-C must not leave half of it running."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def end_hub(settings: Settings) -> None:
    """Stop the hub of this home, whoever started it, and return when nothing of it runs."""
    say = speaker()
    journal = Journal(settings.home / "logs" / "supervisord.log")
    journal.news()
    if holder := home.holder(settings.home):
        say(f"asking the `up` with pid {holder} to stop its hub")
        stopping.interrupt(holder)
    elif not stopping.stop(settings.home, say, journal):
        say(f"no hub runs in {settings.home}")
        return
    stopping.stop(settings.home, say, journal)
    say("all stopped")
