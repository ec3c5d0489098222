"""Why a published figure is another than it was."""

from __future__ import annotations

from datetime import date

import pytest

from warehouse.causes import Change, Sum, Told, cause_of, hidden, revised_periods, revision, total
from warehouse.privacy import Cell

FOUR, FIVE = Cell(40.0, 40), Cell(50.0, 50)
HIDDEN = Cell(None, 0, "suppressed", None, 4)
MARCH = ("month", date(2026, 3, 1))


@pytest.mark.parametrize(
    ("change", "versions", "cause"),
    [
        (Change(FOUR, FIVE), (1, 1), "events"),
        (Change(FOUR, FIVE), (1, 2), "version"),
        (Change(FOUR, HIDDEN), (1, 1), "mask"),
        (Change(HIDDEN, FOUR), (1, 1), "mask"),
        (Change(HIDDEN, HIDDEN._replace(upper=None)), (1, 1), "mask"),
        (Change(FOUR, HIDDEN), (1, 2), "version"),
        (Change(None, FIVE), (1, 1), "events"),
        (Change(FOUR, Cell(None, 0, "missing")), (1, 1), "events"),
        (Change(FOUR, FOUR._replace(state="preliminary")), (1, 1), "events"),
        (Change(FOUR, FOUR), (1, 2), None),
        (Change(FOUR, FOUR._replace(lower=1.0, upper=9.0)), (1, 1), None),
        (Change(None, Cell(None, 0, "not_applicable")), (1, 1), None),
    ],
)
def test_a_figure_changes_by_its_version_its_mask_or_what_was_told(
    change: Change, versions: tuple[int, int], cause: str | None
) -> None:
    assert cause_of(change, versions) == cause


def test_bounds_without_a_value_are_the_figure() -> None:
    bounds = Cell(None, 20, "preliminary", 0.9, 1.0)
    assert cause_of(Change(bounds, bounds._replace(lower=0.95)), (1, 1)) == "events"


def test_causes_are_counted_by_period() -> None:
    april = ("month", date(2026, 4, 1))
    found = revised_periods(
        [(MARCH, Change(FOUR, FIVE)), (MARCH, Change(FOUR, HIDDEN)), (MARCH, Change(FIVE, FIVE)),
         (april, Change(FIVE, FOUR))], (3, 3)
    )  # fmt: skip
    assert found == {MARCH: {"events": 1, "mask": 1}, april: {"events": 1}}


def test_events_of_the_period_and_before_it_are_counted_and_few_of_them_are_not_told() -> None:
    told = Told({date(2026, 2, 1): 7, date(2026, 3, 31): 5, date(2026, 4, 1): 9}, {date(2026, 3, 2): 4})
    found = revision(MARCH, {"events": 2, "mask": 1}, told, (1, 1))
    assert (found.corrections, found.late) == (10, None)
    assert (found.moved, found.masked, found.from_version) == (2, 1, 0)
    assert revision(MARCH, {"mask": 1}, told, (1, 1))[-2:] == (0, 0)
    assert revision(MARCH, {"version": 3}, told, (1, 2)).from_version == 1


def test_no_two_counts_tell_a_single_event_apart() -> None:
    told = [hidden(n) for n in range(31)]
    assert told[:6] == [0, None, None, None, None, 5]
    behind = {said: [n for n in range(31) if hidden(n) == said] for said in set(told[:28]) - {0}}
    assert all(len(counts) >= 3 for counts in behind.values())


def test_runs_together_say_at_least_how_many() -> None:
    assert total([10, None, 0, 5]) == Sum(15, 1)
    assert not total([0, 0]).any
    assert total([None]).any
