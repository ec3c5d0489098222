"""The publisher, tick by tick, over a real warehouse; every tick gets its own instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.telling import tell
from tests.warehouse.publishing import Town
from tests.warehouse.publishing import publisher as publisher_of
from warehouse import screen
from warehouse.client import Warehouse
from warehouse.contracts import load
from warehouse.lease import Lease
from warehouse.publish import SLOW_BEAT_S, Publisher
from warehouse.published import run_number, shown
from warehouse.screen import Run
from warehouse.watermark import watermarks

pytestmark = pytest.mark.slow

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)  # a Monday, 13.00 in Mittköping
METRICS = ("caseload_balance", "caseload_by_stage", "open_case_age", "open_cases_by_age", "unassigned_cases",
           "cases_per_fte", "inflow", "balance_residual")  # fmt: skip
UNITS = {"barn-unga": 12, "vuxen": 7, "forsorjningsstod": 3, "bistand-aldre": 0, "lss": 9}


def clock(minute: int, second: int = 0, days: int = 0) -> datetime:
    return NOON + timedelta(days=days, minutes=minute, seconds=second)


@pytest.fixture
def town(warehouse: Warehouse) -> Town:
    """Mittköping with 31 open cases, the oldest of them twenty days."""
    town = Town(warehouse)
    then = clock(0, days=-20)
    town.tell(NOON, [event for unit, count in UNITS.items() for event in town.opened(unit, count, then)])
    return town


@pytest.fixture
def publisher(town: Town) -> Publisher:
    """The hub's publisher after its first tick."""
    publisher = of_some(town.warehouse)
    assert first_ticks(publisher) == len(METRICS)
    return publisher


def of_some(warehouse: Warehouse, holder: str = "hub") -> Publisher:
    return publisher_of(warehouse, *METRICS, holder=holder)


def first_ticks(publisher: Publisher) -> int:
    return publisher.tick(clock(1)) + sum(iter(lambda: publisher.tick_slow(clock(1)), 0))


def test_the_minutes_beat_does_not_wait_for_the_residual_which_takes_one_municipality_at_a_time(
    town: Town,
) -> None:
    other = Town(town.warehouse, "9998")
    other.tell(NOON, other.opened("a", 6, clock(0, days=-3)))
    publisher = of_some(town.warehouse)
    assert publisher.tick_slow(clock(1)) == 0  # the lease is the beat's to take
    publisher.tick(clock(1))
    assert (town.figures()[""].value, town.figures("balance_residual")) == (31, {})
    slow = [name for name in METRICS if load()[name].beat_s > SLOW_BEAT_S]
    ticks = [publisher.tick_slow(clock(1, second)) for second in range(1, 2 * len(slow) + 2)]
    assert ticks == [1] * 2 * len(slow) + [0]
    assert [each.figures("balance_residual")[""].value for each in (town, other)] == [0, 0]


def test_every_unit_is_published_also_one_without_cases_and_small_numbers_are_hidden_in_company(
    town: Town, publisher: Publisher
) -> None:
    found = town.figures()
    assert found.keys() == {"", *UNITS}
    assert {unit: found[unit].value for unit in ("", "barn-unga", "bistand-aldre", "lss")} == {
        "": 31, "barn-unga": 12, "bistand-aldre": 0, "lss": 9
    }  # fmt: skip
    few, company = found["forsorjningsstod"], found["vuxen"]
    assert (few.state, few.value, few.n, few.upper) == ("suppressed", None, None, 4)
    assert (company.state, company.value, company.n, company.upper) == ("suppressed", None, None, None)
    assert (found[""].as_of, found[""].known_at, found[""].historical) == (NOON, clock(1), False)
    stages = [figure.dimensions for figure in shown(town.warehouse, town.code, ["caseload_by_stage"])]
    assert len([dimensions for dimensions in stages if dimensions.keys() == {"stage"}]) == 5


