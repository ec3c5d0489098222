from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec import structs

from apps import board_reading, reading
from apps.boards import Board, boards
from apps.choice import Choice, Period
from apps.reading import Published, Sign, Store
from schemas.errors import Unavailable
from schemas.municipality import municipality
from tests.apps import samples
from tests.apps.boards import figure
from tests.apps.governed import SAID, write
from tests.browser.stage import publish
from warehouse import published
from warehouse.client import Warehouse
from warehouse.published import run_number


class Counting:
    """The real warehouse, with its statements counted, and unplugged at will."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self.asked = 0
        self.is_away = False

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        self.asked += 1
        if self.is_away:
            raise Unavailable("unplugged")
        return self.warehouse.rows(sql, parameters)

    def command(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
        return self.warehouse.command(sql, parameters)


@pytest.fixture
def counting(warehouse: Warehouse) -> Counting:
    now = datetime.now(UTC)
    publish(warehouse, "9999", samples.moved(samples.figures(), now), now)
    return Counting(warehouse)


def _published(store: Store, clock: list[float]) -> Published:
    return Published(lambda: store, keep_s=4, clock=lambda: clock[0])


def test_a_hundred_viewers_make_one_query(counting: Counting) -> None:
    source = _published(counting, [0.0])
    viewers = [threading.Thread(target=source.figures, args=("9999",)) for _ in range(100)]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()
    assert counting.asked == 2, "one for the runs, one for the figures"
    assert len(source.figures("9999").figures) == len(samples.figures())


def test_official_tables_are_asked_for_once_by_all_viewers(counting: Counting) -> None:
    clock = [0.0]
    source = _published(counting, clock)
    board = boards()["placeringar"]
    assert source.official("9999", board) == source.official("9999", board) == ()
    assert counting.asked == 3, "the runs of a day, of two months and of ever, of which there are none"
    clock[0] = 5.0
    source.official("9999", board)
    assert counting.asked == 6
    assert source.official("9999", boards()["avtal"]) == ()
    assert counting.asked == 6, "a page without official tables asks nothing"


def test_what_was_published_comes_back_as_it_was(counting: Counting) -> None:
    found = _published(counting, [0.0]).figures("9999")
    by_key = {(f.metric, str(f.dimensions), f.period, f.period_on): f for f in found.figures}
    for told in samples.moved(samples.figures(), datetime.now(UTC)):
        stored = by_key[told.metric, str(told.dimensions), told.period, told.period_on]
        assert (stored.value, stored.lower, stored.upper, stored.state) == (
            told.value, told.lower, told.upper, told.state,
        )  # fmt: skip


def test_a_newer_run_is_seen_when_the_cache_has_run_out(counting: Counting) -> None:
    clock = [0.0]
    source = _published(counting, clock)
    before = source.figures("9999")
    now = datetime.now(UTC)
    newer = tuple(replace(f, value=413.0) for f in samples.figures() if f.metric == "caseload_balance")
    publish(counting.warehouse, "9999", samples.moved(newer, now), now)
    assert source.figures("9999") is before
    clock[0] = 5.0
    assert {f.value for f in source.figures("9999").figures if f.metric == "caseload_balance"} == {413.0}


def test_the_same_figures_are_the_same_object_so_that_pages_are_made_once(counting: Counting) -> None:
    clock = [0.0]
    source = _published(counting, clock)
    before = source.figures("9999")
    clock[0] = 5.0
    assert source.figures("9999") is before
    assert counting.asked == 4


def test_the_last_good_figures_stay_while_the_warehouse_is_away(counting: Counting) -> None:
    clock = [0.0]
    source = _published(counting, clock)
    before = source.figures("9999")
    counting.is_away = True
    clock[0] = 5.0
    assert source.figures("9999") is before
    counting.is_away = False
    clock[0] = 10.0
    assert source.figures("9999") is before


def test_without_any_answer_there_are_no_figures_but_still_the_configured_units(counting: Counting) -> None:
    counting.is_away = True
    source = _published(counting, [0.0])
    assert source.figures("9999").figures == ()
    assert source.units(municipality("9999")) == tuple(municipality("9999").units)
    assert source.codes() == ()


def test_units_stand_in_the_municipalitys_own_order(counting: Counting) -> None:
    assert _published(counting, [0.0]).units(municipality("9999")) == tuple(municipality("9999").units)


def test_only_units_that_are_declared_or_have_figures_are_known(counting: Counting) -> None:
    source, town = _published(counting, [0.0]), municipality("9999")
    assert source.knows(town, "")
    assert source.knows(town, "vuxen")
    assert not source.knows(town, "finns-inte")


def test_a_held_run_keeps_the_figures_before_it(counting: Counting) -> None:
    publish(counting.warehouse, "9999", samples.figures(), datetime.now(UTC), held="not_negative")
    found = _published(counting, [0.0]).figures("9999")
    assert {f.held for f in found.figures} == {"not_negative"}
    assert len(found.figures) == len(samples.figures())


def test_a_sign_of_life_is_kept_with_its_times(counting: Counting) -> None:
    seen_at = datetime(2026, 11, 22, 15, 5, 20, 250_000, tzinfo=UTC)
    _published(counting, [0.0]).seen(Sign("skarm-1", "/9999/lobby", seen_at, None, seen_at, seen_at, 10, 30))
    assert counting.warehouse.rows("SELECT * EXCEPT written_at FROM screens FINAL") == [
        {
            "screen": "skarm-1",
            "page": "/9999/lobby",
            "seen_at": seen_at,
            "data_at": None,
            "rotated_at": seen_at,
            "refreshed_at": seen_at,
            "refresh_s": 10,
            "rotate_s": 30,
        }
    ]


def test_a_page_reads_its_figures_as_they_were_shown_when_the_committee_last_met(counting: Counting) -> None:
    now, quarter = datetime.now(UTC), Period(date(2026, 7, 1), "quarter")
    shown = [figure("contract_coverage", quarter, value) for value in (0.8, 0.9, 0.95)]
    for days, one in zip((3, 1, 0), shown, strict=True):
        publish(counting.warehouse, "9999", [one], now - timedelta(days=days), audience="committee")
    met = now.date() - timedelta(days=1)
    write(counting.warehouse, "9999", replace(SAID, meetings=(met - timedelta(days=9), met)), now)
    source, board, choice = _published(counting, [0.0]), boards()["avtal"], Choice(quarter)
    assert source.said("9999").last_meeting(now.date()) == met
    (then,), found = source.before("9999", board, choice), source.board("9999", board, choice)
    assert [then.value, *(one.value for one in found)] == [0.8, 0.95]
    assert source.before("9999", replace_sections(board), choice) == ()


def test_a_page_reads_what_was_shown_when_a_day_ended_and_what_was_said_by_then(counting: Counting) -> None:
    now, quarter = datetime.now(UTC), Period(date(2026, 7, 1), "quarter")
    board, asked = boards()["avtal"], Choice(quarter)
    for days, value in ((9, 0.8), (3, 0.9), (0, 0.95)):
        shown = [figure("contract_coverage", quarter, value)]
        publish(counting.warehouse, "9999", shown, now - timedelta(days=days), audience="committee")
    today = board_reading.today("9999")
    meetings = (today - timedelta(days=20), today - timedelta(days=8))
    write(counting.warehouse, "9999", replace(SAID, meetings=meetings[:1]), now - timedelta(days=15))
    write(counting.warehouse, "9999", replace(SAID, meetings=meetings), now)
    source = _published(counting, [0.0])
    then = replace(asked, shown_on=today - timedelta(days=3))
    assert [one.value for one in source.board("9999", board, then)] == [0.9]
    assert [one.value for one in source.board("9999", board, asked)] == [0.95]
    assert source.board("9999", board, replace(asked, shown_on=today - timedelta(days=10))) == ()
    assert [source.said("9999", each).meetings for each in (then, asked)] == [meetings[:1], meetings]
    assert [one.value for one in source.before("9999", board, asked)] == [0.8]
    assert source.before("9999", board, then) == ()  # nothing was shown twenty days ago


def test_answers_of_days_that_nobody_asks_for_again_are_forgotten(counting: Counting) -> None:
    source = _published(counting, [0.0])
    for back in range(reading.MOST_KEPT + 2):
        choice = Choice(Period(date(2000, 1, 1), "quarter"), shown_on=date(2020, 1, 1) + timedelta(days=back))
        source._cached(("board", choice), lambda _: (), ())
    assert len(source._kept) == reading.MOST_KEPT


def test_a_note_that_is_withheld_today_is_not_told_as_it_was_either(counting: Counting) -> None:
    now, code = datetime.now(UTC), "9999"
    write(counting.warehouse, code, SAID, now - timedelta(days=9))
    notes = published.said(counting.warehouse, code, now - timedelta(days=5)).notes
    assert notes
    counting.warehouse.command(
        "INSERT INTO governance SELECT * REPLACE ({run:UInt64} AS run, 'withheld' AS state, '' AS text)"
        " FROM governance WHERE kind = 'note'", {"run": run_number(now)},
    )  # fmt: skip
    assert published.said(counting.warehouse, code, now - timedelta(days=5)).notes == ()


def replace_sections(board: Board) -> Board:
    """The page without what has changed since the meeting."""
    return structs.replace(board, sections=board.sections[:1])


def test_the_page_of_targets_reads_whatever_has_one_in_every_kind_of_period(counting: Counting) -> None:
    now = datetime.now(UTC)
    quarter, month = Period(date(2026, 7, 1), "quarter"), Period(date(2026, 9, 1), "month")
    told = [figure("contract_coverage", quarter, 0.9), figure("hourly_cost", month, 48),
            figure("care_days", quarter, 9)]  # fmt: skip
    publish(counting.warehouse, "9999", told, now, audience="committee")
    source, choice = _published(counting, [0.0]), Choice(quarter)
    assert source.board("9999", boards()["beslut"], choice) == ()
    write(counting.warehouse, "9999", SAID, now)
    source = _published(counting, [0.0])
    found = {one.metric for one in source.board("9999", boards()["beslut"], choice)}
    assert found == {"contract_coverage", "hourly_cost"}


def test_a_wall_of_the_whole_municipality_has_no_page_of_a_unit(counting: Counting) -> None:
    source, town = Published(lambda: counting), municipality("9999")
    assert source.units(town, "lobby")
    assert source.units(town, "tider") == ()
    assert source.knows(town, "", "tider")
    assert source.knows(town, "barn-unga", "lobby")
    assert not source.knows(town, "barn-unga", "tider")
