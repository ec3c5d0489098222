"""The way into Kafka: topics and a producer that knows what was acknowledged. The only home of kafka-python.

Nothing counts as sent until every in-sync replica has it; what is not acknowledged is named.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from types import TracebackType
from typing import Any, Final, Self

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient
from kafka.errors import KafkaError, TopicAlreadyExistsError
from kafka.partitioner import murmur2

from producers.connection import CONNECT_MS, away, connection
from schemas.codec import encode
from schemas.envelope import Event
from schemas.errors import Unavailable
from schemas.registry import RETENTION_MS, TOPICS, dead_letters
from schemas.settings import Settings

DELIVERY_MS: Final = 120_000
REQUEST_MS: Final = 30_000
MAX_PENDING: Final = 50_000
RETENTION: Final = "retention.ms"

logging.getLogger("kafka").addHandler(logging.NullHandler())  # its warnings are told by our own one line


def ensure_topics(settings: Settings) -> None:
    """Make every source topic and its dead-letter topic, and see to the retention; may be repeated.

    Raises Unavailable when the broker does not answer or refuses.
    """
    try:
        admin = KafkaAdminClient(**connection(settings))
        try:
            _create_missing(admin, settings)
            _mend_retention(admin)
        finally:
            admin.close()
    except KafkaError as error:
        raise away(settings, error) from error


def end_offsets(settings: Settings) -> dict[tuple[str, int], tuple[int, int]]:
    """First and end offset of every partition of the source topics. Unavailable when no broker answers."""
    try:
        consumer = KafkaConsumer(**connection(settings))
        try:
            partitions = [
                TopicPartition(topic, number)
                for topic in TOPICS
                for number in sorted(consumer.partitions_for_topic(topic) or ())
            ]
            first, end = consumer.beginning_offsets(partitions), consumer.end_offsets(partitions)
        finally:
            consumer.close()
    except KafkaError as error:
        raise away(settings, error) from error
    return {(tp.topic, tp.partition): (first[tp], end[tp]) for tp in partitions}


def _create_missing(admin: Any, settings: Settings) -> None:
    wanted = {name: _topic(settings, {RETENTION: str(RETENTION_MS)}) for name in TOPICS}
    wanted |= {dead_letters(name): _topic(settings, {}) for name in TOPICS}
    there = set(admin.list_topics())
    missing = {name: spec for name, spec in wanted.items() if name not in there}
    if not missing:
        return
    with suppress(TopicAlreadyExistsError):  # another process was quicker; what nobody made yet is made now
        admin.create_topics(missing, timeout_ms=CONNECT_MS)
    admin.wait_for_topics(list(wanted))


def _topic(settings: Settings, configs: dict[str, str]) -> dict[str, Any]:
    return {
        "num_partitions": settings.kafka_partitions,
        "replication_factor": settings.kafka_replication,
        "configs": configs,
    }


def _mend_retention(admin: Any) -> None:
    """An identity that slipped into a topic must be gone when it was promised, whoever made the topic."""
    found = admin.describe_configs(
        [ConfigResource(ConfigResourceType.TOPIC, name) for name in TOPICS], config_filter="all"
    )["topic"]
    wrong = [name for name in TOPICS if str(found[name][RETENTION]["value"]) != str(RETENTION_MS)]
    if wrong:
        admin.alter_configs(
            [ConfigResource(ConfigResourceType.TOPIC, name, {RETENTION: str(RETENTION_MS)}) for name in wrong]
        )


@lru_cache(maxsize=10_000)
def hash_of(key: bytes) -> int:
    """Kafka's own hash of a key; kept, since an entity's events come together and it is slow here."""
    return int(murmur2(key)) & 0x7FFFFFFF


def _producer(settings: Settings, **more: Any) -> Any:
    """A connected producer. Raises Unavailable."""
    try:
        return KafkaProducer(
            **connection(settings), client_id="kommunpuls-producer",
            metrics_enabled=False, acks="all", compression_type="lz4",
            batch_size=512 * 1024, allow_auto_create_topics=False, **more,
        )  # fmt: skip
    except KafkaError as error:
        raise away(settings, error) from error


class Publisher:
    """Sends events, keyed by their entity. Leaving its context without an error waits for all answers."""

    def __init__(self, settings: Settings) -> None:
        """Connect. Raises Unavailable when no broker answers within ten seconds."""
        self._settings = settings
        self._pending: deque[tuple[str, Any]] = deque()
        self._lost: Counter[str] = Counter()
        self._partitions: dict[str, int] = {}
        self._why = ""
        self.sent = 0
        self._producer = _producer(
            settings, enable_idempotence=True, linger_ms=100, delivery_timeout_ms=DELIVERY_MS,
            request_timeout_ms=REQUEST_MS, max_block_ms=CONNECT_MS,
        )  # fmt: skip

    def send(self, event: Event, raw: bytes | None = None) -> None:
        """Queue one event (`raw`: its bytes, where they are at hand). Waits while 50,000 are unanswered.

        Raises Unavailable when something sent earlier was not acknowledged.
        """
        topic = type(event.data).TOPIC
        try:
            key = event.subject.encode()
            answer = self._producer.send(
                topic, raw or encode(event), key, partition=self._partition(topic, key)
            )
        except KafkaError as error:
            raise self._no_topic(topic, error) from error
        self.sent += 1
        self._pending.append((topic, answer))
        if len(self._pending) >= MAX_PENDING:
            self._wait_for(MAX_PENDING // 2)

    def _partition(self, topic: str, key: bytes) -> int:
        if topic not in self._partitions:
            self._partitions[topic] = len(self._producer.partitions_for(topic))
        return hash_of(key) % self._partitions[topic]

    def flush(self) -> None:
        """Wait for every acknowledgement; Unavailable names how many events of which topic have none."""
        try:
            self._producer.flush(timeout=DELIVERY_MS / 1000 + 10)
        except KafkaError as error:
            self._why = type(error).__name__
        self._wait_for(0, patience_s=1)

    def _wait_for(self, most: int, patience_s: float = DELIVERY_MS / 1000 + 10) -> None:
        deadline = time.monotonic() + patience_s
        while self._collect() > most and time.monotonic() < deadline:
            time.sleep(0.005)
        if len(self._pending) > most:
            self._lost.update(topic for topic, _ in self._pending)
        if self._lost:
            raise self._unacknowledged()

    def _collect(self) -> int:
        """Take the answered ones off the queue; how many are left."""
        pending = self._pending
        while pending and pending[0][1].is_done:
            topic, answer = pending.popleft()
            if answer.exception is not None:
                self._lost[topic] += 1
                self._why = type(answer.exception).__name__
        return len(pending)

    def _unacknowledged(self) -> Unavailable:
        what = ", ".join(f"{count} events to {topic}" for topic, count in self._lost.items())
        why = f" ({self._why})" if self._why else ""
        return Unavailable(
            f"Kafka at {self._settings.kafka} did not acknowledge {what}{why}. Run again: nothing doubles"
        )

    def _no_topic(self, topic: str, error: Exception) -> Unavailable:
        name = type(error).__name__
        return Unavailable(f"Kafka at {self._settings.kafka} takes nothing for topic {topic} ({name}). "
                           "Does it run, and did ./puls up make the topic?")  # fmt: skip

    def close(self) -> None:
        """End the connection; what is queued and not flushed is given up."""
        self._producer.close(timeout=0 if self._lost else 5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.flush()
        finally:
            self.close()


class Deliverer:
    """A producer that stays open and answers for each delivery apart; several threads may call it at once.

    It connects when it is first needed, so that a server may start before its broker.
    """

    def __init__(self, settings: Settings, patience_s: int) -> None:
        self._settings = settings
        self._patience_s = patience_s
        self._connecting = threading.Lock()
        self._producer: Any = None

    def deliver(self, events: Sequence[tuple[Event, bytes]]) -> None:
        """Send events with their bytes; return when every in-sync replica has all of them.

        Unavailable: not all are known to have arrived. Some may have; sent again, none is there twice.
        """
        deadline = time.monotonic() + self._patience_s
        producer = self._connected()
        try:
            answers = [_send(producer, type(event.data).TOPIC, event.subject, raw) for event, raw in events]
            for answer in answers:
                answer.get(timeout=max(0.0, deadline - time.monotonic()))
        except KafkaError as error:
            raise away(self._settings, error) from error

    def _connected(self) -> Any:
        with self._connecting:
            if self._producer is None:
                half = self._patience_s * 500
                self._producer = _producer(
                    self._settings, enable_idempotence=False, max_in_flight_requests_per_connection=1,
                    linger_ms=2, delivery_timeout_ms=2 * half, request_timeout_ms=half - 2,
                    max_block_ms=half, reconnect_backoff_max_ms=1_000,
                )  # fmt: skip
            return self._producer

    def close(self) -> None:
        """End the connection."""
        if self._producer is not None:
            self._producer.close(timeout=1)


def _send(producer: Any, topic: str, subject: str, raw: bytes) -> Any:
    key = subject.encode()
    return producer.send(topic, raw, key, partition=hash_of(key) % len(producer.partitions_for(topic)))
