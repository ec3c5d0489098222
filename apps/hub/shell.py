"""`up` and `down` as a person meets them in a terminal: progress, interruption, exit codes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from apps.access import ways
from apps.hub import checks, home, stopping
from apps.hub.journal import Journal
from apps.hub.starting import Hub, Interrupted, Steps
from apps.terminal import Say, speaker
from schemas.errors import HubError
from schemas.settings import Settings


def run_hub(settings: Settings, steps: Steps, detach: bool) -> None:
    """Start the hub; stay and watch it until interrupted, or return when it is ready (`detach`).

    Raises HubError when it does not start; whatever was started is stopped then.
    """
    say = speaker()
    settings = given(settings)
    home.make(settings.home)
    try:
        with home.locked(settings.home):
            checks.refuse_second(settings)
            checks.clear_earlier(settings, say)
            ways.uses_provider(settings)  # a way in that stands open refuses now, in one line
            checks.check_ports(settings)
            _fetch_jars(settings, say)
            with _signals() as stop_wanted:
                _run(Hub(settings, say, stop_wanted=stop_wanted), steps, detach, say)
    except home.AlreadyRunning as error:
        way_out = "`./puls status` shows it, `./puls down` stops it, PULS_HOME=… starts another beside it"
        raise HubError(f"{error}: {way_out}") from error


def given(settings: Settings) -> Settings:
    """The settings without the addresses of a hub that ran here before: only the environment's own count."""
    warehouse = os.environ.get("PULS_WAREHOUSE", "")
    password = settings.warehouse_password_file if warehouse else None
    kafka = os.environ.get("PULS_KAFKA", "")
    return replace(settings, kafka=kafka, warehouse=warehouse, warehouse_password_file=password)


def _run(hub: Hub, steps: Steps, detach: bool, say: Say) -> None:
    ready = False
    try:
        hub.start(steps)
        ready = True
        _tell_addresses(hub, say, detach)
        if not detach:
            hub.stay()
    except Interrupted:
        say("stopping")
    finally:
        if not (ready and detach):
            hub.stop()
            say("all stopped")
    if not ready:
        sys.exit(130)


def _fetch_jars(settings: Settings, say: Say) -> None:
    if not settings.kafka:
        from apps.hub import broker

        broker.jars(broker.cache_folder(), say)


def _tell_addresses(hub: Hub, say: Say, detach: bool) -> None:
    say(f"public screens  {hub.address('public')}")
    say(f"work views      {_entrance(hub)}")
    say(f"HTTP push       {hub.address('push')}/events  (./puls token create lets a producer in)")
    say("`./puls down` stops the hub" if detach else "Ctrl-C stops the hub")


def _entrance(hub: Hub) -> str:
    """Where to log in to the work views, and how."""
    if ways.uses_provider(hub.settings):
        return f"{hub.settings.work_address}  (log in with the municipality's account)"
    return f"{hub.address('work')}  (log in by picking a role; from this machine alone)"


@contextmanager
def _signals() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C, SIGTERM or a closed terminal wants us to stop; asked where stopping is safe."""
    came: list[int] = []
    before = {number: signal.signal(number, lambda number, _: came.append(number)) for number in _SIGNALS}
    try:
        yield lambda: bool(came)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


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
