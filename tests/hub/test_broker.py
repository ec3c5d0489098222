"""The real broker: started without anything of the system's, sane, and back after a kill."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

import pytest
from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient

from apps.hub import broker as own
from apps.hub import kafka
from apps.hub.broker import RunningBroker

pytestmark = pytest.mark.broker


def test_events_survive_a_kill_and_topics_are_never_made_by_a_misspelt_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    first = own.start(tmp_path / "kafka")
    admin = KafkaAdminClient(bootstrap_servers=first.address)
    admin.create_topics({"kept": {"num_partitions": 1, "replication_factor": 1}})
    admin.close()
    producer = KafkaProducer(bootstrap_servers=first.address, acks="all")
    producer.send("kept", b"an event").get(10)
    producer.close()
    first.process.kill()
    first.process.wait()
    second = own.start(tmp_path / "kafka")
    consumer = KafkaConsumer(
        "kept", bootstrap_servers=second.address, auto_offset_reset="earliest", consumer_timeout_ms=10_000
    )
    assert next(consumer).value == b"an event"
    assert consumer.topics() == {"kept"}
    consumer.close()
    second.stop()


def test_a_broker_listens_on_loopback_only_and_is_small(broker: RunningBroker) -> None:
    import psutil

    process = psutil.Process(broker.pid)
    listening = {c.laddr.ip for c in process.net_connections("inet") if c.status == psutil.CONN_LISTEN}
    assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}
    assert process.memory_info().rss < 400e6


def test_the_pinned_jars_are_fetched_whole_and_a_damaged_one_is_noticed(tmp_path: Path) -> None:
    folder = own.jars(own.cache_folder())
    assert sorted(file.name for file in folder.iterdir()) == sorted(jar.file_name for jar in own.pinned())
    copy = tmp_path / "jars"
    shutil.copytree(folder, copy)
    assert own._whole(copy, own.pinned())
    with (copy / own.pinned()[0].file_name).open("r+b") as opened:
        opened.truncate(100)
    assert not own._whole(copy, own.pinned())


def test_one_kafka_version_is_pinned() -> None:
    versions = {
        jar.coordinate.split(":")[2] for jar in own.pinned() if jar.coordinate.startswith("org.apache.kafka")
    }
    assert versions == {own.version()}


def test_odd_paths_are_escaped_in_the_properties() -> None:
    assert "log.dirs=/a\\\\b\n" in kafka.properties(Path("/a\\b"), 1, 2)


def test_a_cluster_id_that_begins_with_a_dash_is_no_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uuid.uuid4", lambda: UUID(bytes=b"\xf8" + bytes(15)))
    own.prepared(tmp_path, 20_001, 20_002)
    assert (tmp_path / "formatted").read_text().startswith("-")
