"""Mittköping's placements through the real warehouse equal their answer key, also when all is sent twice in
another order.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from statistics import mean, median

import pytest

from producers.synthetic import placement_papers_answer as papers
from producers.synthetic.placement_answer import PlacementKey, placement_key
from producers.synthetic.placement_generator import placement_history
from producers.synthetic.placement_invoices import DAYS_TOO_MANY
from schemas.calendar import midnight
from schemas.municipality import municipality
from schemas.settings import Settings
from tests.integration.test_mittkoping import p90, send
from warehouse.client import Warehouse, connect, create_tables
from warehouse.contracts import contract
from warehouse.figures import Row, at_instants, over_spans

SEED, SIZE = 11, 0.15
UNTIL = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
ZONE = municipality("9999").zone
MONTHS = [date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]
SPANS = [*pairwise(MONTHS), (date(2024, 11, 21), date(2026, 11, 21))]
INSTANTS = [*(midnight(day, ZONE) for day in MONTHS[5:35]), UNTIL]
WHO = ("main_cause", "sex", "target_group", "care_form", "tender_area", "age_band", "unit", "law")
CUTS: tuple[tuple[str, ...], ...] = ((), *((name,) for name in WHO), ("main_cause", "sex"),
                                     ("provider",), ("framework",))  # fmt: skip
OF_DAYS = [by for by in CUTS if by != ("law",)]

Cells = Mapping[tuple[str, ...], float]


class Hub:
    """The warehouse after everything has been sent, and its figures by cell."""

    def __init__(self, warehouse: Warehouse, database: str) -> None:
        self.warehouse = warehouse
        create_tables(warehouse, database)
        events = list(placement_history(SEED, UNTIL, SIZE))
        again = events + events
        random.Random(1).shuffle(again)
        send(warehouse, events)
        send(warehouse, again)

    def at(self, name: str, by: Sequence[str] = ()) -> Iterator[tuple[datetime, Cells]]:
        """An instant metric at each instant."""
        rows = at_instants(self.warehouse, contract(name), "9999", INSTANTS, by)
        for at in INSTANTS:
            yield at, _cells(row for row in rows if row.at == at)

    def over(self, name: str, by: Sequence[str] = ()) -> Iterator[tuple[tuple[date, date], Cells]]:
        """A span metric over each month, and over two years."""
        for some in (SPANS[:-1], SPANS[-1:]):
            rows = over_spans(self.warehouse, contract(name), "9999", some, TODAY, by)
            for span in some:
                yield span, _cells(row for row in rows if row.since == span[0])


def _cells(rows: Iterator[Row]) -> Cells:
    return {tuple(row.dimensions.values()): row.value for row in rows if row.value}


def same(told: Cells, wanted: Cells) -> None:
    """The same cells with the same figures; amounts may differ by the last digits of a sum."""
    assert {cell: value for cell, value in wanted.items() if value} == pytest.approx(dict(told), rel=1e-9)


@pytest.fixture(scope="module")
def key() -> PlacementKey:
    return placement_key(SEED, UNTIL, TODAY, SIZE)


@pytest.fixture(scope="module")
def hub(warehouse_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """Sent once for all questions."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    home = tmp_path_factory.mktemp("placements")
    warehouse = connect(Settings(home=home, warehouse=warehouse_address, database=name))
    yield Hub(warehouse, name)
    warehouse.command(f"DROP DATABASE {name}")
    warehouse.close()