def test_no_other_figure_tells_the_balance_of_a_unit_that_is_hidden(town: Town, publisher: Publisher) -> None:
    ages = shown(town.warehouse, town.code, ["open_cases_by_age"])
    by_unit = {figure.dimensions["unit"]: figure for figure in ages
               if figure.dimensions.get("age_days") == "15-30" and "unit" in figure.dimensions}  # fmt: skip
    assert (by_unit["vuxen"].state, by_unit["vuxen"].value) == ("suppressed", None)
    assert (by_unit["lss"].value, by_unit["barn-unga"].value) == (9, 12)
    assert by_unit["bistand-aldre"].value == 0
    behind = [
        town.figures(metric)["vuxen"].n for metric in ("unassigned_cases", "open_case_age", "cases_per_fte")
    ]
    assert behind == [None, None, 0]


def test_what_cannot_be_measured_is_missing_and_a_mean_needs_ten(town: Town, publisher: Publisher) -> None:
    assert {figure.state for figure in town.figures("cases_per_fte").values()} == {"missing"}
    ages = town.figures("open_case_age")
    assert (ages["barn-unga"].value, ages["barn-unga"].n) == (20, 12)
    assert (ages["lss"].state, ages["lss"].value) == ("suppressed", None)
    assert (ages["bistand-aldre"].state, ages["bistand-aldre"].value) == ("missing", None)


def test_past_days_are_published_with_the_balance_at_their_end(town: Town, publisher: Publisher) -> None:
    days = town.days("")
    assert (days["2026-10-26"], days["2026-10-27"], days["2026-11-15"]) == (None, 31, 31)
    assert (len(days), "2026-11-16" in days) == (70, False)
    assert town.days("", "inflow")["2026-10-27"] == 31


def test_one_event_in_a_quiet_unit_is_not_seen_before_the_quarter_hour(
    town: Town, publisher: Publisher
) -> None:
    town.tell(clock(3), town.opened("lss", 1, clock(2)))
    assert publisher.tick(clock(4)) > 0
    found = town.figures()
    assert [(found[unit].value, found[unit].as_of) for unit in ("", "lss")] == [(31, NOON), (9, NOON)]
    assert found["lss"].told_until == clock(3)
    publisher.tick(clock(15, 5))
    found = town.figures()
    assert [(found[unit].value, found[unit].as_of) for unit in ("", "lss")] == [
        (32, clock(3)),
        (10, clock(3)),
    ]


def test_a_unit_with_five_movements_is_shown_on_the_minute_and_the_total_waits(
    town: Town, publisher: Publisher
) -> None:
    town.tell(clock(3), town.opened("barn-unga", 5, clock(2)))
    publisher.tick(clock(1, 30))
    assert town.figures()["barn-unga"].known_at == clock(1)  # the same minute
    publisher.tick(clock(4))
    found = town.figures()
    assert (found["barn-unga"].value, found["barn-unga"].as_of) == (17, clock(3))
    assert (found[""].value, found[""].as_of) == (31, NOON)


def test_a_unit_that_falls_silent_again_says_how_old_its_figure_is(town: Town, publisher: Publisher) -> None:
    opened = town.opened("barn-unga", 5, clock(2))
    town.tell(clock(3), opened)
    publisher.tick(clock(4))
    name = f"barn-unga-{clock(2):%d%H%M}-0"
    town.tell(clock(5), [tell(name, opened[0].data, clock(2), recorded=clock(5), retracted=True,
                              reason="registered_by_mistake")])  # fmt: skip
    publisher.tick(clock(6))
    found = town.figures()["barn-unga"]
    assert (found.value, found.as_of) == (17, clock(3))


def test_a_run_writes_only_what_changed(town: Town, publisher: Publisher) -> None:
    town.tell(clock(3), town.opened("barn-unga", 5, clock(2)))
    publisher.tick(clock(4))
    town.tell(clock(5))
    publisher.tick(clock(6))
    town.tell(clock(14))
    publisher.tick(clock(16))
    first, *later = town.written()
    assert first == 6 + 70 * 6
    assert later == [1, 0, 5]  # on the quarter hour the total and four quiet units; no past day


def test_readers_begin_with_the_last_run_that_wrote_every_key(
    town: Town, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "FEW_ROWS", 0)
    seen = {}
    for quarter in range(1, 5):
        town.tell(clock(15 * quarter - 1))
        publisher.tick(clock(15 * quarter + 1))
        seen[quarter] = town.figures("open_case_age")
    first, *_, last = _whole_runs(town, "open_case_age")
    assert first < last
    assert town.figures("open_case_age", known_at=clock(31)) == seen[2] != seen[4]
    town.warehouse.command(
        "ALTER TABLE figures DELETE WHERE metric = 'open_case_age' AND run < {run:UInt64}"
        " SETTINGS mutations_sync = 1",
        {"run": last},
    )
    assert town.figures("open_case_age") == seen[4]


