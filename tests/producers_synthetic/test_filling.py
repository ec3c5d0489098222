"""Fill and live against a real broker of their own: what is in Kafka must be the town's history."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kafka import KafkaConsumer, TopicPartition

from apps.hub.broker import RunningBroker, start
from producers.synthetic import anchor, fill
from producers.synthetic.care.generator import care_history
from producers.synthetic.committee import committee_history
from producers.synthetic.generator import Town, history
from producers.synthetic.placement_generator import placement_history
from schemas.codec import decode
from schemas.envelope import Event
from schemas.errors import Misconfigured
from schemas.reference import ProducerAlive
from schemas.settings import Settings

SIZE = 0.002
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def own_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBroker]:
    running = start(tmp_path_factory.mktemp("kafka"))
    yield running
    running.stop()


@pytest.fixture
def settings(own_broker: RunningBroker, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, kafka=own_broker.address)


def everything(settings: Settings) -> list[Event]:
    consumer = KafkaConsumer(bootstrap_servers=settings.kafka, consumer_timeout_ms=2000)
    places = [
        TopicPartition(t, p)
        for t in ("cases", "placements", "hours", "devices", "reference")
        for p in range(settings.kafka_partitions)
    ]
    consumer.assign(places)
    consumer.seek_to_beginning()
    ends = sum(consumer.end_offsets(places).values())
    told = [decode(message.value) for _, message in zip(range(ends), consumer, strict=False)]
    consumer.close()
    return told


def versions(events: list[Event]) -> set[tuple[str, datetime, bool, str]]:
    return {
        (e.id, e.recordedtime, e.retracted, repr(e.data)) for e in events if "/producer/" not in e.subject
    }


def signs_of_life(events: list[Event]) -> list[datetime]:
    return sorted(e.data.complete_until for e in events if isinstance(e.data, ProducerAlive))


def whole_town(until: datetime, filled_at: datetime | None = None) -> list[Event]:
    """What all of its systems tell."""
    asked = (anchor.SEED, until, SIZE, filled_at)
    cared = [*care_history(*asked), *committee_history(*asked)]
    return [*history(*asked), *placement_history(*asked), *cared]


def live(settings: Settings) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PULS_HOME": str(settings.home), "PULS_KAFKA": settings.kafka}
    return subprocess.Popen([sys.executable, "-m", "producers.synthetic.live"], cwd=ROOT, env=environment)


def wait_until_sent(settings: Settings, since: datetime) -> datetime:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        kept = anchor.read(settings.home)
        if kept and kept.sent_until and kept.sent_until >= since:
            return kept.sent_until
        time.sleep(0.1)
    raise AssertionError("live sent nothing")


@pytest.mark.broker
def test_fill_may_be_repeated_and_live_goes_on_from_it(settings: Settings) -> None:
    begun = datetime.now(UTC)
    filled_at = begun.replace(microsecond=0) - timedelta(days=2)
    told: list[tuple[int, int]] = []
    sent = fill(settings, lambda done, total: told.append((done, total)), size=SIZE, now=filled_at)
    assert told[-1] == (sent, sent)
    assert versions(everything(settings)) == versions(whole_town(filled_at))
    assert signs_of_life(everything(settings)) == [filled_at] * 4

    fill(settings, lambda done, total: None, size=SIZE, now=filled_at)
    assert versions(everything(settings)) == versions(whole_town(filled_at))

    process = live(settings)
    until = wait_until_sent(settings, begun)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    caught_up = everything(settings)
    whole = versions(whole_town(until, filled_at))
    assert whole <= versions(caught_up)
    assert len(whole) > len(versions(whole_town(filled_at)))
    assert all(e.recordedtime <= datetime.now(UTC) for e in caught_up)
    assert signs_of_life(caught_up)[-1] == until


@pytest.mark.broker
@pytest.mark.slow
def test_live_outlives_its_broker(tmp_path: Path) -> None:
    folder = tmp_path / "kafka"
    folder.mkdir()
    broker = start(folder)
    settings = Settings(home=tmp_path, kafka=broker.address)
    now = datetime.now(UTC)
    fill(settings, lambda done, total: None, size=SIZE, now=now)
    broker.stop()
    process = live(settings)
    time.sleep(2)
    broker = start(folder, int(settings.kafka.split(":")[1]))
    assert wait_until_sent(settings, now + timedelta(seconds=1)) > now
    process.terminate()
    assert process.wait(timeout=20) == 0
    broker.stop()


def test_live_refuses_a_home_that_was_never_filled(tmp_path: Path) -> None:
    process = live(Settings(home=tmp_path, kafka="127.0.0.1:1"))
    assert process.wait(timeout=20) == 2


def test_a_home_keeps_its_town_and_refuses_another_size(tmp_path: Path) -> None:
    now = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
    first = anchor.settle(tmp_path, 0.5, now)
    assert (
        anchor.settle(tmp_path, 0.5, now + timedelta(days=3)) == first == (Town(anchor.SEED, 0.5, now), None)
    )
    with pytest.raises(Misconfigured, match=r"size 0\.5, not 1"):
        anchor.settle(tmp_path, 1.0, now)
    anchor.path_of(tmp_path).write_text("{", encoding="utf-8")
    with pytest.raises(Misconfigured, match="reset"):
        anchor.read(tmp_path)
