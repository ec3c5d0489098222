"""Figures by week: as the publisher computes them, as the committee sees them, and as they are asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from apps.boards import boards
from apps.choice import Choice, Period
from apps.figures import Question, answer
from apps.reading import Published
from schemas.calendar import year_before
from schemas.devices import DoseTaken
from schemas.envelope import Event
from schemas.municipality import Municipality
from tests.dispensing import due, installed, tell
from tests.warehouse.publishing import Town
from tests.warehouse.town import fold
from tests.warehouse.week_town import FIRST, WEEKLY, given, week_of, weekly
from warehouse.client import Warehouse
from warehouse.compute import Computer
from warehouse.contracts import contract
from warehouse.places import Places
from warehouse.published import Figure, of_periods

PLACE = Municipality(WEEKLY, "Prov", "invented")
WEDNESDAY = datetime(2021, 1, 6, 11, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ENOUGH, FEW, LOST, GOING_ON = (week_of(2026, number)[0] for number in (44, 45, 46, 47))


def weeks(computer: Computer) -> dict[date, tuple[float | None, int]]:
    """Value and n of each week's total."""
    tables = computer.tables(contract("adherence"), WEDNESDAY)
    return {
        slot.on: (cells[()].value, cells[()].n)
        for slot, cells in tables.items()
        if slot.period == "week" and not slot.by
    }


def test_weeks_are_computed_from_the_first_that_was_told_of_over_the_new_year_to_the_one_that_goes_on(
    warehouse: Warehouse,
) -> None:
    fold(warehouse, weekly())
    found = weeks(Computer(warehouse, PLACE))
    assert (min(found), max(found), len(found)) == (FIRST, date(2021, 1, 4), 45)
    told = {number: found[week_of(2020, number)[0]] for number in (12, 13, 14, 42, 43, 44, 53)}
    assert told == {12: (1, 1), 13: (1 / 2, 2), 14: (1, 1), 42: (None, 0), 43: (1 / 2, 2), 44: (1, 1),
                    53: (2 / 3, 3)}  # fmt: skip
    assert found[date(2021, 1, 4)] == (0, 1)


def test_weeks_are_told_by_unit_too_and_its_units_are_all_of_them(warehouse: Warehouse) -> None:
    fold(warehouse, weekly())
    computer = Computer(warehouse, PLACE)
    tables = computer.tables(contract("adherence"), WEDNESDAY)
    of_units = {slot.on: cells for slot, cells in tables.items() if slot.period == "week" and slot.by}
    assert {slot.by for slot in tables if slot.period == "week"} == {(), ("unit",)}
    totals = weeks(computer)
    assert of_units.keys() == totals.keys()
    assert all(sum(cell.n for cell in of_units[on].values()) == n for on, (_, n) in totals.items())


def test_so_many_weeks_are_kept_that_the_last_one_has_another_a_year_earlier_also_week_53(
    warehouse: Warehouse,
) -> None:
    fold(warehouse, [*weekly(), *given("a", "2019-06-03 12:00", is_taken=True)])
    found = weeks(Computer(warehouse, PLACE))
    last, first = week_of(2020, 53)[0], week_of(2019, 52)[0]
    assert (min(found), len(found)) == (first, 55)
    assert year_before("week", last) == first


def test_what_is_told_late_of_new_years_day_changes_week_53_alone(warehouse: Warehouse) -> None:
    fold(warehouse, weekly())
    computer = Computer(warehouse, PLACE)
    before = weeks(computer)
    fold(warehouse, given("c", "2021-01-01 08:00", is_taken=True))
    assert weeks(computer) == before
    computer.touched(date(2021, 1, 1), [contract("adherence")])
    last = week_of(2020, 53)[0]
    assert weeks(computer) == before | {last: (3 / 4, 3)}


def doses(week: date, persons: int, taken: int | None = None, since: int = 0) -> list[Event]:
    """A dose of each person at noon of the week's Monday; the last ones' outcome may be unknown."""
    when = datetime.combine(week, datetime.min.time(), UTC) + timedelta(hours=12)
    told = []
    for number in range(since, persons):
        name = f"{week} {number}"
        told.append(tell(name, due(when, f"{number}", "hemsjukvard"), when, municipality="9999"))
        if taken is None or number < taken:
            told.append(tell(name, DoseTaken(), when + timedelta(minutes=5), municipality="9999"))
    return told


