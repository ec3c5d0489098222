"""Configuration of the hub's own Kafka: one KRaft node on loopback, sized for a small machine.

Only texts and numbers; the processes are in `broker.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

NODE: Final = 1
HEAP: Final = "-Xmx256m"

JVM: Final = (
    HEAP,
    "-Xms32m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # the second compiler costs 3 s of a start and 25 MB, and sends no faster
    "-XX:MinHeapFreeRatio=10",
    "-XX:MaxHeapFreeRatio=30",
    "-XX:+UseCompactObjectHeaders",
    "-Xss512k",
    "-XX:ReservedCodeCacheSize=64m",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.awt.headless=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dorg.apache.logging.log4j.level=WARN",
)

FIXED: Final = {
    "process.roles": "broker,controller",
    "node.id": str(NODE),
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
    "inter.broker.listener.name": "PLAINTEXT",
    # Topics are made by the hub with their retention; one made by a misspelt name would keep events for ever.
    "auto.create.topics.enable": "false",
    "delete.topic.enable": "true",
    "num.partitions": "1",
    "default.replication.factor": "1",
    "min.insync.replicas": "1",
    "offsets.topic.num.partitions": "1",
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.num.partitions": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "group.initial.rebalance.delay.ms": "0",
    "message.max.bytes": "1048588",
    "log.segment.bytes": "67108864",
    "log.index.size.max.bytes": "1048576",
    # The cleaner's default buffer alone is half of our heap; it only cleans the offsets topic here.
    "log.cleaner.dedupe.buffer.size": "4194304",
    "log.cleaner.io.buffer.size": "131072",
    "num.network.threads": "2",
    "num.io.threads": "4",
    "background.threads": "2",
    "num.recovery.threads.per.data.dir": "2",
    "group.coordinator.threads": "1",
    # By default the controller writes an empty record twice a second for ever.
    "metadata.max.idle.interval.ms": "0",
    # A broker that was killed is let in again only when its old session ends; by default that takes 9 s.
    "broker.session.timeout.ms": "2000",
    "broker.heartbeat.interval.ms": "400",
}


def properties(data: Path, port: int, controller_port: int) -> str:
    """Text of `server.properties` for a node that keeps its logs in `data` and listens on 127.0.0.1 only."""
    own = {
        "log.dirs": _escaped(data),
        "listeners": f"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{port}",
        "controller.quorum.voters": f"{NODE}@127.0.0.1:{controller_port}",
    }
    return "".join(f"{name}={value}\n" for name, value in (FIXED | own).items())


def _escaped(path: Path) -> str:
    # `log.dirs` is a comma-separated list in a Java properties file, where a backslash escapes.
    return str(path).replace("\\", "\\\\")
