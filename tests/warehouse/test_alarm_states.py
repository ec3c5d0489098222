"""An alarm is raised, acknowledged and cleared, by whom and when; and says what to do."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from apps import health
from schemas.errors import Misconfigured
from tests.conftest import ROOT
from warehouse import alarms
from warehouse.alarm_kinds import TO_DO, to_do
from warehouse.client import Warehouse
from warehouse.contracts import load
from warehouse.watch import RULES

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
NAMED = re.compile(
    r"""(_alarm\(\s*|_alarms\[|name = |ALARM: Final = |AWAY: Final = |REFUSED: Final = )f?"([a-z_]+)[."]"""
)
HOUR = timedelta(hours=1)
TEXT = ("Se över", "Look")


def test_an_alarm_is_raised_acknowledged_and_cleared(warehouse: Warehouse) -> None:
    name = "silent.9999.register"
    alarms.set_alarm(warehouse, name, True, TEXT, NOON)
    (row,) = health.alarms(warehouse)
    assert (row["state"], row["since"], row["acknowledged_at"]) == ("raised", NOON, None)
    assert (row["to_do_sv"], row["to_do_en"]) == to_do(name)
    assert alarms.acknowledge(warehouse, name, NOON + HOUR, "engineer")
    alarms.set_alarm(warehouse, name, True, TEXT, NOON + 2 * HOUR)  # stays on: nothing is written
    alarms.raise_alarm(warehouse, name, TEXT, NOON + 3 * HOUR)  # renewed: somebody looks at it still
    (row,) = health.alarms(warehouse)
    assert (row["state"], row["acknowledged_by"], row["acknowledged_at"]) == (
        "acknowledged", "engineer", NOON + HOUR,
    )  # fmt: skip
    assert (row["since"], row["changed_at"], row["text_sv"]) == (NOON, NOON + 3 * HOUR, "Se över")
    alarms.set_alarm(warehouse, name, False, TEXT, NOON + 4 * HOUR)
    assert health.alarms(warehouse) == []
    alarms.set_alarm(warehouse, name, True, TEXT, NOON + 5 * HOUR)
    assert [(row["state"], row["since"]) for row in health.alarms(warehouse)] == [("raised", NOON + 5 * HOUR)]
    told = warehouse.rows("SELECT state, role FROM alarms ORDER BY changed_at")
    assert [(row["state"], row["role"]) for row in told] == [
        ("raised", "hub"), ("acknowledged", "engineer"), ("raised", "hub"), ("cleared", "hub"),
        ("raised", "hub"),
    ]  # fmt: skip


def test_an_alarm_of_what_has_passed_ends_when_it_has_not_happened_again(warehouse: Warehouse) -> None:
    for name in ("history.case", "silent.9999.x"):
        alarms.raise_alarm(warehouse, name, TEXT, NOON)
    alarms.raise_alarm(warehouse, "history.case", TEXT, NOON + 5 * HOUR)
    alarms.end_old(warehouse, NOON + 28 * HOUR)
    assert alarms.on(warehouse, "") == {"history.case", "silent.9999.x"}
    alarms.end_old(warehouse, NOON + 30 * HOUR)
    assert alarms.on(warehouse, "") == {"silent.9999.x"}, "what goes on is ended by who looks at it"


def test_what_is_not_on_cannot_be_acknowledged_or_cleared(warehouse: Warehouse) -> None:
    assert not alarms.acknowledge(warehouse, "silent.9999.x", NOON, "engineer")
    assert not alarms.clear_alarm(warehouse, "silent.9999.x", NOON)
    assert warehouse.rows("SELECT 1 FROM alarms") == []


def test_an_alarm_that_does_not_say_what_to_do_cannot_be_raised(warehouse: Warehouse) -> None:
    with pytest.raises(Misconfigured, match="alarm_kinds"):
        alarms.raise_alarm(warehouse, "unheard_of.9999", TEXT, NOON)


def test_every_rule_of_every_metric_says_what_to_do() -> None:
    rules = {check.rule for contract in load().values() for check in contract.checks}
    assert rules | RULES.keys() <= TO_DO.keys()


def test_every_alarm_that_the_code_names_says_what_to_do() -> None:
    named = set[str]()
    for file in [*(ROOT / "streams").glob("*.py"), *(ROOT / "warehouse").glob("*.py")]:
        named |= {kind for _, kind in NAMED.findall(file.read_text())}
    assert {"history", "warehouse", "silent", "paused", "note_withheld"} <= named
    assert named <= TO_DO.keys()
    assert all(sv and en and sv != en for sv, en in TO_DO.values())
