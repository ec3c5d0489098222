"""What sources do to a worker under load: floods of bad events, repeats in any order, copies that were cut,
and the nights when clocks are changed. Nothing lost, nothing doubled, rows the same; alarms raised and
cleared.
"""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from producers.publish import hash_of
from schemas import cases as c
from schemas.codec import CLOCK_TOLERANCE, encode
from schemas.envelope import Event
from tests.conftest import rounds
from tests.faults.beset import Beset, beset, open_cases
from tests.faults.load import Load, case_events
from tests.integration.spine import until
from tests.telling import tell
from warehouse.alarms import end_old
from warehouse.contracts import load as contracts
from warehouse.figures import in_period, over_spans
from warehouse.pauses import paused

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.faults]
CASES: Final = rounds(400, 2_000)
FLOODED: Final = 1
PARTITIONS: Final = 4
WAITS: Final = f"paused.cases.{FLOODED}"
FLOOD: Final = 70
"""More than the 50 in a row that stop a partition."""
SWEDEN: Final = ZoneInfo("Europe/Stockholm")
HOUR: Final = timedelta(hours=1)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beset]:
    with beset(tmp_path_factory.mktemp("sources")) as made:
        yield made


def begun(load: Load) -> None:
    until(lambda: load.sent > 0 or load.failure is not None)


def early(code: str, due: datetime) -> list[Event]:
    """Reports of cases of the flooded partition, right from this moment and refused until then."""
    told = [
        tell(f"flood{number}", c.ReportReceived(unit="a"), due + CLOCK_TOLERANCE, municipality=code)
        for number in range(FLOOD * PARTITIONS * 2)
    ]
    mine = [event for event in told if hash_of(event.subject.encode()) % PARTITIONS == FLOODED]
    return mine[:FLOOD]


def others(hub: Beset) -> int:
    return sum(hub.folded(partition) for partition in range(PARTITIONS) if partition != FLOODED)


def stopped(hub: Beset) -> int:
    """Until the flooded partition waits, alone and with its alarm; the offset where it does."""
    until(lambda: paused(hub.warehouse) == {("cases", FLOODED)}, 60)
    until(lambda: hub.alarm_states(WAITS)[-1:] == ["raised"], 20)
    time.sleep(3)  # its positions are written every two seconds
    return hub.folded(FLOODED)


def test_a_flood_stops_its_partition_alone_and_is_all_in_when_it_was_mended(hub: Beset) -> None:
    due = datetime.now(UTC) + timedelta(seconds=45)
    flood = early("9941", due)
    with hub.load("9941", 2 * CASES) as load:
        begun(load)
        hub.send_raw("cases", "flood", [encode(event) for event in flood], FLOODED, "early.csv")
        at = stopped(hub)
        before = others(hub)
        until(lambda: others(hub) > before, 60)
        assert load.sent < len(load.events), "the load was over before the partition was stopped"
    until(lambda: hub.alarm_states("refused.cases.clock") == ["raised"], 30)
    refused = open_cases(hub.warehouse, "clock")
    assert (hub.folded(FLOODED), len(refused)) == (at, FLOOD), "others go on, and this one does not"
    time.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()))
    assert "go on" in hub.puls("resume", "cases", str(FLOODED))
    until(hub.is_folded, 60)
    told = hub.puls("refused", "retry-all", "cases", "clock", refused[0]["field"])
    assert told == f"{FLOOD} put again\n"
    load.events += flood
    assert hub.end(load) == []
    end_old(hub.warehouse, datetime.now(UTC))
    assert hub.alarm_states("refused.cases.clock") == ["raised", "cleared"]
    assert hub.alarm_states(WAITS)[-2:] == ["raised", "cleared"]


def test_workers_that_come_and_go_forget_no_pause(hub: Beset) -> None:
    with hub.load("9942", 3 * CASES) as load:
        begun(load)
        hub.send_raw("cases", "flood", [b"{}"] * FLOOD, FLOODED)
        at = stopped(hub)
        with (
            hub.spine.running("streams.app", "worker") as one,
            hub.spine.running("streams.app", "worker") as two,
        ):
            time.sleep(10)
            assert hub.folded(FLOODED) == at
            one.send_signal(signal.SIGKILL)
            two.send_signal(signal.SIGTERM)
            two.wait(40)
            before = others(hub)
            until(lambda: others(hub) > before, 60)
        assert hub.folded(FLOODED) == at, "a worker drained what waits for a person"
        assert load.sent < len(load.events), "the load was over before the workers went"
        hub.puls("resume", "cases", str(FLOODED))
    assert hub.end(load) == []
    hub.dismiss_all("missing_field")
    assert hub.alarm_states("refused.cases.missing_field") == ["raised", "cleared"]
    assert hub.alarm_states(WAITS)[-2:] == ["raised", "cleared"]


