"""What is told of hours: since when, and what nothing told means."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest

from schemas.settings import Settings
from tests.caring import clock, granted, planned, reported, visit
from tests.warehouse.town import fold
from warehouse.client import Warehouse, connect, create_tables
from warehouse.told import told


@pytest.fixture(scope="module")
def hub(warehouse_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    name = f"test_{uuid.uuid4().hex[:12]}"
    settings = Settings(home=tmp_path_factory.mktemp("hours"), warehouse=warehouse_address, database=name)
    warehouse = connect(settings)
    create_tables(warehouse, name)
    yield warehouse
    warehouse.close()
    connect(replace(settings, database="default")).command(f"DROP DATABASE {name}")


def test_each_kind_of_hours_has_a_first_day_of_its_own(hub: Warehouse) -> None:
    code = "9931"
    assert told(hub, code).firsts == {}
    fold(hub, [planned("later", code, "2026-05-01 08:00", "2026-05-01 09:00")])
    assert told(hub, code).firsts == {"plan": clock("2026-05-01 08:00")}
    fold(hub, [reported("march", code, "2026-03-01", "2026-04-01", 40)])
    march = clock("2026-03-01 00:00")
    assert told(hub, code).firsts == {
        "plan": clock("2026-05-01 08:00"), "hours_report": march, "performed": march, "hours": march,
    }  # fmt: skip
    fold(hub, [granted("ann", code, 2, "day", "2026-02-01"),
               visit("one", code, "2026-02-11 08:00", "2026-02-11 09:00")])  # fmt: skip
    firsts = told(hub, code).firsts
    assert firsts["visit"] == firsts["performed"] == clock("2026-02-11 08:00")
    assert firsts["grant"] == firsts["hours"] == clock("2026-02-01 00:00")
    assert firsts.keys() == {"plan", "hours_report", "visit", "grant", "performed", "hours"}


def test_a_visit_that_nobody_planned_is_not_among_the_planned_ones(hub: Warehouse) -> None:
    code = "9932"
    fold(hub, [planned("one", code, "2026-05-01 08:00", "2026-05-01 09:00"),
               visit("two", code, "2026-05-01 08:00", "2026-05-01 09:00")])  # fmt: skip
    asked = "SELECT plan_start_at FROM visits_planned WHERE municipality = {code:String}"
    assert hub.rows(asked, {"code": code}) == [{"plan_start_at": clock("2026-05-01 08:00")}]
