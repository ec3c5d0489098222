"""The committee's figures as published: masked together, standing still, remembered over a restart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.codec import make
from schemas.envelope import Event, event_id
from schemas.municipality import municipality
from schemas.reference import ProducerAlive
from schemas.settings import Settings
from tests.placing import ended, noon, priced, pseudonym, started, tell
from tests.warehouse.attacker import alone, hidden, remembering
from tests.warehouse.town import fold
from warehouse.client import Warehouse, connect
from warehouse.committee import Committee
from warehouse.compute import Computer, Slot
from warehouse.contracts import load
from warehouse.lease import Lease
from warehouse.lines import Release
from warehouse.places import Places
from warehouse.privacy import Cell, Key
from warehouse.publish import Publisher
from warehouse.published import Figure, of_periods

TOWN = "9999"
FIRST = date(2026, 4, 1)
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
CAUSES = {"neglect": 17, "crime": 13, "violence": 3, "school": 8}
SEXES = ("woman", "man")


def stay(name: str, cause: str, sex: str, since: str = "2026-04-10", number: int = 0) -> list[Event]:
    """A stay at 1,000 kr a day; by its number in one of two forms of care, target groups and areas."""
    one = number // 2 % 2 == 0
    fact = started(since, main_cause=cause, person=pseudonym("person", name), sex=sex,
                   care_form="foster_home" if one else "residential_care_home",
                   target_group="youth" if one else "children",
                   tender_area="foster_care" if one else "hvb_children")  # fmt: skip
    return [
        tell(name, fact, since, municipality=TOWN),
        tell(name, priced(since, 1000), since, municipality=TOWN),
    ]


def alive(until: datetime, topic: str = "placements") -> Event:
    subject = f"{TOWN}/producer/{topic}.{until:%Y%m%dT%H%M}"
    return make(ProducerAlive(topic, until), id=event_id(subject, "alive"), source="prov",
                subject=subject, time=until, recordedtime=until, kommunkod=TOWN)  # fmt: skip


SOME = ("placed_at_any_time", "placed_now", "care_days", "placement_cost", "daily_price")


class Board:
    """A town's placements, and what publishes some of the committee's metrics."""

    def __init__(self, warehouse: Warehouse, *metrics: str) -> None:
        self.warehouse = warehouse
        self.metrics = metrics or SOME
        self.places = self.fresh()

    def fresh(self) -> Places:
        return Places(self.warehouse, [load()[name] for name in self.metrics])

    def tell(self, at: datetime, events: list[Event]) -> None:
        self.hear(at, events)
        self.places.publish(1, at + timedelta(minutes=16))

    def hear(self, at: datetime, events: list[Event]) -> None:
        fold(self.warehouse, [*events, alive(at)])
        micros = int((at + timedelta(seconds=1)).timestamp() * 1e6)
        self.warehouse.command(
            "INSERT INTO positions (topic, partition, next_offset, told_until, updated_at) VALUES"
            " ('placements', 0, 1, fromUnixTimestamp64Micro({at:Int64}),"
            " fromUnixTimestamp64Micro({at:Int64}))",
            {"at": micros},
        )  # fmt: skip

    def figures(self, metric: str, *grain: str, period: str = "quarter") -> dict[str, Figure]:
        found = of_periods(self.warehouse, TOWN, [metric], period, [FIRST])
        return {
            "/".join(f.dimensions[name] for name in grain): f
            for f in found
            if f.dimensions.keys() == set(grain) and f.period_on == FIRST
        }


def published(warehouse: Warehouse) -> Board:
    """The board when the town's stays have been told and some metrics published of them."""
    board = Board(warehouse)
    board.tell(NOW, stays())
    return board


def stays() -> list[Event]:
    """Those of the whole town."""
    people = [(cause, n) for cause, count in CAUSES.items() for n in range(count)]
    told = [stay(f"{cause}{n}", cause, SEXES[n % 2], number=n) for cause, n in people]
    return [event for events in told for event in events]


@pytest.fixture(scope="module")
def first(own_tables: Settings) -> Iterator[Board]:
    """A board for tests that only look at it."""
    warehouse = connect(own_tables)
    yield published(warehouse)
    warehouse.close()


def states(figures: dict[str, Figure]) -> dict[str, float | str | None]:
    return {name: f.value if f.state == "value" else f.state for name, f in figures.items()}


def test_a_small_cause_is_hidden_in_company_and_the_total_stays(first: Board) -> None:
    found = states(first.figures("placed_at_any_time", "main_cause"))
    assert (found["violence"], found["crime"], found["neglect"]) == ("suppressed", 13, 17)
    assert found["school"] == "suppressed"  # the next smallest: else 41 - 17 - 13 - 8 tells
    assert found["unknown"] == 0
    assert states(first.figures("placed_at_any_time")) == {"": 41}


def test_what_is_hidden_in_one_table_is_in_no_other(first: Board) -> None:
    crossed = states(first.figures("placed_at_any_time", "main_cause", "sex"))
    assert {crossed["violence/woman"], crossed["violence/man"]} == {"suppressed"}
    days = first.figures("care_days", "main_cause")
    assert days["violence"].state == "suppressed" and days["school"].state == "suppressed"
    assert days["neglect"].value == 17 * 66


def test_kronor_and_prices_need_enough_behind_them(first: Board) -> None:
    cost = first.figures("placement_cost", "main_cause")
    assert (cost["crime"].value, cost["violence"].state) == (13 * 66 * 1000, "suppressed")
    prices = states(first.figures("daily_price", "main_cause"))
    assert (prices["crime"], prices["violence"]) == (1000, "suppressed")