def _whole_runs(town: Town, metric: str) -> list[int]:
    rows = town.warehouse.rows(
        "SELECT DISTINCT whole_run FROM publications WHERE metric = {metric:String} ORDER BY whole_run",
        {"metric": metric},
    )
    return [row["whole_run"] for row in rows]


def test_days_that_are_computed_no_longer_stand_when_every_key_is_written_again(
    town: Town, publisher: Publisher
) -> None:
    before = town.days("")
    town.tell(clock(0, days=30))
    of_some(town.warehouse).tick(clock(1, days=30))
    assert len(_whole_runs(town, "caseload_balance")) == 2
    assert before.items() <= town.days("").items()


def test_a_metric_that_was_published_long_ago_is_found(town: Town, publisher: Publisher) -> None:
    found = town.figures()
    assert datetime.now(UTC) - NOON > timedelta(days=1)
    assert found[""].value == 31
    assert {each.value for each in town.figures(known_at=clock(0, days=900)).values()} == {
        each.value for each in found.values()
    }


def test_what_was_shown_then_is_given_back(town: Town, publisher: Publisher) -> None:
    town.tell(clock(3), town.opened("lss", 6, clock(2)))
    publisher.tick(clock(16))
    assert town.figures()[""].value == 37
    assert town.figures(known_at=clock(10))[""].value == 31
    assert town.figures(known_at=clock(10))[""].known_at == clock(1)
    assert town.figures(known_at=clock(0)) == {}


def test_a_figure_that_fails_a_stop_check_is_held_and_the_last_good_one_stays(
    town: Town, publisher: Publisher
) -> None:
    good = {unit: figure.value for unit, figure in town.figures("open_case_age").items()}
    _set_opening(town, "2027-11-16 12:00:00")
    town.tell(clock(14), town.opened("barn-unga", 6, clock(2)))
    publisher.tick(clock(16))
    found = town.figures("open_case_age")
    assert {unit: figure.value for unit, figure in found.items()} == good
    assert {figure.held for figure in found.values()} == {"not_negative"}
    assert found[""].as_of == NOON
    assert (town.figures()[""].held, town.figures()[""].value) == ("", 37)
    _set_opening(town, "2026-11-14 12:14:00")
    town.tell(clock(29))
    publisher.tick(clock(31))
    found = town.figures("open_case_age")
    assert {figure.held for figure in found.values()} == {""}
    assert found["barn-unga"].value == pytest.approx(20 + 29 / 1440)


def _set_opening(town: Town, opened_at: str) -> None:
    """Tamper with the rows of one unit, past what any fold could make."""
    town.warehouse.command(
        "INSERT INTO cases SELECT * REPLACE (version + 1 AS version,"
        " arrayMap(x -> toDateTime64({at:String}, 6, 'UTC'), `spells.opened_at`) AS `spells.opened_at`)"
        " FROM cases FINAL WHERE has(`spells.unit`, 'lss')",
        {"at": opened_at},
    )


def test_a_late_correction_recomputes_the_days_that_it_reaches_and_no_other(
    town: Town, publisher: Publisher
) -> None:
    event = town.opened("lss", 1, clock(0, days=-20))[0]
    moved = tell("lss-271200-0", event.data, clock(0, days=-5), recorded=clock(3), reason="wrong_time")
    assert moved.id == event.id
    town.tell(clock(3), [moved])
    publisher.tick(clock(16))
    days = town.days("")
    assert [days[day] for day in ("2026-10-26", "2026-10-27", "2026-11-10", "2026-11-11", "2026-11-15")] == [
        None, 30, 30, 31, 31
    ]  # fmt: skip
    flows = town.days("", "inflow")
    assert (flows["2026-10-27"], flows["2026-11-11"]) == (30, None)  # one report is few


