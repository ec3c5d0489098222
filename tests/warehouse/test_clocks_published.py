"""Legal clocks as the lobby and the committee see them, small numbers hidden."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas import cases as c
from schemas.envelope import Event
from tests.telling import tell
from tests.warehouse.publishing import Town
from warehouse.client import Warehouse
from warehouse.contracts import load
from warehouse.places import Places
from warehouse.published import of_periods, shown

CODE = "9964"
NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SOME = (
    "clocks_overdue", "clocks_overdue_by_unit", "clocks_due_soon", "share_in_time_30_days", "share_in_time"
)  # fmt: skip


def child(name: str, unit: str, when: datetime, *, is_handled: bool) -> list[Event]:
    """A report about a child: assessed in time and decided not to be investigated, or left."""
    report = c.ReportReceived(unit=unit, case_type="child", law="SoL", sex="woman", age_band="7-12")
    told = [tell(name, report, when, municipality=CODE)]
    if is_handled:
        done = c.SafetyAssessed(False), c.PreliminaryAssessed("no_investigation")
        told += [tell(name, fact, when + DAY / 2, municipality=CODE) for fact in done]
    return told


@pytest.fixture
def town(warehouse: Warehouse) -> Town:
    """In October unit a did fourteen of sixteen reports in time and b left three; two are of this month."""
    made = Town(warehouse, CODE)
    october = NOW - 40 * DAY
    events = [one for n in range(16) for one in child(f"a{n}", "a", october, is_handled=n >= 2)]
    events += [one for n in range(3) for one in child(f"b{n}", "b", october, is_handled=False)]
    events += [one for n in range(2) for one in child(f"new{n}", "a", NOW - 9 * DAY, is_handled=False)]
    made.tell(NOW, events)
    Places(warehouse, [load()[name] for name in SOME]).publish(1, NOW)
    return made


def now(town: Town, metric: str) -> dict[str, tuple[float | None, str]]:
    figures = shown(town.warehouse, CODE, [metric])
    return {" ".join(f.dimensions.values()): (f.value, f.state) for f in figures if f.period == "now"}


def test_the_lobby_counts_what_is_overdue_and_hides_what_few_stand_behind(town: Town) -> None:
    assert now(town, "clocks_overdue") == {"": (12, "value"), "LC1": (7, "value"), "LC2": (5, "value")}
    assert now(town, "clocks_due_soon") == {
        "": (None, "suppressed"), "LC1": (0, "value"), "LC2": (None, "suppressed"),
        "today": (0, "value"), "7_days": (None, "suppressed"),
    }  # fmt: skip


def test_the_lobbys_share_of_few_cannot_be_computed_from_the_others(town: Town) -> None:
    """Two of LC1 fell due in the last thirty days: with the total, those of LC2 would tell how they went."""
    assert now(town, "share_in_time_30_days") == {
        "": (14 / 21, "value"), "LC1": (None, "suppressed"), "LC2": (None, "suppressed")
    }  # fmt: skip


def of_october(town: Town, metric: str, *by: str) -> dict[str, tuple[float | None, str]]:
    figures = of_periods(town.warehouse, CODE, [metric], "month", [date(2026, 10, 1)])
    return {
        " ".join(figure.dimensions[name] for name in by): (figure.value, figure.state)
        for figure in figures
        if figure.dimensions.keys() == set(by) and figure.period_on == date(2026, 10, 1)
    }


def test_the_committee_sees_each_clock_and_no_unit_of_few(town: Town) -> None:
    assert of_october(town, "share_in_time") == {"": (28 / 38, "value")}
    assert of_october(town, "share_in_time", "clock") == {
        "LC1": (14 / 19, "value"), "LC2": (14 / 19, "value")
    }  # fmt: skip
    hidden = {"a": (None, "suppressed"), "b": (None, "suppressed")}  # six in b, and a would tell of them
    assert of_october(town, "share_in_time", "unit") == hidden
    assert now(town, "clocks_overdue_by_unit") == {}  # not before the public
