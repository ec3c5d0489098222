"""The answer key to the law's times against the hub's own engine: the same events, twice and in any order,
give the same times; and what the key says of an instant and of a period.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from producers.synthetic.care.generator import care_history
from producers.synthetic.care.known import care_key
from producers.synthetic.clock_days import LastDay, disposed_by, end_of_quarter, ends, in_days, in_months
from producers.synthetic.clock_key import ClockKey, clock_key
from producers.synthetic.clock_others import assistance_clocks, placement_clocks
from producers.synthetic.generator import history
from producers.synthetic.placement_answer import placement_key
from producers.synthetic.placement_generator import placement_history
from producers.synthetic.workdays import DAY
from schemas.clocks import law
from schemas.municipality import municipality
from streams.clocks import ClockRow, state
from streams.folds.days import STILL
from streams.history import micros
from tests.producers_synthetic.clock_rows import differences, of_hub, of_key

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)
SIZE = 0.08


@pytest.fixture(scope="module")
def key() -> ClockKey:
    return clock_key(7, NOW, SIZE)


@pytest.mark.parametrize(("seed", "size"), [(1, 0.02), (7, 0.05)])
def test_every_time_of_a_case_is_the_hubs(seed: int, size: float) -> None:
    key = clock_key(seed, NOW, size)
    events = list(history(seed, NOW, size))
    rows, flaws = of_hub(events, "case")
    assert differences(rows, of_key(key.cases)) == []
    assert flaws == key.flaws
    assert differences(of_hub(events, "report")[0], of_key(key.reports)) == []
    assert sum(rows.values()) > 190_000 * size


@pytest.mark.parametrize("days", [-200.2, 3.4])
def test_what_was_known_earlier_or_is_told_live_is_the_hubs(days: float) -> None:
    """At moments when late facts, corrections and retractions were still to come."""
    until = NOW + timedelta(days=days)
    key = clock_key(3, until, 0.04, anchor=NOW)
    rows, flaws = of_hub(history(3, until, 0.04, anchor=NOW), "case")
    assert differences(rows, of_key(key.cases)) == []
    assert flaws == key.flaws


def test_every_time_of_a_placement_is_the_hubs() -> None:
    key = placement_key(7, NOW, TODAY, 0.3)
    found = placement_clocks(key)
    rows, _ = of_hub(placement_history(7, NOW, 0.3), "placement")
    assert differences(rows, of_key(found)) == []
    states = Counter(it.state(NOW) for it in found)
    assert all(states[name] for name in ("in_time", "late", "running", "ended"))


def test_every_time_of_assistance_is_the_hubs() -> None:
    found = assistance_clocks(care_key(7, NOW, 0.15))
    rows, _ = of_hub((e for e in care_history(7, NOW, 0.15) if e.data.KIND == "assistance"), "assistance")
    assert differences(rows, of_key(found)) == []
    states = Counter((it.clock, it.state(NOW)) for it in found)
    assert states["LC17", "late"] + states["LC17", "overdue"] == 1, "the period that was told too long"
    assert {name for clock, name in states if clock == "LC18"} >= {"in_time", "late", "running"}


def test_a_time_that_the_hub_runs_otherwise_is_seen(key: ClockKey) -> None:
    wanted = of_key(key.cases)
    (row, *_) = wanted
    assert len(differences(wanted - Counter([row]), wanted)) == 1
    assert len(differences(wanted, wanted - Counter([row]))) == 1


def test_every_time_of_the_law_runs_in_mittkoping_by_each_wording_in_force(key: ClockKey) -> None:
    others = [*placement_clocks(placement_key(7, NOW, TODAY, 0.3)), *assistance_clocks(care_key(7, NOW, 0.1))]
    told = {(it.clock, it.wording) for it in [*key.cases, *key.reports, *others]}
    town = (*law(), *municipality("9999").clocks)
    assert told == {(clock.code, clock.valid_from) for clock in town if clock.valid_from <= TODAY}


def test_times_are_kept_extended_missed_and_moot(key: ClockKey) -> None:
    how: dict[str, set[str]] = {}
    for it in key.cases:
        how.setdefault(it.clock, set()).add(it.state(NOW))
    assert how["LC3"] >= {"in_time", "in_time_extended", "late", "running"}
    assert how["LC2"] >= {"in_time", "in_time_extended", "late", "running"}
    assert how["LC5"] >= {"in_time", "late", "overdue"}
    assert how["LC6a"] >= {"in_time", "late", "ended", "running"}
    assert how["LC16b"] & {"late", "overdue"}
    assert how["LC19"] >= {"in_time", "running", "ended"}


def test_most_of_what_is_due_is_done_in_time(key: ClockKey) -> None:
    share = key.in_time((date(2025, 7, 1), date(2026, 7, 1)), ("clock",))
    for clock in ("LC1", "LC2", "LC3", "LC4", "LC6a", "LC16a"):
        assert 0.75 < share[(clock,)] < 0.999, clock


def test_some_decisions_wait_for_months_and_most_say_why() -> None:
    key = clock_key(7, NOW, 0.25)
    waiting = key.not_carried_out(NOW, ("law", "waiting", "reason"))
    assert 20 < sum(waiting.values()) / 0.25 < 90
    assert {cell[:2] for cell in waiting} >= {("SoL", "never_started"), ("LSS", "never_started")}
    assert sum(n for cell, n in waiting.items() if cell[2] == "unknown") < 0.4 * sum(waiting.values())
    assert min(key.days_waited(NOW)[()]) >= 90


def test_the_key_says_of_an_instant_what_the_hubs_engine_says_of_the_same_row(key: ClockKey) -> None:
    for it in key.cases[::7]:
        times = (it.started, it.law, it.shifted, it.due, it.extended, it.stopped, it.ended)
        row = ClockRow(it.clock, "", "", "", "", *(micros(at) if at else STILL for at in times))
        for at in (it.started, it.due, it.due + timedelta(microseconds=1), it.over or NOW, NOW):
            assert it.state(at) == state(row, micros(at)), (it, at)


def test_what_is_due_in_two_months_is_that_of_both_and_moot_times_are_in_none(key: ClockKey) -> None:
    first, middle, last = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
    by = ("clock", "unit", "sex", "outcome")
    whole = Counter(key.due((first, last), by))
    assert whole == Counter(key.due((first, middle), by)) + Counter(key.due((middle, last), by))
    assert {cell[3] for cell in whole} >= {"in_time", "in_time_extended", "late"}
    assert key.due((date(2025, 1, 1), TODAY), ("outcome",))["overdue",] > 0
    part = key.due((first, last), ("outcome",))
    kept = part["in_time",] + part["in_time_extended",]
    assert key.in_time((first, last))[()] == pytest.approx(kept / sum(part.values()))


def test_what_has_run_out_and_what_soon_will_is_counted_at_the_moment(key: ClockKey) -> None:
    one = next(it for it in key.cases if it.clock == "LC3" and it.over and it.over > it.due)
    alone = ClockKey.__new__(ClockKey)
    alone.until, alone.cases = NOW, [one]
    assert alone.overdue(one.due) == {}
    assert alone.overdue(one.due + DAY) == {("LC3",): 1}
    assert one.over is not None
    assert alone.overdue(one.over) == {}
    by = ("clock", "within")
    assert alone.due_soon(one.due, by) == {("LC3", "7_days"): 1, ("LC3", "today"): 1}
    assert alone.due_soon(one.due - 7 * DAY, by) == {("LC3", "7_days"): 1}
    assert alone.due_soon(one.due - 8 * DAY) == alone.due_soon(one.due + DAY) == {}


@pytest.mark.parametrize(
    ("last", "start", "day"),
    [
        (in_days(14), date(2024, 2, 20), date(2024, 3, 5)),
        (in_months(4), date(2025, 10, 31), date(2026, 2, 28)),
        (in_months(6), date(2026, 8, 30), date(2027, 2, 28)),
        (in_months(24), date(2024, 2, 29), date(2026, 2, 28)),
        (end_of_quarter, date(2026, 10, 1), date(2026, 12, 31)),
        (disposed_by, date(2026, 3, 1), date(2032, 12, 31)),
    ],
)
def test_the_last_day_is_the_laws(last: LastDay, start: date, day: date) -> None:
    assert last(start) == day


def test_a_last_day_on_the_night_when_clocks_change_has_its_own_length() -> None:
    by_law, moved = ends(in_days(1), datetime(2026, 10, 24, 10, 0, tzinfo=UTC))
    assert by_law == datetime(2026, 10, 25, 22, 59, 59, 999999, tzinfo=UTC), "a Sunday of 25 hours"
    assert moved == by_law + DAY
