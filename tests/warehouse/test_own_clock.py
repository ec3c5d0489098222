"""A municipality's own clock of follow-up meetings, from its settings to its figures (C9: every 42 days)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from schemas import cases as c
from schemas import municipality as municipalities
from schemas.municipality import municipality
from streams.clocked import engine_of
from tests.warehouse.clock_town import Told
from tests.warehouse.golden_tables import Q1
from tests.warehouse.journey_town import came, on, told_of
from tests.warehouse.town import fold
from warehouse.client import Warehouse
from warehouse.contracts import load
from warehouse.figures import over_spans

CODE = "9963"
README = Path(municipalities.__file__).parent / "municipalities" / "README.md"
MET: tuple[Told, ...] = (
    ("2025-12-01", came("a", "ava", "woman", "13-17")),
    ("2025-12-20", on("spt")),
    ("2026-01-31", c.PlanRevised("care_plan")),  # the 42nd day
    ("2026-03-15", c.PlanRevised("implementation_plan")),  # one day after the next 42
    ("2026-03-20", c.ServiceEnded("goal_reached")),
)


@pytest.fixture
def own_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings with the example of the folder's README."""
    example = [
        line[4:] for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("    ")
    ]
    settings = ['name = "Mötesby"', 'kind = "invented"', *example]
    settings[-1] = "valid_from = 2025-01-01"
    (tmp_path / f"{CODE}.toml").write_text("\n".join(settings), encoding="utf-8")
    monkeypatch.setattr(municipalities, "FOLDER", tmp_path)
    for remembered in (municipality, engine_of):
        remembered.cache_clear()
    yield
    for remembered in (municipality, engine_of):
        remembered.cache_clear()


def test_a_meeting_on_the_42nd_day_is_in_time_and_one_a_day_later_is_not(
    own_clock: None, warehouse: Warehouse
) -> None:
    assert municipality(CODE).clock_names["SPT"] == "Uppföljningsmöte"
    fold(warehouse, told_of(CODE, {"one": MET}))
    contract = load()["considered_on_time_share"]
    for by in ((), ("clock",)):
        (row,) = over_spans(warehouse, contract, CODE, [Q1], date(2026, 11, 22), by)
        assert (row.dimensions, row.value, row.n) == ({"clock": "SPT"} if by else {}, 0.5, 2)