@pytest.mark.parametrize("by", CUTS)
def test_who_is_placed_now(hub: Hub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for name, persons in (("placed_now", True), ("placements_now", False)):
        for at, told in hub.at(name, by):
            same(told, key.stock(at, by, persons))


def test_where_they_are_placed(hub: Hub, key: PlacementKey) -> None:
    for at, told in hub.at("placements_now", ("provider_municipality",)):
        wanted: Counter[tuple[str, ...]] = Counter()
        for (provider,), many in key.stock(at, ("provider",), persons=False).items():
            wanted[(key.located_in(provider),)] += many
        same(told, wanted)


@pytest.mark.parametrize("by", CUTS)
def test_new_placements_and_persons(hub: Hub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for name, persons in (("new_placements", False), ("newly_placed", True)):
        for span, told in hub.over(name, by):
            same(told, key.new(span, by, persons))


@pytest.mark.parametrize("by", CUTS)
def test_placed_at_any_time(hub: Hub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for name, persons in (("placements_at_any_time", False), ("placed_at_any_time", True)):
        for span, told in hub.over(name, by):
            same(told, key.at_any_time(span, by, persons) if span[0] <= TODAY else {})


@pytest.mark.parametrize("by", OF_DAYS)
def test_care_days_prices_and_cost(hub: Hub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for span, told in hub.over("care_days", by):
        same(told, key.care_days(span, by))
    for span, told in hub.over("placement_cost", by):
        same(told, key.cost(span, by))
    for span, told in hub.over("daily_price", by):
        same(told, key.daily_price(span, by))


def test_care_days_by_every_rule(hub: Hub, key: PlacementKey) -> None:
    for span, told in hub.over("care_days", ("day_rule",)):
        rules = ("start_in_end_out", "both_in", "start_out_end_in")
        same(told, {(rule,): key.care_days(span, (), rule).get((), 0) for rule in rules})


@pytest.mark.parametrize("by", [(), ("tender_area",), ("care_form",)])
def test_framework_and_direct_awards(hub: Hub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for span, told in hub.over("inside_framework_share", by):
        same(told, key.inside_share(span, by))
    for span, told in hub.over("direct_awards", ("reason", *by)):
        same(told, key.direct_awards(span, ("reason", *by)))


@pytest.mark.parametrize("by", [(), ("care_form",), ("target_group",)])
def test_ends_and_moves(hub: Hub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for span, told in hub.over("placement_ends", ("reason", *by)):
        same(told, key.ends(span, ("reason", *by)))
    for span, told in hub.over("placement_moves", ("cause", "planned", *by)):
        same(told, key.moves(span, ("cause", "planned", *by)))


def test_invoiced_and_booked_kronor(hub: Hub, key: PlacementKey) -> None:
    for span, told in hub.over("invoiced_cost"):
        same(told, {(): papers.invoiced(key, span)})
    for span, told in hub.over("booked_cost"):
        same(told, {(): papers.booked(key, span)})


@pytest.mark.parametrize("by", [(), ("care_form",), ("target_group",), ("provider",)])
def test_contracts_at_an_instant(hub: Hub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for at, told in hub.at("contract_coverage", by):
        same(told, papers.coverage(key, at, by))
    for at, told in hub.at("unsigned_contracts", by):
        same(told, papers.unsigned(key, at, by=by))
    for at, told in hub.at("expiring_contracts", by):
        same(told, papers.expiring(key, at, by=by))
    for at, told in hub.at("running_after_contract_end", by):
        same(told, papers.running_after_end(key, at, by))


def test_contracts_by_days(hub: Hub, key: PlacementKey) -> None:
    for at, told in hub.at("unsigned_contracts", ("over_days",)):
        same(told, {(f"{n}",): papers.unsigned(key, at, n).get((), 0) for n in (7, 14, 30)})
    for at, told in hub.at("expiring_contracts", ("within_days",)):
        same(told, {(f"{n}",): papers.expiring(key, at, n).get((), 0) for n in (30, 60, 90)})


@pytest.mark.parametrize("by", [(), ("contract_type",), ("target_group",)])
def test_contracts_signed_in_a_month(hub: Hub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for span, told in hub.over("signed_contracts", by):
        same(told, papers.signed(key, span, by))
    for name, statistic in (("median", median), ("mean", mean), ("p90", p90)):
        for span, told in hub.over("contract_lead_time", ("statistic", *by)):
            days = papers.lead_days(key, span, by)
            mine = {cell[1:]: value for cell, value in told.items() if cell[0] == name}
            same(mine, {cell: statistic(list(map(float, found))) for cell, found in days.items()})


def test_invoices_that_deviate(hub: Hub, key: PlacementKey) -> None:
    for span, told in hub.over("invoice_deviation", ("deviation",)):
        mine = {cell: value for cell, value in told.items() if cell != ("daily_kr",)}
        same(mine, {(name,): value for name, value in papers.deviation_sums(key, span).items()})


def test_every_planted_deviation_is_found(hub: Hub, key: PlacementKey) -> None:
    span = SPANS[-1]
    found = {it.subject: it for it in papers.deviations(key, span)}
    planted = papers.planted(key, span)
    assert planted.keys() <= found.keys()
    days = {subject for subject, what in planted.items() if what == "days"}
    assert all(found[subject].days == DAYS_TOO_MANY for subject in days)
    rows = hub.warehouse.rows(
        "SELECT entity FROM invoice_control WHERE is_off AND toDate(received_at) >= '2024-11-21'"
    )
    assert {row["entity"] for row in rows} >= planted.keys()


def test_what_does_not_add_up(hub: Hub, key: PlacementKey) -> None:
    rows = hub.warehouse.rows(
        "SELECT kind, flaw, uniqExact(entity) AS many FROM placement_flaws"
        " WHERE municipality = '9999' GROUP BY kind, flaw"
    )
    told = {(row["kind"], row["flaw"]): row["many"] for row in rows}
    assert told == dict(papers.flaws(key))


def test_what_never_was_is_void(hub: Hub, key: PlacementKey) -> None:
    for kind in ("placement", "contract", "request"):
        (row,) = hub.warehouse.rows(f"SELECT count() AS many FROM {kind}s FINAL WHERE void = 1")
        assert row["many"] == key.void[kind]
