"""Who is placed in Mittköping, why, for how long, at what price: the real warehouse equals the answer key,
also when all is sent twice in another order.
"""

from __future__ import annotations

from collections import Counter

import pytest

from producers.synthetic import placement_papers_answer as papers
from producers.synthetic import placement_providers_answer as providers
from producers.synthetic.placement_answer import PlacementKey
from tests.integration.placed_hub import TODAY, PlacedHub, same

WHO = ("main_cause", "sex", "target_group", "care_form", "tender_area", "age_band", "unit", "law")
CUTS: tuple[tuple[str, ...], ...] = ((), *((name,) for name in WHO), ("main_cause", "sex"),
                                     ("provider",), ("framework",))  # fmt: skip
OF_DAYS = [by for by in CUTS if by != ("law",)]


@pytest.mark.parametrize("by", CUTS)
def test_who_is_placed_now(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for name, persons in (("placed_now", True), ("placements_now", False)):
        for at, told in hub.at(name, by):
            same(told, key.stock(at, by, persons))


def test_where_they_are_placed(hub: PlacedHub, key: PlacementKey) -> None:
    for at, told in hub.at("placements_now", ("provider_municipality",)):
        wanted: Counter[tuple[str, ...]] = Counter()
        for (provider,), many in key.stock(at, ("provider",), persons=False).items():
            wanted[(providers.located_in(key, provider),)] += many
        same(told, wanted)


@pytest.mark.parametrize("by", CUTS)
def test_new_placements_and_persons(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for name, persons in (("new_placements", False), ("newly_placed", True)):
        for span, told in hub.over(name, by):
            same(told, key.new(span, by, persons))


@pytest.mark.parametrize("by", CUTS)
def test_placed_at_any_time(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for name, persons in (("placements_at_any_time", False), ("placed_at_any_time", True)):
        for span, told in hub.over(name, by):
            same(told, key.at_any_time(span, by, persons) if span[0] <= TODAY else {})


@pytest.mark.parametrize("by", OF_DAYS)
def test_care_days_prices_and_cost(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for span, told in hub.over("care_days", by):
        same(told, key.care_days(span, by))
    for span, told in hub.over("placement_cost", by):
        same(told, key.cost(span, by))
    for span, told in hub.over("daily_price", by):
        same(told, key.daily_price(span, by))


def test_care_days_by_every_rule(hub: PlacedHub, key: PlacementKey) -> None:
    for span, told in hub.over("care_days", ("day_rule",)):
        rules = ("start_in_end_out", "both_in", "start_out_end_in")
        same(told, {(rule,): key.care_days(span, (), rule).get((), 0) for rule in rules})


@pytest.mark.parametrize("by", [(), ("tender_area",), ("care_form",)])
def test_framework_and_direct_awards(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for span, told in hub.over("inside_framework_share", by):
        same(told, key.inside_share(span, by))
    for span, told in hub.over("direct_awards", ("reason", *by)):
        same(told, key.direct_awards(span, ("reason", *by)))


@pytest.mark.parametrize("by", [(), ("care_form",), ("target_group",)])
def test_ends_and_moves(hub: PlacedHub, key: PlacementKey, by: tuple[str, ...]) -> None:
    for span, told in hub.over("placement_ends", ("reason", *by)):
        same(told, key.ends(span, ("reason", *by)))
    for span, told in hub.over("placement_moves", ("cause", "planned", *by)):
        same(told, key.moves(span, ("cause", "planned", *by)))


def test_invoiced_and_booked_kronor(hub: PlacedHub, key: PlacementKey) -> None:
    for span, told in hub.over("invoiced_cost"):
        same(told, {(): papers.invoiced(key, span)})
    for span, told in hub.over("booked_cost"):
        same(told, {(): papers.booked(key, span)})