def published(warehouse: Warehouse) -> tuple[Town, Places]:
    """Mittköping with twelve devices: nine have doses in one week, one outcome is lost in another."""
    town, places = Town(warehouse, "9999", "devices"), fresh(warehouse)
    lives = [tell(f"{number}", installed("hemsjukvard", f"{number}"), NOW - timedelta(weeks=5),
                  municipality="9999") for number in range(12)]  # fmt: skip
    told = [*doses(ENOUGH, 12), *doses(FEW, 9), *doses(LOST, 12, taken=11), *doses(GOING_ON, 12)]
    town.tell(NOW, [*lives, *told])
    places.publish(1, NOW)
    return town, places


def fresh(warehouse: Warehouse) -> Places:
    return Places(warehouse, [contract("adherence")])


def shown(warehouse: Warehouse) -> dict[date, Figure]:
    found = of_periods(warehouse, "9999", ["adherence"], "week", [])
    return {figure.period_on: figure for figure in found}


def test_a_week_of_fewer_than_ten_is_hidden_and_one_of_which_too_little_is_known_has_bounds_alone(
    warehouse: Warehouse,
) -> None:
    published(warehouse)
    found = shown(warehouse)
    assert {week: (found[week].value, found[week].state) for week in (ENOUGH, FEW, LOST, GOING_ON)} == {
        ENOUGH: (1, "value"), FEW: (None, "suppressed"), LOST: (None, "preliminary"), GOING_ON: (1, "value"),
    }  # fmt: skip
    assert (found[FEW].lower, found[FEW].upper, found[FEW].n) == (None, None, None)
    assert (found[LOST].lower, found[LOST].upper) == (11 / 12, 1)


def test_a_week_that_has_got_enough_is_shown_by_the_next_publisher_too_and_no_other_has_moved(
    warehouse: Warehouse,
) -> None:
    town, places = published(warehouse)
    before = shown(warehouse)
    later = NOW + timedelta(minutes=16)
    town.tell(later, doses(FEW, 10, since=9))
    places.publish(1, later)
    after = shown(warehouse)
    assert (after[FEW].value, after[FEW].state, after[FEW].n) == (1, "value", 10)
    fresh(warehouse).publish(2, later + timedelta(minutes=16))
    for found in (after, shown(warehouse)):
        assert [found[week].value for week in (ENOUGH, FEW, LOST)] == [1, 1, None]
        assert (found[LOST].upper, found[LOST].state) == (before[LOST].upper, "preliminary")


def test_a_page_reads_every_week_whatever_period_is_chosen(warehouse: Warehouse) -> None:
    published(warehouse)
    source = Published(lambda: warehouse)
    for chosen in (Period(date(2026, 9, 1), "month"), Period(date(2025, 1, 1), "year")):
        figures = source.board("9999", boards()["hemtjanst"], Choice(chosen))
        found = {f.period_on for f in figures if f.metric == "adherence" and f.period == "week"}
        assert found >= {ENOUGH, FEW, LOST, GOING_ON}
    kinds = {period.kind for period in source.periods("9999", boards()["hemtjanst"])}
    assert kinds == {"month", "quarter", "year"}, "no page can be shown over a week"


def test_weeks_are_asked_for_by_their_kind_as_published_and_by_iso_week_as_computed(
    warehouse: Warehouse,
) -> None:
    published(warehouse)
    asked = Question("adherence", "9999", published=True, period="week")
    (newest,) = answer(warehouse, asked, NOW)
    assert (newest["week"], newest["value"]) == (GOING_ON.isoformat(), 1)
    some = Question("adherence", "9999", since="2026-W45", until="2026-W47", published=True, period="week")
    assert [row["week"] for row in answer(warehouse, some, NOW)] == [FEW.isoformat(), LOST.isoformat()]
    computed = Question("adherence", "9999", since="2026-W46", until="2026-W47")
    assert [(row["n"], row["state"]) for row in answer(warehouse, computed, NOW)] == [(12, "preliminary")]
