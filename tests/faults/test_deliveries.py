"""What comes in during a load: floods of nothing but bad events, repetitions in any order, both nights on
which the clock changes. Nothing lost, nothing doubled, the rest undisturbed, the alarm raised and cleared.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from apps import health
from schemas import cases as c
from schemas.codec import encode
from schemas.envelope import Event
from schemas.municipality import municipality
from tests.conftest import rounds
from tests.faults.beset import Beset, beset
from tests.faults.load import Load, case_events
from tests.integration.spine import until
from tests.telling import tell
from warehouse import pauses
from warehouse.contracts import load
from warehouse.figures import in_period

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.faults]
CASES: Final = rounds(400, 2_000)
BAD: Final = 300
WINDOW: Final = 400
NIGHTS: Final = (date(2025, 3, 30), date(2025, 10, 26))


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beset]:
    with beset(tmp_path_factory.mktemp("delivered")) as made:
        yield made


def refused(hub: Beset) -> Counter[str]:
    rows = hub.warehouse.rows("SELECT reason, count() AS n FROM refused FINAL GROUP BY reason")
    return Counter({row["reason"]: row["n"] for row in rows})


def on(hub: Beset) -> set[str]:
    return {row["name"] for row in health.alarms(hub.warehouse)}


def test_a_flood_of_nothing_but_bad_events_stops_one_partition_until_it_is_resumed(hub: Beset) -> None:
    """Also while workers come and go: none of them forgets that it waits."""
    with hub.load("9941", CASES) as told:
        until(lambda: told.sent > 0)
        hub.send_raw("cases", "flood", [b"{}"] * BAD)
        until(lambda: bool(pauses.paused(hub.warehouse)))
        (flooded,) = pauses.paused(hub.warehouse)
        until(lambda: pauses.alarm(flooded) in on(hub))
        with hub.spine.running("streams.app", "worker") as another:
            until(lambda: all_but(hub, flooded))
            assert pauses.paused(hub.warehouse) == {flooded}
            another.kill()
            another.wait(40)
    until(lambda: all_but(hub, flooded))
    assert behind(hub)[flooded] > 0, "it was drained while it should wait"
    pauses.resume(hub.warehouse, [flooded], "engineer", datetime.now(UTC))
    assert hub.end(told) == []
    assert refused(hub)["missing_field"] == BAD
    assert pauses.alarm(flooded) not in on(hub)


def behind(hub: Beset) -> dict[tuple[str, int], int]:
    rows = health.partitions(hub.warehouse, hub.direct)
    return {(row["topic"], row["partition"]): row["behind"] for row in rows}


def all_but(hub: Beset, waiting: tuple[str, int]) -> bool:
    return not any(n for place, n in behind(hub).items() if place != waiting)


def test_deliveries_twice_in_another_order_and_cut_short_beside_the_whole_ones(hub: Beset) -> None:
    chance, before = random.Random(9942), refused(hub)
    events = case_events(seed=9942, code="9942", cases=CASES)
    twice = [event for event in events for _ in range(2)]
    windows = [twice[at : at + WINDOW] for at in range(0, len(twice), WINDOW)]
    for window in windows:
        chance.shuffle(window)
    whole = [encode(event) for event in chance.sample(events, 15)]
    cut = [payload[: chance.randrange(1, len(payload) - 1)] for payload in whole]
    with Load(hub.direct, [event for window in windows for event in window]) as told:
        until(lambda: told.sent > 0)
        for number, payload in enumerate(cut):  # each under a key of its own: no partition gets many
            hub.send_raw("cases", f"cut {number}", [payload])
    assert hub.end(told) == []
    assert sum((refused(hub) - before).values()) == len(cut)


def test_both_nights_on_which_the_clock_changes(hub: Beset) -> None:
    """Every ten minutes of the nights a case is opened, and closed 90 minutes later: on the right days, as
    long as it was, also through the hour that comes twice and the one that is not there.
    """
    told = list(nights("9943"))
    with Load(hub.direct, told) as under_load:
        until(lambda: under_load.sent > 0)
    assert hub.end(under_load) == []
    zone = municipality("9943").zone
    for night in NIGHTS:
        midnight = datetime(night.year, night.month, night.day, tzinfo=ZoneInfo("UTC"))
        span = (midnight - timedelta(days=2), midnight + timedelta(days=2))
        wanted = Counter(
            event.time.astimezone(zone).date().isoformat()
            for event in told
            if isinstance(event.data, c.ReportReceived) and span[0] <= event.time < span[1]
        )
        found = in_period(hub.warehouse, load()["inflow"], "9943", span, ("day",))
        assert {row.dimensions["day"]: row.value for row in found} == wanted
        assert len(wanted) == 3
        times = in_period(hub.warehouse, load()["handling_time"], "9943", span, ("statistic",))
        assert {
            row.dimensions["statistic"]: round((row.value or 0) * 24, 9) for row in times
        } == dict.fromkeys(("mean", "median", "p90"), 1.5)


def nights(code: str) -> Iterator[Event]:
    for season, night in zip(("spring", "autumn"), NIGHTS, strict=True):
        first = datetime(night.year, night.month, night.day, tzinfo=UTC) - timedelta(hours=4)
        for number in range(30 * 6):
            at = first + timedelta(minutes=10 * number)
            name = f"{season}{number}"
            for fact, when in ((c.ReportReceived(unit="a", law="SoL"), at),
                               (c.CaseClosed("service_done"), at + timedelta(minutes=90))):  # fmt: skip
                yield tell(name, fact, when, municipality=code)