def test_another_hub_waits_for_the_lease_and_the_one_that_froze_shows_nothing_older(
    town: Town, publisher: Publisher
) -> None:
    other = of_some(town.warehouse, "other")
    assert other.tick(clock(1, 30)) == 0
    town.tell(clock(14), town.opened("lss", 6, clock(2)))
    frozen_mark = watermarks(town.warehouse)["9999"]["cases"]._replace(as_of=NOON)
    assert other.tick(clock(16)) > 0
    before = town.figures()
    assert before["lss"].value in (9, 15)
    place = publisher._quick.places["9999"]
    for name in METRICS:  # it wakes in mid-tick
        place.publish(load()[name], Run(run_number(clock(2)), clock(2), frozen_mark, 1), quiet=set())
    assert town.figures() == before
    assert publisher.tick(clock(16, 20)) == 0
    assert town.figures() == before


def test_two_hubs_that_reach_for_the_lease_at_once_do_not_both_get_it(warehouse: Warehouse) -> None:
    one, two = Lease(warehouse, "one"), Lease(warehouse, "two")
    assert one.hold(NOON)
    two._write(1, NOON + timedelta(milliseconds=1))  # it had looked before `one` wrote
    later = NOON + timedelta(seconds=2)
    assert (one.hold(later), two.hold(later)) == (False, True)


def test_the_hubs_own_restarted_publisher_takes_over_at_once_and_keeps_the_quarter_hour(
    town: Town, publisher: Publisher
) -> None:
    town.tell(clock(3), town.opened("lss", 1, clock(2)))
    restarted = of_some(town.warehouse)
    assert restarted.tick(clock(4)) > 0
    assert town.figures()["lss"].value == 9
    assert [publisher.tick(clock(4, second)) for second in (10, 20)] == [0, 0]
    restarted.tick(clock(15, 5))
    assert town.figures()["lss"].value == 10


def test_a_unit_that_nobody_has_any_more_is_gone_now_and_still_shown_then(
    town: Town, publisher: Publisher
) -> None:
    opened = town.opened("annan", 16, clock(2))
    town.tell(clock(3), opened)
    publisher.tick(clock(4))
    assert town.figures()["annan"].value == 16
    names = [f"annan-{clock(2):%d%H%M}-{number}" for number in range(16)]
    town.tell(clock(5), [tell(name, opened[0].data, clock(2), recorded=clock(5), retracted=True,
                              reason="registered_by_mistake") for name in names])  # fmt: skip
    of_some(town.warehouse).tick(clock(6))
    assert town.figures().keys() == {"", *UNITS}
    assert town.figures(known_at=clock(5))["annan"].value == 16


def test_a_closed_import_says_so_and_waits_for_no_quarter(warehouse: Warehouse) -> None:
    town = Town(warehouse, "9902")
    then = datetime(2016, 1, 12, 23, 59, 59, tzinfo=UTC)
    town.tell(NOON, town.opened("a", 6, then - timedelta(days=3)), closed_at=then)
    publisher = of_some(warehouse)
    publisher.tick(NOON)
    assert [(f.value, f.historical, f.as_of) for f in town.figures().values()] == [(6, True, then)] * 2
    town.tell(clock(1), town.opened("a", 1, then - timedelta(days=2)), closed_at=then)
    publisher.tick(clock(2))
    assert [figure.value for figure in town.figures().values()] == [7, 7]


def test_a_municipality_that_no_source_vouches_for_is_not_published(town: Town) -> None:
    town.warehouse.command("TRUNCATE TABLE producers")
    assert of_some(town.warehouse).tick(clock(1)) == 0
    assert town.figures() == {}


def test_what_a_worker_with_a_slow_clock_touches_is_computed_again(town: Town, publisher: Publisher) -> None:
    before = town.days("")
    town.tell(clock(3), town.opened("barn-unga", 5, clock(0, days=-6)))
    told = town.warehouse.query_arrow("SELECT touched_at - INTERVAL 1 HOUR AS touched_at, municipality, kind,"
                                      " from_at FROM touched")  # fmt: skip
    town.warehouse.command("TRUNCATE TABLE touched")
    town.warehouse.insert_arrow("touched", told)
    publisher.tick(clock(16))
    assert {day: value for day, value in town.days("").items() if value != before[day]} == {
        f"2026-11-{day}": 36 for day in range(10, 16)
    }
