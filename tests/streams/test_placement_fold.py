"""The life of a placement, case by case; days are those of March 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from schemas import placements as p
from schemas.envelope import Fact
from streams.folds.days import STILL, day_number
from streams.folds.placement import PlacementRow, fold
from streams.history import History, Living, micros
from tests.placing import ended, noon, priced, started, tell


def day(number: int) -> str:
    return f"2026-03-{number:02d}"


def told(*facts: tuple[int, Fact]) -> PlacementRow:
    return fold([Living(micros(noon(day(on))), fact, ()) for on, fact in facts])


def moved(on: int, to: str = "B113", **said: Any) -> p.PlacementMoved:
    return p.PlacementMoved(on=date(2026, 3, on), to_provider=to, **said)


def spans(row: PlacementRow) -> list[tuple[int, int, str, float | None]]:
    first = day_number(date(2026, 3, 1)) - 1
    return [
        (since - first, until - first, provider, price)
        for since, until, provider, price in zip(
            row.spans__from_on, row.spans__until_on, row.spans__provider, row.spans__daily_kr, strict=True
        )
    ]


def test_a_stay_is_cut_where_provider_or_price_changes() -> None:
    row = told(
        (2, started(day(2))), (2, priced(day(2), 5000)), (9, priced(day(10), 6000)), (12, moved(12)),
        (20, ended(day(20))),
    )  # fmt: skip
    assert spans(row) == [(2, 10, "B112", 5000), (10, 12, "B112", 6000), (12, 20, "B113", 6000)]
    assert (row.flaws, row.provider, row.end_reason) == ([], "B113", "plan_fulfilled")


def test_a_stay_that_goes_on_has_an_open_last_span() -> None:
    row = told((2, started(day(2))), (2, priced(day(2), 5000)))
    assert row.spans__until_on == [day_number(date(2299, 12, 31))]
    assert (row.stays__until, row.end_on, row.ended_at) == ([STILL], None, None)


def test_a_stay_of_one_day_has_one_empty_span() -> None:
    row = told((2, started(day(2))), (2, priced(day(2), 5000)), (2, ended(day(2))))
    assert spans(row) == [(2, 2, "B112", 5000)]


def test_a_price_from_the_last_day_has_that_day_as_an_empty_span() -> None:
    row = told(
        (2, started(day(2))), (2, priced(day(2), 5000)), (8, priced(day(9), 6000)), (9, ended(day(9)))
    )  # fmt: skip
    assert spans(row) == [(2, 9, "B112", 5000), (9, 9, "B112", 6000)]
    after = told((2, started(day(2))), (2, priced(day(2), 5000)), (9, ended(day(9))), (9, priced(day(10), 1)))
    assert spans(after) == [(2, 9, "B112", 5000)]


def test_of_two_prices_from_one_day_the_last_told_counts() -> None:
    row = told((2, started(day(2))), (2, priced(day(2), 5000)), (5, priced(day(2), 5500)))
    assert row.spans__daily_kr == [5500]
    assert row.flaws == []


@pytest.mark.parametrize(
    ("facts", "flaw"),
    [
        ([(2, started(day(2))), (2, priced(day(2), 1)), (9, priced(day(9), 1)), (10, priced(day(5), 2))],
         "price_set_backwards"),
        ([(2, started(day(2))), (2, priced(day(4), 5000))], "price_missing"),
        ([(2, started(day(2))), (2, priced(day(2), 0))], "price_zero"),
        ([(2, started(day(2))), (3, started(day(3)))], "started_twice"),
        ([(2, ended(day(2))), (3, started(day(3)))], "ended_before_started"),
        ([(9, started(day(9))), (9, ended(day(8)))], "ended_before_started"),
        ([(2, started(day(2))), (3, ended(day(3))), (4, moved(4))], "event_after_end"),
        ([(2, started(day(2))), (4, moved(4, from_provider="B999"))], "moved_from_other_provider"),
        ([(2, moved(2)), (4, started(day(4)))], "moved_before_start"),
        ([(2, ended(day(2)))], "never_started"),
        ([(2, priced(day(2), 5000))], "never_started"),
        ([(9, started(day(2)))], "day_not_of_time"),
        ([(2, started(day(2), planned_until_on=date(2026, 9, 1))),
          (3, p.PlacementExtended(on=date(2026, 3, 3), planned_until_on=date(2026, 8, 1)))],
         "extended_backwards"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_a_named_flaw(facts: list[tuple[int, Fact]], flaw: str) -> None:
    assert flaw in told(*facts).flaws


def test_a_placement_that_ended_before_it_started_has_no_days_and_no_stay() -> None:
    row = told((9, started(day(9))), (9, ended(day(8))))
    assert (row.spans__from_on, row.stays__from, row.start_on, row.started_at) == ([], [], None, None)


def test_a_move_alone_is_a_flow_without_a_stay() -> None:
    row = told((2, moved(2, from_provider="SHCF", cause="judicial")))
    assert (row.moves__from_provider, row.moves__cause, row.flaws) == (["SHCF"], ["judicial"], [])
    assert row.started_at is None


def heard(*versions: tuple[str, int, str | None]) -> PlacementRow:
    """The placement told with these main causes, each recorded on its day and with its reason."""
    history = History([])
    for cause, recorded, reason in versions:
        event = tell("a", started(day(2), main_cause=cause), day(2), recordedtime=noon(day(recorded)),
                     reason=reason)  # fmt: skip
        history.hear(event, micros(event.recordedtime))
    living, _ = history.living()
    return fold(living)


def test_the_main_cause_changes_by_a_correction_with_a_reason() -> None:
    row = heard(("crime", 2, None), ("neglect", 5, "wrong_code"))
    assert (row.main_cause, "cause_changed_without_reason" in row.flaws) == ("neglect", False)


@pytest.mark.parametrize("later", [[("crime", 7, None)], []])
def test_the_main_cause_stays_as_enrolled_without_one(later: list[tuple[str, int, str | None]]) -> None:
    row = heard(("crime", 2, None), ("neglect", 5, None), *later)
    assert row.main_cause == "crime"
    assert ("cause_changed_without_reason" in row.flaws) is (not later)


def test_the_order_of_arrival_does_not_move_the_main_cause() -> None:
    versions = [("crime", 2, None), ("neglect", 5, "wrong_code"), ("crime", 9, None)]
    rows = {heard(*versions).main_cause, heard(*versions[::-1]).main_cause,
            heard(versions[1], versions[2], versions[0]).main_cause}  # fmt: skip
    assert rows == {"neglect"}
