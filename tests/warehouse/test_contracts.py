"""A metric is complete or it is none: every fault of a contract is seen, and so is every check."""

from __future__ import annotations

import re
import tomllib

import pytest
from msgspec import convert
from msgspec.structs import fields, replace

from schemas.errors import Misconfigured
from warehouse.checks import failed
from warehouse.contracts import FOLDER, Check, Contract, contract, load, read
from warehouse.privacy import Cell

TEXT = (FOLDER / "caseload_balance.sql").read_text()
HEADER = TEXT[2:].partition("*/")[0]
OPTIONAL = {field.name for field in fields(Contract) if not field.required}
REQUIRED = sorted(set(tomllib.loads(HEADER)) - OPTIONAL)


def header(name: str, line: str) -> str:
    """The contract with another line for a key; "" takes the key away."""
    return re.sub(rf"(?ms)^{name} = .*?(?=^\w+ = |^$|^\*/)", line + "\n" if line else "", TEXT, count=1)


def test_every_metric_of_the_hub_has_a_whole_contract() -> None:
    assert len(load()) >= 20
    assert all(one.owner and one.decision and one.replaces and one.law for one in load().values())
    assert {one.manual_input for one in load().values() if one.audience == "public"} == {"none"}


def test_every_share_and_mean_of_hours_and_devices_tells_its_coverage_or_is_one() -> None:
    ratios = [
        one
        for one in load().values()
        if {"hours", "devices"} & set(one.needs) and one.measure in ("share", "mean")
        and one.audience == "committee"
    ]  # fmt: skip
    assert len(ratios) > 25
    assert [one.name for one in ratios if not one.covers and "AS coverage" not in one.sql] == []


def test_kronor_about_persons_tell_how_much_of_them_the_largest_stands_for() -> None:
    """But for rent, which is nobody's, what invoices are off, which is of lines, and medians and prices."""
    others = {"device_rent", "invoice_deviation", "cost_per_client", "daily_price", "daily_price_with_extras"}
    kronor = [one for one in load().values() if one.unit.startswith("kr") and one.audience == "committee"]
    assert len(kronor) > 10
    assert {one.name for one in kronor if one.persons and "AS top" not in one.sql} == others


@pytest.mark.parametrize("name", REQUIRED)
def test_a_contract_without_one_of_its_parts_is_refused(name: str) -> None:
    with pytest.raises(Misconfigured, match=rf"broken\.sql: .*{name}"):
        read("broken", header(name, ""))


@pytest.mark.parametrize(
    "name", ["title_sv", "title_en", "definition", "unit", "owner", "user", "decision", "replaces", "law"]
)
def test_an_empty_sentence_is_refused(name: str) -> None:
    with pytest.raises(Misconfigured, match=f"{name} is empty"):
        read("broken", header(name, f'{name} = " "'))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (header("manual_input", 'manual_input = "weekly"'), "manual_input"),
        (header("direction", 'direction = "left"'), "direction"),
        (header("law", 'law = "SoL"\ncolour = "red"'), "colour"),
        (header("id", 'id = "C1'), "line"),
        (TEXT.replace('by = ["unit"]', 'by = ["colour"]'), "publishes unknown dimension colour"),
        (TEXT.replace('rule = "whole"', 'rule = "nice"'), "nice"),
        (TEXT.replace("{at:", "{now:"), "must use {at:"),
        (header("kind", 'kind = "period"'), "must use {since:"),
        (header("kind", 'kind = "instant"\ntimeless = true'), "a timeless metric is"),
        (TEXT.replace("{municipality:String}", "'9999'"), "must filter by"),
        (TEXT.partition("*/")[2], "the contract in"),
    ],
)
def test_a_contract_with_a_fault_is_refused_with_the_fault(text: str, fault: str) -> None:
    assert text != TEXT
    with pytest.raises(Misconfigured) as refused:
        read("broken", text)
    assert fault in str(refused.value)


def test_a_contract_that_nothing_was_done_to_is_read() -> None:
    assert read("caseload_balance", TEXT) == contract("caseload_balance")


def test_an_unknown_metric_is_told_the_known_ones() -> None:
    with pytest.raises(Misconfigured, match=r"No metric is called balance\. Metrics: .*caseload_balance"):
        contract("balance")


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [("not_negative", [0, 3], [0, -1]), ("whole", [0, 3], [0.5]), ("is_zero", [0, 0], [0, 1]),
     ("at_most", [100], [100.1]), ("at_least", [100], [99.9]), ("never_zero", [1], [0])],
)  # fmt: skip
def test_a_check_passes_good_figures_and_no_bad_one(rule: str, good: list[float], bad: list[float]) -> None:
    check = convert({"rule": rule, "grade": "stop", "limit": 100}, Check)
    checked = replace(contract("caseload_balance"), checks=(check,))
    for values, broken in ((good, []), (bad, [check])):
        cells = [Cell(value, 1) for value in values]
        assert failed(checked, cells, cells) == broken
    unknown = [Cell(None, 0, "missing")]
    assert failed(checked, unknown, unknown) == []


def test_never_zero_looks_at_the_total_of_now_alone() -> None:
    checked = replace(contract("caseload_balance"), checks=(Check("never_zero", "warn"),))
    assert failed(checked, [Cell(0, 0), Cell(7, 7)], [Cell(7, 7)]) == []


def test_a_total_that_fell_by_more_than_its_share_has_dropped() -> None:
    checked = replace(contract("caseload_balance"), checks=(Check("drop", "warn", 0.5),))
    fallen = [bool(failed(checked, [], [Cell(value, 1)], highest=40)) for value in (40, 20, 19.9, 0)]
    assert fallen == [False, False, True, True]
    assert failed(checked, [Cell(1, 1)], [Cell(40, 40)], highest=40) == []  # the total alone is judged
    assert failed(checked, [], [Cell(0, 0)], highest=None) == []
