"""Ready means that worker and publisher have done something since this start, and figures are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from apps.hub import home, ports
from apps.hub.programs import Program
from apps.hub.signs import Signs
from apps.hub.starting import Hub, Steps
from schemas.errors import Unavailable
from schemas.settings import Settings
from tests.hub.test_supervision import SCREENS, STAND_IN
from warehouse.client import Warehouse

DONE = (STAND_IN, "done")
EMPTY, FILLED = Steps(DONE, None), Steps(DONE, DONE)
IDLE = {name: Program(name, STAND_IN, ("idle",), grace_s=5) for name in ("worker", "publisher")}
LONG_AGO = timedelta(days=1)

Make = Callable[..., tuple[Hub, list[str]]]


@pytest.fixture
def given(warehouse: Warehouse, warehouse_settings: Settings) -> Settings:
    public, work = ports.free(2)
    return replace(warehouse_settings, kafka="given:1", public_port=public, work_port=work)


@pytest.fixture
def make_hub(given: Settings) -> Iterator[Make]:
    hubs: list[Hub] = []

    def make(*names: str) -> tuple[Hub, list[str]]:
        said: list[str] = []
        chosen = [*(IDLE[name] for name in names), *SCREENS]
        home.make(given.home)
        hubs.append(Hub(given, said.append, lambda settings, free: chosen, patience_s=3))
        return hubs[-1], said

    yield make
    for hub in hubs:
        hub.stop()


def write_position(warehouse: Warehouse, at: datetime, offset: int = 0) -> None:
    warehouse.command(
        "INSERT INTO positions VALUES ('cases', 0, {o:UInt64}, {at:DateTime64(6)}, 0, 0, 0,"
        " {at:DateTime64(6)})",
        {"o": offset, "at": at},
    )


def write_publication(warehouse: Warehouse, at: datetime) -> None:
    warehouse.command(
        "INSERT INTO publications (run, municipality, metric, known_at) VALUES"
        " (1, '9999', 'caseload_balance', {at:DateTime64(6)})",
        {"at": at},
    )


def test_a_worker_that_lives_but_has_written_nothing_since_the_start_is_not_ready(
    make_hub: Make, warehouse: Warehouse
) -> None:
    write_position(warehouse, datetime.now(UTC) - timedelta(seconds=1))
    hub, _ = make_hub("worker")
    with pytest.raises(
        Unavailable, match=r"^worker: no sign of life in 3 s; `\./puls logs worker`"
    ) as caught:
        hub.start(EMPTY)
    assert "alive, and does nothing" in str(caught.value)


def test_a_publisher_that_holds_no_lease_is_not_ready(make_hub: Make, warehouse: Warehouse) -> None:
    write_position(warehouse, datetime.now(UTC) + LONG_AGO)
    hub, said = make_hub("worker", "publisher")
    with pytest.raises(Unavailable, match=r"^publisher: no sign of life"):
        hub.start(EMPTY)
    assert "worker: ready" in said


def test_a_filled_hub_is_ready_when_its_first_figures_are_published(
    make_hub: Make, warehouse: Warehouse
) -> None:
    hub, said = make_hub()
    with pytest.raises(Unavailable, match=r"^first figures: .*`\./puls logs publisher`"):
        hub.start(FILLED)
    hub.stop()
    write_publication(warehouse, datetime.now(UTC) - LONG_AGO)
    hub, said = make_hub()
    hub.start(FILLED)
    assert said[-1] == "first figures: ready"


def test_an_empty_hub_does_not_wait_for_figures(make_hub: Make) -> None:
    hub, said = make_hub()
    hub.start(EMPTY)
    assert "first figures: ready" not in said


def test_offsets_that_move_are_seen_and_silence_is_told_with_its_reason(
    given: Settings, warehouse: Warehouse
) -> None:
    signs = Signs(given, given)
    assert (signs.folded(), signs.has_figures()) == (0, False)
    write_position(warehouse, datetime.now(UTC), 7)
    assert signs.folded() == 7
    nowhere = replace(given, warehouse=f"http://127.0.0.1:{ports.free(1)[0]}")
    with pytest.raises(Unavailable, match=r"the warehouse does not answer .*refused"):
        Signs(nowhere, nowhere).folded()
