"""The papers of Mittköping's placements: the real warehouse equals the answer key, also when all is sent
twice in another order.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import mean, median

import pytest

from producers.synthetic import placement_papers_answer as papers
from producers.synthetic import placement_providers_answer as providers
from producers.synthetic.placement_answer import PlacementKey
from producers.synthetic.placement_invoices import DAYS_TOO_MANY
from tests.integration.placed_hub import MONTHS, WHOLE, PlacedHub, same
from tests.integration.test_mittkoping import p90


@pytest.mark.parametrize("by", [(), ("care_form",), ("target_group",), ("provider",)])
def test_contracts_at_an_instant(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for at, told in hub.at("contract_coverage", by):
        same(told, papers.coverage(key, at, by))
    for at, told in hub.at("unsigned_contracts", by):
        same(told, papers.unsigned(key, at, by=by))
    for at, told in hub.at("expiring_contracts", by):
        same(told, papers.expiring(key, at, by=by))
    for at, told in hub.at("running_after_contract_end", by):
        same(told, papers.running_after_end(key, at, by))


@pytest.mark.parametrize("by", [(), ("care_form",), ("target_group",)])
def test_care_days_that_a_contract_covers(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for span, told in hub.over("contract_coverage_days", by):
        same(told, papers.covered_days(key, span, by))


def test_contracts_by_days(hub: PlacedHub, key: PlacementKey) -> None:
    for at, told in hub.at("unsigned_contracts", ("over_days",)):
        same(told, {(f"{n}",): papers.unsigned(key, at, n).get((), 0) for n in (7, 14, 30)})
    for at, told in hub.at("expiring_contracts", ("within_days",)):
        same(told, {(f"{n}",): papers.expiring(key, at, n).get((), 0) for n in (30, 60, 90)})


@pytest.mark.parametrize("by", [(), ("contract_type",), ("target_group",)])
def test_contracts_signed_in_a_month(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for span, told in hub.over("signed_contracts", by, tuple(pairwise(MONTHS))):
        same(told, papers.signed(key, span, by))
    for span, told in hub.over("digital_signature_share", by):
        same(told, papers.digital_share(key, span, by))
    for name, statistic in (("median", median), ("mean", mean), ("p90", p90)):
        for span, told in hub.over("contract_lead_time", ("statistic", *by)):
            days = papers.lead_days(key, span, by)
            mine = {cell[1:]: value for cell, value in told.items() if cell[0] == name}
            same(mine, {cell: statistic(list(map(float, found))) for cell, found in days.items()})


def test_invoices_that_deviate(hub: PlacedHub, key: PlacementKey) -> None:
    for span, told in hub.over("invoice_deviation", ("deviation",)):
        mine = {cell: value for cell, value in told.items() if cell != ("daily_kr",)}
        same(mine, {(name,): value for name, value in papers.deviation_sums(key, span).items()})


def test_every_planted_deviation_is_found(hub: PlacedHub, key: PlacementKey) -> None:
    span = WHOLE
    found = {it.subject: it for it in papers.deviations(key, span)}
    planted = papers.planted(key, span)
    assert planted.keys() <= found.keys()
    days = {subject for subject, what in planted.items() if what == "days"}
    assert all(found[subject].days == DAYS_TOO_MANY for subject in days)
    rows = hub.warehouse.rows(
        "SELECT entity FROM invoice_control WHERE is_off AND toDate(received_at) >= '2024-11-21'"
    )
    assert {row["entity"] for row in rows} >= planted.keys()


@pytest.mark.parametrize("by", [(), ("care_form",), ("tender_area",)])
def test_requests(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for span, told in hub.over("requests_per_placement", by):
        same(told, providers.requests_per_placement(key, span, by))
    for span, told in hub.over("answer_rate", by):
        same(told, providers.answer_rate(key, span, by))
    for span, told in hub.over("hours_to_answer", by):
        same(
            told,
            {cell: median(hours) for cell, hours in providers.hours_to_answer(key, span, by).items()},
        )


@pytest.mark.parametrize("by", [(), ("grown",), ("target_group", "care_form")])
def test_follow_ups_in_time(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for span, told in hub.over("follow_up_rate", by):
        same(told, providers.follow_up_rate(key, span, by))


def test_scores_of_providers(hub: PlacedHub, key: PlacementKey) -> None:
    for span, told in hub.over("provider_scores", ("parameter",)):
        names = ("plan_followed", "difference_made", "reporting")
        found = {(name,): providers.scores(key, span, name) for name in names}
        same(told, {cell: mean(scores) for cell, scores in found.items() if len(scores) >= 5})


@pytest.mark.parametrize("by", [(), ("care_form",), ("provider",)])
def test_deficiencies(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for at, told in hub.at("open_deficiencies", by):
        same(told, providers.open_deficiencies(key, at, by))
    for at, told in hub.at("deficiency_days"):
        same(told, {(): median(providers.deficiency_days(key, at))})


@pytest.mark.parametrize("by", [(), ("care_form",), ("provider_municipality",)])
def test_active_providers(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for at, told in hub.at("active_providers", by):
        same(told, providers.active_providers(key, at, by))


def test_what_does_not_add_up(hub: PlacedHub, key: PlacementKey) -> None:
    assert hub.now("flawed_placements", ("kind", "flaw")) == dict(papers.flaws(key))


def test_what_never_was_is_void(hub: PlacedHub, key: PlacementKey) -> None:
    for kind in ("placement", "contract", "request"):
        (row,) = hub.warehouse.rows(f"SELECT count() AS many FROM {kind}s FINAL WHERE void = 1")
        assert row["many"] == key.void[kind]
