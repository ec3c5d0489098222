from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from apps.commands.verify import moves
from schemas import cases as c
from schemas.settings import Settings
from streams import kinds
from streams.comparing import compare_before_switching
from streams.folds import case
from tests.telling import at, tell
from tests.warehouse.publishing import Town, now_only
from warehouse.client import Warehouse, connect
from warehouse.contracts import Contract
from warehouse.places import Places

BALANCE, UNASSIGNED = now_only("caseload_balance"), now_only("unassigned_cases")


@pytest.fixture(scope="module")
def hub(settings: Settings) -> Iterator[Warehouse]:
    """Ten cases, published; the balance of all is shown."""
    client = connect(settings)
    town, now = Town(client), at(3)
    town.tell(now, [tell(f"x{number}", c.ReportReceived(unit="vuxen"), at(0)) for number in range(10)])
    Places(client, [BALANCE, UNASSIGNED]).publish(1, now + timedelta(seconds=2))
    yield client
    client.close()


def with_metrics(monkeypatch: pytest.MonkeyPatch, *contracts: Contract) -> None:
    few = {contract.name: contract for contract in contracts}
    monkeypatch.setattr("warehouse.comparing.load", lambda: few)


def test_a_changed_fold_and_a_changed_metric_show_what_they_would_move_and_switch_nothing_on(
    hub: Warehouse, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hub.rows("SELECT * FROM cases FINAL ORDER BY entity")
    doubled = BALANCE.sql.replace("AS value", "* 2 AS value", 1)
    new = replace(BALANCE, version=BALANCE.version + 1, sql=doubled)
    with_metrics(monkeypatch, new, UNASSIGNED)
    lines = list(moves(compare_before_switching(settings, lambda _: None)))
    assert "metric version: 9999 caseload_balance now: 10 (n=10) → 20 (n=10)" in lines
    assert not [line for line in lines if "unassigned_cases" in line]

    with_metrics(monkeypatch, BALANCE, UNASSIGNED)
    of_case = kinds.BY_NAME["case"]
    monkeypatch.setitem(of_case.__dict__, "fold", lambda living: case.fold(living)._replace(opened_at=None))
    lines = list(moves(compare_before_switching(settings, lambda _: None)))
    assert lines[-1].split(" figures and ")[1].startswith("10 rows would move")
    assert hub.rows("SELECT * FROM cases FINAL ORDER BY entity") == before
