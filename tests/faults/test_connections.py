"""What network, broker and store do to a worker under load: nothing lost, nothing doubled, rows the same."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from typing import Final

import psutil
import pytest

from schemas.codec import encode
from tests.conftest import rounds
from tests.faults.beset import MAX_POLL_S, Beset, beset
from tests.faults.load import Load

pytestmark = [pytest.mark.broker, pytest.mark.slow]
CASES: Final = rounds(400, 2_000)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beset]:
    with beset(tmp_path_factory.mktemp("beset")) as made:
        yield made


def during(hub: Beset, code: str, fault: Callable[[Load], None], cases: int = CASES) -> list[str]:
    """What is wrong after a load in which the fault happened."""
    with hub.load(code, cases) as load:
        until_some(load)
        fault(load)
        assert load.sent < len(load.events), "the load was over before the fault"
    return hub.end(load)


def until_some(load: Load) -> None:
    while load.sent == 0 and load.failure is None:
        time.sleep(0.05)


def test_inserts_that_break_in_the_middle_are_written_once(hub: Beset) -> None:
    def break_inserts(load: Load) -> None:
        for sent in (2_000, 20_000, 60_000):
            before = hub.store.resets
            hub.store.reset_after(sent)
            deadline = time.monotonic() + 15
            while hub.store.resets == before and time.monotonic() < deadline:
                time.sleep(0.1)
        assert hub.store.resets, "no insert was broken"

    assert during(hub, "9921", break_inserts) == []


@pytest.mark.faults
def test_a_store_that_resets_every_connection(hub: Beset) -> None:
    def reset(load: Load) -> None:
        for _ in range(10):
            hub.store.reset()
            time.sleep(0.3)

    assert during(hub, "9922", reset) == []


@pytest.mark.faults
def test_a_slow_store(hub: Beset) -> None:
    def slow(load: Load) -> None:
        with hub.store.slow(0.7):
            time.sleep(8)

    assert during(hub, "9923", slow) == []


@pytest.mark.faults
def test_a_store_that_is_away_longer_than_a_worker_may_be_silent(hub: Beset) -> None:
    def away(load: Load) -> None:
        with hub.store.cut():
            time.sleep(MAX_POLL_S * 1.5)

    assert during(hub, "9924", away) == []
    assert hub.alarm_states("warehouse.away")[-2:] == ["raised", "cleared"], "each lane tells of it"


@pytest.mark.faults
def test_a_store_that_answers_nothing_longer_than_a_worker_may_be_silent(hub: Beset) -> None:
    def silent(load: Load) -> None:
        with hub.store.held():
            time.sleep(MAX_POLL_S * 1.5)

    assert during(hub, "9925", silent) == []


@pytest.mark.faults
def test_a_frozen_store(hub: Beset) -> None:
    def freeze(load: Load) -> None:
        frozen = psutil.Process(hub.server.process.pid)
        frozen.send_signal(signal.SIGSTOP)
        time.sleep(8)
        frozen.send_signal(signal.SIGCONT)

    assert during(hub, "9926", freeze) == []


@pytest.mark.faults
def test_a_broker_that_resets_is_slow_and_is_away(hub: Beset) -> None:
    def all_three(load: Load) -> None:
        for _ in range(5):
            hub.kafka.reset()
            time.sleep(0.5)
        with hub.kafka.slow(0.3):
            time.sleep(5)
        with hub.kafka.cut():
            time.sleep(MAX_POLL_S * 1.2)

    assert during(hub, "9927", all_three, 2 * CASES) == []


@pytest.mark.faults
def test_a_broker_that_is_started_anew(hub: Beset) -> None:
    assert during(hub, "9920", lambda _: hub.restart_broker(), 2 * CASES) == []


@pytest.mark.faults
def test_workers_that_come_and_go_from_one_to_three_and_back(hub: Beset) -> None:
    def churn(load: Load) -> None:
        for sign in (signal.SIGKILL, signal.SIGTERM):
            with (
                hub.spine.running("streams.app", "worker") as one,
                hub.spine.running("streams.app", "worker") as two,
            ):
                time.sleep(8)
                for process in (one, two):
                    process.send_signal(sign)
                    process.wait(40)
                time.sleep(2)

    assert during(hub, "9928", churn, 3 * CASES) == []


@pytest.mark.faults
def test_deliveries_that_are_cut_short_or_of_a_version_to_come_are_refused_and_the_rest_is_whole(
    hub: Beset,
) -> None:
    refused = "SELECT reason, count() AS n FROM refused FINAL GROUP BY reason ORDER BY reason"
    before = {row["reason"]: row["n"] for row in hub.warehouse.rows(refused)}

    def spoil(load: Load) -> None:
        told = [encode(event) for event in load.events[:10]]
        hub.send_raw("cases", "cut", [payload[: len(payload) // 2] for payload in told])
        hub.send_raw("cases", "later", [payload.replace(b".v1", b".v9", 1) for payload in told])

    assert during(hub, "9929", spoil) == []
    after = {row["reason"]: row["n"] - before.get(row["reason"], 0) for row in hub.warehouse.rows(refused)}
    assert {reason: n for reason, n in after.items() if n} == {"not_json": 10, "unknown_type": 10}
