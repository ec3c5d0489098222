"""The answer key to Mittköping's placements against the hub's own folds, and against what was planted."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from producers.synthetic import placement_papers_answer as papers
from producers.synthetic import placement_providers_answer as providers
from producers.synthetic.placement_answer import PlacementKey, placement_key
from producers.synthetic.placement_generator import placement_history
from producers.synthetic.placement_invoices import DAYS_TOO_MANY
from producers.synthetic.placement_model import ODDITIES
from producers.synthetic.workdays import DAY, start_of
from streams.folds.placement import PlacementRow, fold
from streams.history import History, micros

NOW = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)
YEAR = (date(2025, 1, 1), date(2026, 1, 1))
SIZE = 0.3


@pytest.fixture(scope="module")
def key() -> PlacementKey:
    return placement_key(7, NOW, TODAY, SIZE)


@pytest.fixture(scope="module")
def rows() -> list[PlacementRow]:
    events = [e for e in placement_history(7, NOW, SIZE) if "/placement/" in e.subject] * 2
    Random(1).shuffle(events)
    histories: dict[str, History] = {}
    for event in events:
        histories.setdefault(event.subject, History([])).hear(event, micros(event.recordedtime))
    return [fold(history.living()[0]) for history in histories.values()]


def test_the_hubs_stock_is_the_keys_on_every_day(key: PlacementKey, rows: list[PlacementRow]) -> None:
    first = start_of(date(2024, 11, 22))
    for n in range(0, (NOW - first).days, 3):
        at = first + n * DAY
        placed = Counter(
            (row.main_cause, row.sex, row.target_group, care_form)
            for row in rows
            for since, until, care_form in zip(
                row.stays__from, row.stays__until, row.stays__care_form, strict=True
            )
            if since <= micros(at) < until
        )
        by = ("main_cause", "sex", "target_group", "care_form")
        assert placed == key.stock(at, by, persons=False)


def test_stock_new_and_at_any_time_are_three_figures(key: PlacementKey) -> None:
    by = ("main_cause",)
    stock = key.stock(start_of(date(2026, 1, 1)), by)[("crime",)]
    new = key.new(YEAR, by, persons=True)[("crime",)]
    ever = key.at_any_time(YEAR, by, persons=True)[("crime",)]
    assert stock < new < ever


def test_a_cause_that_was_never_told_is_a_bar_of_its_own(key: PlacementKey) -> None:
    assert key.new(YEAR, ("main_cause",))[("unknown",)] > 0
    assert key.ends(YEAR)[("unknown",)] > 0
    assert key.direct_awards(YEAR)[("unknown",)] > 0


def test_some_persons_have_two_placements_with_different_causes(key: PlacementKey) -> None:
    causes: dict[str, set[str]] = {}
    for it in key.placements:
        causes.setdefault(it.who, set()).add(it.main_cause)
    assert sum(len(of_person) > 1 for of_person in causes.values()) > 5


def test_cost_is_price_by_day_and_no_other_of_the_three(key: PlacementKey) -> None:
    computed = key.cost(YEAR)[()]
    invoiced, booked = papers.invoiced(key, YEAR), papers.booked(key, YEAR)
    assert computed == pytest.approx(key.daily_price(YEAR)[()] * key.care_days(YEAR)[()], rel=0.02)
    assert len({round(computed), round(invoiced), round(booked)}) == 3
    assert invoiced == pytest.approx(computed, rel=0.05)


def test_every_planted_deviation_is_a_deviation_of_that_size(key: PlacementKey) -> None:
    span = (date(2024, 1, 1), TODAY)
    found = {it.subject: it for it in papers.deviations(key, span)}
    planted = papers.planted(key, span)
    assert Counter(planted.values()).keys() == {"days", "price", "amount"}
    assert all(found[subject].days == DAYS_TOO_MANY for subject, what in planted.items() if what == "days")
    right = [found[subject].daily_kr for subject, what in planted.items() if what == "price"]
    assert sum(kr == 150 for kr in right) > 0.9 * len(right)  # of the others the price was corrected since


def test_adults_are_followed_up_in_time_more_often_than_children(key: PlacementKey) -> None:
    span = (date(2024, 11, 22), TODAY)
    rate = providers.follow_up_rate(key, span, ("grown",))
    assert rate[("adults",)] > 0.7 > rate[("children_and_youth",)] > 0.3


def test_coverage_by_contracts_is_low_at_first_and_mended(key: PlacementKey) -> None:
    early = papers.coverage(key, start_of(date(2025, 1, 1)))[()]
    late = papers.coverage(key, start_of(date(2026, 6, 1)))[()]
    assert 0.3 < early < 0.55 < 0.65 < late < 0.95


@pytest.fixture(scope="module")
def whole() -> PlacementKey:
    return placement_key(3, NOW, TODAY, 1.0)


def test_a_few_popular_providers_have_enough_follow_ups_to_be_judged(whole: PlacementKey) -> None:
    many = Counter(provider for provider, fact in providers.followed_up(whole) if fact.on.year == 2025)
    judged = sorted((n for n in many.values() if n >= 5), reverse=True)
    assert 15 <= len(judged) <= 45
    assert judged[0] < sum(many.values()) * 0.15, "nobody takes nearly all"
    assert len(many) > 2 * len(judged), "and many have too few to be shown"


def test_what_is_odd_on_purpose_is_odd_in_the_key(whole: PlacementKey) -> None:
    told = {flaw for _, flaw in papers.flaws(whole)}
    never_flaws = {"void", "void_with_contract_left", "end_taken_back", "overlapping"}
    assert ODDITIES.keys() - never_flaws <= told
    assert {"overlapping_placements", "day_outside_contract", "unknown_placement", "never_noted"} <= told
    assert whole.void["placement"] > 0


def test_the_key_knows_nothing_of_what_was_recorded_later() -> None:
    earlier = NOW - timedelta(days=200)
    then = placement_key(7, earlier, TODAY - timedelta(days=200), 0.1, anchor=NOW)
    assert all(t.versions[0].recorded <= earlier for told in then.living.values() for t, _ in told)
    assert len(then.known) < len(placement_key(7, NOW, TODAY, 0.1).known)