def test_a_figure_carries_how_much_was_known_and_a_hidden_one_does_not(first: Board) -> None:
    prices = first.figures("daily_price", "main_cause")
    assert (prices["crime"].coverage, prices["violence"].coverage) == (1.0, None)


def test_one_persons_leaving_is_not_seen_in_a_table_that_hides_it(warehouse: Warehouse) -> None:
    board = published(warehouse)
    before = states(board.figures("placed_now", "main_cause"))
    board.tell(
        NOW + timedelta(hours=1), [tell("violence0", ended("2026-06-15"), "2026-06-15", municipality=TOWN)]
    )
    found = board.figures("placed_now", "main_cause")
    assert found["violence"].state == "suppressed"
    after = states(found)
    # either all stands still, or more than the one hidden number may have moved
    moved = {name for name in before if before[name] != after[name]}
    assert moved == set() or len([1 for state in after.values() if state == "suppressed"]) >= 2


def test_a_new_publisher_remembers_what_was_shown(first: Board) -> None:
    before = {
        metric: states(first.figures(metric, "main_cause")) for metric in ("placed_at_any_time", "care_days")
    }
    assert first.fresh().publish(2, NOW + timedelta(hours=2)) > 0
    after = {metric: states(first.figures(metric, "main_cause")) for metric in before}
    assert after == before


@pytest.mark.slow
def test_every_metric_is_published_whose_sources_have_told_and_none_is_held(warehouse: Warehouse) -> None:
    Board(warehouse).hear(NOW, [*stays(), alive(NOW, "cases")])
    publisher = Publisher(warehouse, Lease(warehouse, "hub"))
    publisher.tick(NOW + timedelta(hours=1))
    while publisher.tick_slow(NOW + timedelta(hours=1)):
        pass
    rows = warehouse.rows("SELECT metric, state FROM publications")
    sources = {"cases", "placements", "reference"}
    wanted = {name for name, each in load().items() if each.publish and set(each.needs) <= sources}
    assert {row["metric"] for row in rows} == wanted
    assert [row for row in rows if row["state"] == "held"] == []
    health = warehouse.rows("SELECT DISTINCT indicator FROM health_readings")
    assert {"source_silence", "refused_left", "identity_texts"} <= {row["indicator"] for row in health}


def test_nothing_about_the_committee_is_published_where_no_source_tells_of_placements(
    warehouse: Warehouse,
) -> None:
    fold(warehouse, stay("a", "crime", "man"))
    assert Board(warehouse).places.publish(1, noon("2026-06-15")) == 0
    assert warehouse.rows("SELECT 1 FROM figures WHERE audience = 'committee' LIMIT 1") == []


def release_of(figures: list[Figure]) -> Release:
    """What a reader sees of one publication; tables whose figures are older than their run stand still."""
    grains = {publication.by for publication in load()["placed_at_any_time"].publish}
    by_names = {frozenset(grain): grain for grain in grains}
    tables: dict[tuple[str, ...], dict[Key, Cell]] = {}
    still: set[tuple[str, ...]] = set()
    for figure in figures:
        grain = by_names[frozenset(figure.dimensions)]
        key = tuple(figure.dimensions[name] for name in grain)
        tables.setdefault(grain, {})[key] = Cell(
            figure.value, figure.n or 0, figure.state, figure.lower, figure.upper
        )
        if figure.as_of < figure.told_until:
            still.add(grain)
    return Release(tables, frozenset(still))


@pytest.mark.slow
def test_ten_publications_of_every_cross_table_tell_no_hidden_cell(warehouse: Warehouse) -> None:
    """One person comes or goes between each, as a reader of the published layer itself sees it."""
    contract = load()["placed_at_any_time"]
    board = Board(warehouse, contract.name)
    board.tell(NOW - timedelta(hours=1), stays())
    seen: list[Release] = []
    for number in range(10):
        at = NOW + timedelta(hours=number)
        cause = list(CAUSES)[number % 4]
        board.tell(at, stay(f"late{number}", cause, SEXES[number % 2], "2026-06-01", number))
        figures = [f for f in of_periods(board.warehouse, TOWN, [contract.name], "quarter", [FIRST])
                   if f.period_on == FIRST]  # fmt: skip
        seen.append(release_of(figures))
        assert alone(seen[-1], "main_cause") == {}
    assert all(hidden(release) for release in seen)
    assert len(seen[-1].tables) == 10
    truth = {
        (slot.by, key): cell.value
        for slot, cells in Computer(board.warehouse, municipality(TOWN)).tables(contract, at).items()
        for key, cell in cells.items()
        if slot.period == "quarter" and slot.on == FIRST
    }
    told = {where: value for (time, where), value in remembering(seen).items() if time == len(seen) - 1}
    assert {where: value for where, value in told.items() if truth[where] == value} == {}


def test_a_providers_kronor_are_hidden_where_one_person_stands_for_most_of_them(warehouse: Warehouse) -> None:
    total, slot = Slot((), "month", FIRST), Slot(("provider",), "month", FIRST)
    cells: dict[Key, Cell] = {("B112",): Cell(1e5, 9, top=0.86), ("B113",): Cell(1e5, 9, top=0.85)}
    committee = Committee(warehouse, municipality(TOWN))
    tables: dict[Slot, dict[Key, Cell]] = {total: {(): Cell(2e5, 18, top=0.8)}, slot: cells}
    found = committee.protect(load()["placement_cost"], tables, NOW).figures
    assert found[slot, ("B112",)].value is None
    assert found[slot, ("B113",)] == Cell(1e5, 9)
