"""The publisher and its topics on the real broker."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaConsumer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient
from kafka.partitioner import murmur2

from apps.hub import ports
from apps.hub.broker import RunningBroker, start
from producers import publish
from producers.connection import connection
from producers.publish import Publisher, end_offsets, ensure_topics
from schemas.cases import CaseClosed
from schemas.codec import decode, encode
from schemas.errors import Misconfigured, Unavailable
from schemas.registry import RETENTION_MS, TOPICS, dead_letters
from schemas.settings import Settings
from tests.producers.making import closed

pytestmark = pytest.mark.broker
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def settings(broker: RunningBroker, tmp_path: Path) -> Settings:
    found = Settings(home=tmp_path, kafka=broker.address)
    ensure_topics(found)
    return found


def messages(settings: Settings, keys: set[bytes], topic: str = "cases") -> list[Any]:
    """Every record of a topic whose key is among these."""
    consumer = KafkaConsumer(**connection(settings), consumer_timeout_ms=5_000)
    try:
        parts = [TopicPartition(topic, n) for n in sorted(consumer.partitions_for_topic(topic))]
        consumer.assign(parts)
        consumer.seek_to_beginning(*parts)
        ends = consumer.end_offsets(parts)
        found = []
        while any(consumer.position(part) < ends[part] for part in parts):
            for records in consumer.poll(1_000).values():
                found += [record for record in records if record.key in keys]
        return found
    finally:
        consumer.close()


def retention(settings: Settings, **changed: str) -> dict[str, str]:
    """Retention of every topic, after setting that of those named."""
    admin = KafkaAdminClient(**connection(settings))
    try:
        for topic, value in changed.items():
            admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, {"retention.ms": value})])
        names = [*TOPICS, *map(dead_letters, TOPICS)]
        resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
        told = admin.describe_configs(resources, config_filter="all")["topic"]
        return {name: str(told[name]["retention.ms"]["value"]) for name in names}
    finally:
        admin.close()


def test_source_topics_keep_events_for_14_days_and_each_has_its_dead_letters(settings: Settings) -> None:
    kept = retention(settings)
    assert {kept[topic] for topic in TOPICS} == {str(RETENTION_MS)} == {"1209600000"}
    assert len(kept) == 2 * len(TOPICS)


def test_partitions_are_those_of_the_settings(settings: Settings) -> None:
    assert {topic for topic, _ in end_offsets(settings)} == set(TOPICS)
    assert len([1 for topic, _ in end_offsets(settings) if topic == "cases"]) == settings.kafka_partitions


def test_a_retention_that_somebody_changed_is_mended(settings: Settings) -> None:
    assert retention(settings, cases="3600000")["cases"] == "3600000"
    ensure_topics(settings)
    assert retention(settings)["cases"] == str(RETENTION_MS)


def test_what_is_sent_arrives_once_keyed_by_its_entity(settings: Settings) -> None:
    mine = [closed(str(n)) for n in range(50)]
    with Publisher(settings) as publisher:
        for event in mine:
            publisher.send(event)
        assert publisher.sent == 50
    found = messages(settings, {event.subject.encode() for event in mine})
    assert sorted(record.value for record in found) == sorted(map(encode, mine))
    assert all(decode(record.value).subject.encode() == record.key for record in found)


def test_an_entity_lies_where_any_other_kafka_client_would_put_it(settings: Settings) -> None:
    mine = [closed(str(n)) for n in range(20)]
    with Publisher(settings) as publisher:
        for event in mine:
            publisher.send(event)
    for record in messages(settings, {event.subject.encode() for event in mine}):
        assert record.partition == (murmur2(record.key) & 0x7FFFFFFF) % settings.kafka_partitions


def test_it_goes_on_when_more_is_queued_than_may_wait(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "MAX_PENDING", 50)
    mine = [closed(str(n)) for n in range(150)]
    with Publisher(settings) as publisher:
        for event in mine:
            publisher.send(event)
            assert len(publisher._pending) < 50
    assert len(messages(settings, {event.subject.encode() for event in mine})) == 150


def test_a_missing_topic_is_told_and_not_waited_for_long(
    broker: RunningBroker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "CONNECT_MS", 1_000)
    monkeypatch.setattr(CaseClosed, "TOPIC", "nothing-of-that-name")
    publisher = Publisher(Settings(home=tmp_path, kafka=broker.address))
    with pytest.raises(Unavailable, match="nothing-of-that-name"):
        publisher.send(closed("1"))
    publisher.close()


def test_an_absent_broker_is_one_clear_line_and_leaves_no_thread(tmp_path: Path) -> None:
    threads = threading.active_count()
    settings = Settings(home=tmp_path, kafka=f"127.0.0.1:{ports.free(1)[0]}")
    for attempt in (ensure_topics, Publisher, end_offsets):
        with pytest.raises(Unavailable, match="does not answer") as caught:
            attempt(settings)
        assert "\n" not in str(caught.value) and settings.kafka in str(caught.value)
    assert threading.active_count() == threads


def test_no_broker_at_all_says_what_to_start(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"\./puls up.*PULS_KAFKA"):
        Publisher(Settings(home=tmp_path))


def test_what_a_dying_broker_did_not_acknowledge_is_named(tmp_path: Path) -> None:
    own = start(tmp_path / "kafka")
    command = [sys.executable, "-m", "tests.producers.orphan", own.address]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as orphan:
        assert orphan.stdout is not None and orphan.stdin is not None
        assert orphan.stdout.readline() == "one acknowledged\n"
        own.stop()
        told, _ = orphan.communicate("the broker is gone\n", timeout=60)
    assert "did not acknowledge 3 events to cases" in told
    assert "Run again" in told and told.count("\n") == 1


def test_security_comes_from_the_settings(broker: RunningBroker, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hemligt\n")
    both = f"127.0.0.1:{ports.free(1)[0]},{broker.address}"  # one of them may be away
    with_password = Settings(kafka=both, kafka_security="SASL_PLAINTEXT", kafka_password_file=secret)
    found = connection(with_password)
    assert found["bootstrap_servers"] == both.split(",")
    assert (found["sasl_mechanism"], found["sasl_plain_password"]) == ("SCRAM-SHA-512", "hemligt")
    assert "ssl_context" in connection(Settings(kafka=broker.address, kafka_security="SSL"))


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (Settings(kafka="localhost"), "no host:port"),
        (Settings(kafka_security="SASL_SSL"), "PULS_KAFKA_PASSWORD_FILE"),
        (Settings(kafka_security="SASL_SSL", kafka_password_file=Path("/nowhere")), "PASSWORD_FILE"),
        (Settings(kafka_security="SSL", kafka_ca_file=Path("/nowhere")), "PULS_KAFKA_CA_FILE"),
    ],
)
def test_security_that_lacks_something_names_the_setting(
    wrong: Settings, named: str, broker: RunningBroker
) -> None:
    with pytest.raises(Misconfigured, match=named):
        connection(replace(wrong, kafka=wrong.kafka or broker.address))
