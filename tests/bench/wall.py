"""What staff wait for before the wall of the home care office (L4): from the sending of a decision until the
hours of today that it grants stand on the screen.

Worker, publisher, public screens and browser are processes as in a hub, and nothing else asks for anything.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Final

from playwright.sync_api import Page

from producers.publish import Publisher as Producer
from schemas.calendar import local_day
from schemas.hours import HoursGranted
from schemas.municipality import municipality
from schemas.reference import ProducerAlive
from schemas.settings import Settings
from tests.bench.ground import child
from tests.bench.load import pseudonym
from tests.bench.ours import WORKER
from tests.bench.year import CODE, UNITS, event
from tests.browser.stage import chromium, serving
from tests.browser.watching import opened, shown, until

PUBLISHER: Final = [sys.executable, "-m", "warehouse.publish"]
PROBES: Final = 10
PATIENCE_S: Final = 600
A_DAY: Final = 24
"""Hours that each probe adds to those of today."""


def waits(settings: Settings) -> Iterator[float]:
    """Seconds of each probe; the first is sent when the wall shows hours of today."""
    with ExitStack() as hub:
        for command in (WORKER, PUBLISHER):
            hub.enter_context(child(command, settings))
        screens = hub.enter_context(serving("public", settings))
        producer = hub.enter_context(Producer(settings))
        _alive(producer)
        page = opened(hub.enter_context(chromium()).new_context(), f"{screens.address}/{CODE}/hemtjanst")
        until(lambda: _granted(page) > 0, PATIENCE_S)
        for number in range(PROBES):
            before = _granted(page)
            began = time.perf_counter()
            _grant(producer, number)
            until(lambda: _granted(page) >= before + A_DAY, PATIENCE_S)  # noqa: B023  (asked within the round)
            yield time.perf_counter() - began
            time.sleep(1 + number / 2)  # so that probes fall anywhere in the beats
            _alive(producer)


def _granted(page: Page) -> float:
    """The wall's hours granted today, 0 where it shows none."""
    found = re.search(r"Beviljade timmar i dag ([\d ]+?) ?timmar", shown(page) + " timmar")
    return float(found.group(1).replace(" ", "") or 0) if found else 0.0


def _alive(producer: Producer) -> None:
    now = datetime.now(UTC)
    subject = f"{CODE}/producer/year-hours.{now:%Y%m%dT%H%M%S}"
    producer.send(event(subject, ProducerAlive("hours", now, max_age_s=90_000), now))
    producer.flush()


def _grant(producer: Producer, number: int) -> None:
    now = datetime.now(UTC)
    told = HoursGranted(
        service="home_care", unit=UNITS[0], hours=A_DAY, per="day", regi="in_house", law="SoL",
        from_on=local_day(now, municipality(CODE).zone), person=pseudonym("probe", number),
    )  # fmt: skip
    producer.send(event(f"{CODE}/grant/{pseudonym('probe', number)}", told, now))
    producer.flush()