def anyhow(events: list[Event], chance: random.Random, window: int = 200) -> list[Event]:
    """Every event twice, each up to so many places from where it belongs."""
    placed = [(at + chance.uniform(0, window), event) for at, event in enumerate(events) for _ in range(2)]
    return [event for _, event in sorted(placed, key=lambda one: one[0])]


def test_deliveries_twice_in_another_order_and_beside_cut_copies(hub: Beset) -> None:
    chance = random.Random(9943)
    told = case_events(seed=9943, code="9943", cases=CASES)
    with Load(hub.direct, anyhow(told, chance)) as load:
        begun(load)
        for part in range(3):
            whole = [encode(event) for event in chance.sample(told, 4)]
            cut = [payload[: chance.randrange(1, len(payload))] for payload in whole]
            hub.send_raw("cases", f"cut{part}", cut, file=f"part{part}.csv")
        assert load.sent < len(load.events), "the load was over before the cut copies"
    assert hub.end(load) == []
    refused = open_cases(hub.warehouse, "not_json")
    lines = {f"part{part}.csv:{line}" for part in range(3) for line in range(2, 6)}
    assert {row["source_ref"] for row in refused} == lines and len(refused) == len(lines)
    assert all(row["text_sv"] and row["text_en"] for row in refused)
    hub.dismiss_all("not_json")
    assert hub.alarm_states("refused.cases.not_json") == ["raised", "cleared"]


def night(first: datetime, hours: int) -> list[Event]:
    """A report every ten minutes of so many hours."""
    return [
        tell(f"{at:%m}n{at:%d%H%M}", c.ReportReceived(unit="a"), at, municipality="9944")
        for at in (first + number * HOUR / 6 for number in range(6 * hours))
    ]


def local(event: Event) -> bytes:
    """The event as a source writes it that tells local time with its offset from UTC."""
    utc, there = f"{event.time:%Y-%m-%dT%H:%M:%S}Z", event.time.astimezone(SWEDEN).isoformat()
    raw = encode(event)
    assert raw.count(utc.encode()) == 2
    return raw.replace(utc.encode(), there.encode())


def test_both_nights_when_the_clocks_are_changed(hub: Beset) -> None:
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    begins = datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=UTC)
    told = night(begins[0], 23) + night(begins[1], 25)
    with hub.load("9945", CASES) as load:
        begun(load)
        hub.send_raw("cases", "nights", [local(one) for one in random.Random(9944).sample(told, len(told))])
        assert load.sent < len(load.events), "the load was over before the nights"
    assert hub.end(load) == []
    assert hub.end(Load(hub.direct, told)) == []

    days = [night_on + timedelta(days=more) for night_on in (spring, autumn) for more in (-1, 0, 1)]
    spans = [(day, day + timedelta(days=1)) for day in days]
    rows = over_spans(hub.warehouse, contracts()["cases_received"], "9944", spans, date(2026, 11, 1))
    assert [row.value for row in rows] == [None, 6 * 23, 0, 0, 6 * 25, 0], "nothing was told before the first"
    assert by_hour(hub, spring) == {hour: 6 for hour in range(24) if hour != 2}
    assert by_hour(hub, autumn) == {hour: 12 if hour == 2 else 6 for hour in range(24)}
    inflow = contracts()["inflow"]
    for hour in (0, 1):  # UTC: the hour that comes twice, in summer time and in winter time
        since = datetime(2026, 10, 25, hour, tzinfo=UTC)
        assert [row.value for row in in_period(hub.warehouse, inflow, "9944", (since, since + HOUR))] == [6]


def by_hour(hub: Beset, day: date) -> dict[int, int]:
    """Cases received by the hour of the clock on the wall."""
    rows = hub.warehouse.rows(
        "SELECT toHour(toTimeZone(at, 'Europe/Stockholm')) AS hour, count() AS n FROM case_openings"
        " WHERE municipality = '9944' AND toDate(toTimeZone(at, 'Europe/Stockholm')) = {day:Date}"
        " GROUP BY hour ORDER BY hour",
        {"day": day.isoformat()},
    )
    return {row["hour"]: row["n"] for row in rows}
