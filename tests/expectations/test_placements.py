"""The expectations over placements and what surrounds them hold on good data; each sees a planted fault."""

from __future__ import annotations

from datetime import date

import pytest

from expectations.judge import judge
from expectations.placements import TABLES, suites
from schemas import placements as p
from schemas.envelope import Event
from schemas.municipality import Municipality, municipality
from tests.expectations.planting import NOW, forget, judged, of_rows, plant
from tests.placing import ended, priced, pseudonym, started, tell
from warehouse.client import Warehouse

GOOD, FORGOTTEN = "9999", "9997"
A = pseudonym("placement", "a")
LINE = p.InvoiceReceived(placement=A, provider="B112", from_on=date(2026, 3, 2), last_on=date(2026, 3, 19),
                         days=18, daily_price_kr=5000, amount_kr=90_000)  # fmt: skip
CONTRACT = p.ContractCreated(placement=A, provider="B112", contract_type="new_admission",
                             from_on=date(2026, 3, 2), until_on=date(2026, 3, 31))  # fmt: skip
ROWS = {  # how a row is made wrong, by the expectation that must see it: table, and what replaces its columns
    "placement_spans_follow_each_other": ("placements", "arrayReverse(`spans.until_on`) AS `spans.until_on`"),
    "placement_days_add_up": ("placements", "end_on + 1 AS end_on"),
    "placement_codes_are_known": ("placements", "'hemlig' AS law"),
    "providers_are_codes": ("placements", "arrayMap(x -> 'Solbacken', `spans.provider`) AS `spans.provider`"),
    "placement_causes_are_told": ("placements", "'unknown' AS main_cause"),
    "placement_prices_are_told": ("placements", "['price_missing'] AS flaws"),
    "few_placements_have_flaws": ("placements", "['price_missing'] AS flaws"),
    "placements_have_contracts": ("contracts", "'nobody' AS placement"),
    "contract_covers_a_day": ("contracts", "from_on AS until_on"),
    "contract_signed_after_created": ("contracts", "created_at - INTERVAL 1 DAY AS signed_at"),
    "contract_of_known_placement": ("contracts", "'nobody' AS placement"),
    "invoice_of_known_placement": ("invoices", "'nobody' AS placement"),
    "invoice_amounts_add_up": ("invoices", "amount_kr + 150 AS amount_kr"),
    "invoice_days_in_placement": ("invoices", "until_on + 2 AS until_on"),
} | of_rows({kind: (table,) for kind, table in TABLES.items()})
LISTED = "placement_lists_are_kept"
PLACES = {name: str(9910 + number) for number, name in enumerate(ROWS)}
CRITICAL = {name for name in ROWS if "built_on" in name or "one_row" in name} | {
    "placement_spans_follow_each_other", "placement_days_add_up", "placement_codes_are_known",
}  # fmt: skip


def good(code: str) -> list[Event]:
    """A placement of eighteen days with its contract, request and invoice."""
    day = "2026-03-02"
    told = [
        ("a", started(day, main_cause="crime", care_form="foster_home", target_group="youth"), day),
        ("a", priced(day, 5000), day), ("a", priced("2026-03-10", 5000), day),
        ("a", ended("2026-03-20"), "2026-03-20"),
        ("c", CONTRACT, day), ("c", p.ContractSent(), day),
        ("B112", p.ProviderRegistered(on=date(2026, 3, 2)), day),
        ("r", p.RequestSent(provider="B112", placement=A), day), ("i", LINE, "2026-04-02"),
    ]  # fmt: skip
    events = [tell(name, fact, on, municipality=code, what=f"{type(fact).__name__} {number}")
              for number, (name, fact, on) in enumerate(told)]  # fmt: skip
    signed = [tell("c", p.ContractSigned(party=party), "2026-03-05", municipality=code, what=party)
              for party in ("municipality", "provider")]  # fmt: skip
    return [*events, *signed]


@pytest.fixture(scope="module")
def hub(own_warehouse: Warehouse) -> Warehouse:
    """Good placements in every municipality; all but one then get a row with a fault."""
    plant(own_warehouse, good, ROWS, PLACES | {"forgotten": FORGOTTEN}, GOOD)
    forget(own_warehouse, FORGOTTEN)
    return own_warehouse


def test_good_placements_meet_every_expectation(hub: Warehouse) -> None:
    found = {one.expectation: one for one in judge(hub, GOOD, NOW, patience_s=0)}
    assert [one for one in found.values() if not one.holds or one.broken] == []
    assert found.keys() >= ROWS.keys()


@pytest.mark.parametrize("name", ROWS)
def test_an_expectation_sees_a_planted_fault(hub: Warehouse, name: str) -> None:
    one = judged(hub, PLACES[name], suites, name)
    assert (one.holds, one.broken) == (False, 1)
    assert one.fails_the_run is (name in CRITICAL)


def test_codes_that_are_in_no_list_of_the_municipality_are_seen(hub: Warehouse) -> None:
    for dimension in ("main_cause", "end_reason"):
        place = Municipality(GOOD, "Prov", codes={dimension: {"neglect": "Omsorgssvikt"}})
        one = judged(hub, GOOD, suites, LISTED, place)
        assert (one.holds, one.broken, one.fails_the_run) == (False, 1, False)


@pytest.mark.parametrize("kind", TABLES)
def test_what_the_archive_tells_of_without_a_row_is_seen(hub: Warehouse, kind: str) -> None:
    assert not judged(hub, FORGOTTEN, suites, f"{kind}_told_has_a_row").holds


def test_every_expectation_has_a_sentence_of_its_own() -> None:
    expected = [one.meta or {} for suite in suites(municipality(GOOD), NOW) for one in suite.expectations]
    assert all(one["sentence"].endswith(".") for one in expected)
    assert len({one["sentence"] for one in expected}) == len(expected)
    planted = ROWS.keys() | {LISTED} | {f"{kind}_told_has_a_row" for kind in TABLES}
    assert {one["name"] for one in expected} == planted
