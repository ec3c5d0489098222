"""A flood of bad events pauses its partition alone, through a restart, until a person resumes it; refused
events are listed, tried again and dismissed. All real.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kafka import KafkaProducer
from typer.testing import CliRunner

from apps import health
from apps.cli import app
from apps.hub import programs
from producers.publish import hash_of
from schemas import cases as c
from schemas.codec import CLOCK_TOLERANCE, encode
from schemas.envelope import Event
from schemas.errors import Misconfigured
from schemas.source_ref import HEADER
from tests.integration.spine import Spine, spine, until
from tests.telling import tell
from warehouse.audit_check import check
from warehouse.pauses import paused
from warehouse.reconcile import reconcile
from warehouse.refused import Pointer, found, grouped

pytestmark = [pytest.mark.broker, pytest.mark.slow]
FLOODED, CALM, BAD = 0, 1, 60
LONG = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


class World:
    """A hub, the raw way into its topic, and its commands."""

    def __init__(self, hub: Spine) -> None:
        self.hub = hub
        self._producer = KafkaProducer(bootstrap_servers=hub.settings.kafka, acks="all")

    def put(self, raw: bytes, partition: int = FLOODED, line: str = "") -> int:
        headers = [(HEADER, line.encode())] if line else []
        return int(self._producer.send("cases", raw, None, headers, partition).get(10).offset)

    def puls(self, *words: str) -> str:
        told = CliRunner().invoke(app, words, env=programs.variables(self.hub.settings))
        if told.exception is not None:
            raise told.exception
        return told.output

    def show(self, offset: int) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(
            self.puls("refused", "show", f"cases/{FLOODED}/{offset}", "--json")
        )
        return found

    def becomes(self, offset: int, status: str) -> None:
        until(lambda: found(self.hub.warehouse, Pointer("cases", FLOODED, offset))["status"] == status, 20)

    def folded(self, partition: int) -> int:
        rows = health.partitions(self.hub.warehouse, self.hub.settings)
        return next(
            int(row["folded"]) for row in rows if (row["topic"], row["partition"]) == ("cases", partition)
        )

    def close(self) -> None:
        self._producer.close()


def try_a_whole_group_again(world: World) -> None:
    """All of the group and no other, once: also what one partition has and another has not."""
    soon = datetime.now(UTC) + CLOCK_TOLERANCE + timedelta(seconds=5)
    early = [world.put(encode(good(at, soon)), at) for at in (FLOODED, FLOODED, CALM)]
    until(lambda: sum(row["events"] for row in grouped(world.hub.warehouse, reason="clock")) == 3, 20)
    archived = world.hub.archived("9999")
    time.sleep(5)
    (group,) = grouped(world.hub.warehouse, reason="clock")
    where = ("refused", "retry-all", "cases", "clock")
    assert world.puls(*where, "another_field") == "0 put again\n"
    assert world.puls(*where, group["field"]) == "3 put again\n"
    assert world.puls(*where, group["field"]) == "0 put again\n", "those that wait are not put twice"
    for offset in early[:2]:
        world.becomes(offset, "accepted")
    until(world.hub.has_folded_all, 20)
    assert world.hub.archived("9999") == archived + 3


def good(partition: int, when: datetime | None = None) -> Event:
    """An event of a case whose key lies in this partition."""
    names = (uuid.uuid4().hex[:8] for _ in range(1_000))
    now = datetime.now(UTC)
    told = (tell(name, c.ReportReceived(unit="a"), when or now - timedelta(days=1)) for name in names)
    return next(event for event in told if hash_of(event.subject.encode()) % 4 == partition)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, warehouse_address: str) -> Iterator[World]:
    """The hub after a flood, a restart of the worker and a resumption; what was seen on the way is told."""
    with spine(tmp_path_factory.mktemp("refused"), warehouse_address, f"test_{uuid.uuid4().hex[:12]}") as hub:
        made = World(hub)
        yield made
        made.close()


def test_a_flood_pauses_its_partition_alone_until_a_person_resumes_it(world: World) -> None:
    began = time.monotonic()
    for number in range(BAD):
        last = world.put(b"{}", line=f"ärenden.csv:{number + 2}")
    until(lambda: paused(world.hub.warehouse) == {("cases", FLOODED)}, 60)
    until(lambda: "paused.cases.0" in {row["name"] for row in health.alarms(world.hub.warehouse)}, 60)
    assert time.monotonic() - began < 60
    until(lambda: world.folded(FLOODED) == last + 1, 20)
    world.put(encode(good(FLOODED)))
    calm = world.put(encode(good(CALM)), CALM)
    until(lambda: world.folded(CALM) == calm + 1, 20)
    assert world.folded(FLOODED) == last + 1

    world.hub.worker.kill()
    world.hub.worker.wait()
    with world.hub.running("streams.app", "worker") as world.hub.worker:
        calm = world.put(encode(good(CALM)), CALM)
        until(lambda: world.folded(CALM) == calm + 1, 40)
        assert world.folded(FLOODED) == last + 1, "a restart drained what a person should look at"
        with pytest.raises(Misconfigured, match="cases 1 does not wait; paused: cases 0"):
            world.puls("resume", "cases", "1")
        assert "go on" in world.puls("resume", "cases")
        until(world.hub.has_folded_all, 20)
        assert world.hub.archived("9999") == 3
        assert "paused.cases.0" not in world.puls("alarms", "list")
        work_with_what_was_refused(world, last)
        until(world.hub.has_folded_all, 20)
    folded = [world.folded(at) for at in (FLOODED, CALM)]
    reconcile(world.hub.warehouse, {("cases", at): end for at, end in enumerate(folded)}, datetime.now(UTC))
    sums = health.reconciled(world.hub.warehouse)
    assert [(row["seen"], row["difference"]) for row in sums] == [(end, 0) for end in folded]


def work_with_what_was_refused(world: World, last: int) -> None:
    (group,) = json.loads(world.puls("refused", "list", "--json"))
    assert (group["events"], group["offset"] <= last, group["source_ref"][:12]) == (BAD, True, "ärenden.csv:")
    assert world.show(3)["source_ref"] == "ärenden.csv:5"
    assert "payload" not in world.puls("refused", "show", "cases/0/3").replace("payload_hash", "")

    world.puls("refused", "retry", "cases/0/3")
    world.becomes(3, "refused again")
    assert world.puls("refused", "list").startswith(f"{BAD} of cases")
    with pytest.raises(Misconfigured, match="dealt with already"):
        world.puls("refused", "retry", "cases/0/3")

    soon = datetime.now(UTC) + CLOCK_TOLERANCE + timedelta(seconds=4)
    early = world.put(encode(good(FLOODED, soon)))
    until(lambda: len(grouped(world.hub.warehouse)) == 2, 20)
    assert world.puls("refused", "list", "--topic", "hours") == "nothing refused is left to work on\n"
    time.sleep(4)
    world.puls("refused", "retry", f"cases/0/{early}")
    world.becomes(early, "accepted")

    try_a_whole_group_again(world)

    identity, another = (
        world.put(encode(good(FLOODED)).replace(b'"unit":"a"', b'"unit":"19121212-1212"')) for _ in range(2)
    )
    until(lambda: [row["events"] for row in grouped(world.hub.warehouse, reason="identity")] == [2], 20)
    with pytest.raises(Misconfigured, match="mended at the source only"):
        world.puls("refused", "retry", f"cases/0/{identity}")
    field = found(world.hub.warehouse, Pointer("cases", FLOODED, identity))["field"]
    told = world.puls("refused", "retry-all", "cases", "identity", field)
    assert told.startswith("0 put again\n2 not: Personuppgifter"), "counted by why"
    with pytest.raises(Misconfigured, match="not on the list"):
        world.puls("refused", "dismiss", f"cases/0/{identity}", "--reason", "because")
    where = ("refused", "dismiss", f"cases/0/{identity}", "--reason", "mended_at_source", "--ticket")
    with pytest.raises(Misconfigured, match="a code"):
        world.puls(*where, "19121212-1212")
    world.puls(*where, "INC-17")
    assert world.show(identity)["status"] == "dismissed"
    world.puls("refused", "dismiss", f"cases/0/{another}", "--reason", "test_data")
    assert "(identity)" not in world.puls("refused", "list")

    world.puls("alarms", "acknowledge", "refused.cases.missing_field")
    acts = world.hub.warehouse.rows("SELECT act FROM audit WHERE act != 'opened' ORDER BY at")
    assert [row["act"] for row in acts] == [
        "resumed",
        *["retried"] * 5,
        "dismissed",
        "dismissed",
        "acknowledged",
    ]
    assert check(world.hub.warehouse, *LONG).broken == ()
