from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import cases as c
from schemas import hours as h
from schemas.codec import content_hash
from schemas.envelope import Event
from schemas.reference import ProducerAlive
from streams.history import History, Verdict, micros
from tests.caring import granted, visit
from tests.placing import noon
from tests.placing import tell as tell_of
from tests.telling import at, tell
from tests.warehouse.town import about

UNITS = ("a", "b", "c")


def opened(unit: str, recorded: float, *, retracted: bool = False) -> Event:
    return tell("x", c.ReportReceived(unit=unit), at(0), recorded=at(recorded), retracted=retracted)


def heard(*events: Event) -> tuple[History, list[Verdict]]:
    history = History([])
    return history, [history.hear(event, micros(event.recordedtime))[0] for event in events]


deliveries = st.lists(
    st.builds(
        opened, st.sampled_from(UNITS), st.sampled_from([0.0, 1.0, 2.0, 3.0]), retracted=st.booleans()
    ),
    min_size=1, max_size=8,
)  # fmt: skip


def truth(events: list[Event]) -> tuple[list[str], bool]:
    """Plain Python: the content recorded last stands; at a tie the smaller hash; torn when two tie."""
    last: dict[int, tuple[float, Event]] = {}
    for event in events:
        digest, told = content_hash(event), event.recordedtime.timestamp()
        if digest not in last or last[digest][0] < told:
            last[digest] = (told, event)
    newest = max(told for told, _ in last.values())
    tied = sorted((digest, event) for digest, (told, event) in last.items() if told == newest)
    winner = min(tied, key=lambda pair: pair[0])[1]
    return ([] if winner.retracted else [winner.data.unit]), len(tied) > 1


@given(events=deliveries, data=st.data())
def test_any_order_and_any_repetition_gives_what_stands_in_plain_python(
    events: list[Event], data: st.DataObject
) -> None:
    told = data.draw(st.permutations(events + data.draw(st.lists(st.sampled_from(events), max_size=4))))
    history, _ = heard(*told)
    living, torn = history.living()
    assert ([fact.fact.unit for fact in living], torn) == truth(events)  # type: ignore[attr-defined]


@given(events=deliveries, data=st.data())
def test_a_history_read_from_its_archive_is_the_same(events: list[Event], data: st.DataObject) -> None:
    history, again, confirmed = History([]), History([]), []
    for event in data.draw(st.permutations(events)):
        recorded_at = micros(event.recordedtime)
        verdict, digest, _ = history.hear(event, recorded_at)
        if verdict.archived:
            again.recall(event, recorded_at, digest)
        if verdict is Verdict.CONFIRMATION:
            confirmed.append((event.id, digest, recorded_at))
    for told in confirmed:
        again.confirm(*told)
    assert again.living() == history.living()
    assert again.archived == history.archived


def test_the_same_event_twice_is_a_duplicate() -> None:
    assert heard(opened("a", 0), opened("a", 0))[1] == [Verdict.NEW, Verdict.DUPLICATE]


def test_an_unchanged_fact_in_a_later_export_is_a_confirmation() -> None:
    history, verdicts = heard(opened("a", 0), opened("a", 7), opened("a", 14))
    assert verdicts == [Verdict.NEW, Verdict.CONFIRMATION, Verdict.CONFIRMATION]
    assert history.archived == 1


def test_a_late_older_version_does_not_win_over_a_confirmed_one() -> None:
    history, verdicts = heard(opened("a", 0), opened("a", 7), opened("b", 3))
    assert verdicts[-1] is Verdict.CORRECTION
    assert history.living()[0][0].fact == c.ReportReceived(unit="a")


def test_two_contents_recorded_at_the_same_time_are_a_conflict() -> None:
    history, verdicts = heard(opened("a", 0), opened("b", 0))
    assert verdicts == [Verdict.NEW, Verdict.CONFLICT]
    assert history.living()[1]


def test_a_retraction_takes_the_fact_back_and_a_later_version_brings_it_again() -> None:
    history, verdicts = heard(opened("a", 0), opened("a", 1, retracted=True))
    assert verdicts[-1] is Verdict.RETRACTION
    assert history.living() == ([], False)
    history.hear(opened("a", 2), micros(at(2)))
    assert len(history.living()[0]) == 1


def test_a_touched_span_begins_at_the_earlier_of_old_and_new_time() -> None:
    history = History([])
    first = tell("x", c.CaseClosed(), at(9), recorded=at(9))
    moved = tell("x", c.CaseClosed(), at(4), recorded=at(10))
    history.hear(first, micros(first.recordedtime))
    assert history.hear(moved, micros(moved.recordedtime))[2] == micros(at(9) - timedelta(days=5))


@pytest.mark.parametrize(
    ("told", "since"),
    [
        ([granted("g", "9985", 1, "day", "2026-03-02")], "2026-03-01 10:00"),
        ([granted("g", "9985", 1, "day", "2026-03-02", decided_on=date(2026, 2, 25))], "2026-02-24 10:00"),
        ([granted("g", "9985", 1, "day", "2026-03-02"), granted("g", "9985", 2, "day", "2026-03-02")],
         "2026-03-01 10:00"),
        ([visit("v", "9985", "2026-03-02 08:00", "2026-03-02 09:00")], "2026-03-02 07:00"),
        ([visit("v", "9985", "2026-03-02 13:00", "2026-03-02 14:00")], "2026-03-02 11:00"),
    ],
)  # fmt: skip
def test_a_fact_reaches_back_to_the_first_day_that_it_tells_of(told: list[Event], since: str) -> None:
    history = History([])
    reached = [history.hear(event, micros(event.recordedtime))[2] for event in told]
    assert reached[-1] == micros(datetime.fromisoformat(since).replace(tzinfo=UTC))


def test_a_correction_reaches_back_to_what_it_corrects() -> None:
    history = History([])
    early, late = (h.GrantEnded(on=date(2026, month, 1)) for month in (3, 5))
    history.hear(tell_of("g", early, "2026-06-01"), 1)
    _, _, since = history.hear(tell_of("g", late, "2026-06-01", recordedtime=noon("2026-06-02")), 2)
    assert since == micros(datetime(2026, 2, 28, 10, tzinfo=UTC))


def test_a_sign_of_life_for_days_long_gone_reaches_no_further_than_its_time() -> None:
    alive = ProducerAlive(topic="cases", complete_until=at(-900), historical=True)
    assert History([]).hear(about("source", alive, at(1), "9985"), 1)[2] == micros(at(1))


def test_an_opening_told_late_touches_all_that_its_entity_had_done_before() -> None:
    """Whose case it is, and of what kind, holds from its first day: figures split by that move from there."""
    history = History([])
    begun = tell("x", c.InvestigationOpened(unit="a"), at(1))
    report = tell("x", c.ReportReceived(unit="a", case_type="child"), at(9))
    closed = tell("x", c.CaseClosed(), at(12))
    since = [history.hear(each, micros(each.recordedtime))[2] for each in (begun, report, closed)]
    assert since == [micros(at(1)), micros(at(1)), micros(at(12))]
    back = tell("x", report.data, at(9), recorded=at(20), retracted=True, reason="registered_by_mistake")
    assert history.hear(back, micros(at(20)))[2] == micros(at(1))
