from __future__ import annotations

from datetime import UTC, datetime, timedelta

from streams.history import micros
from streams.lanes import Stretch
from streams.limits import DeadLetterLimit
from streams.progress import MARGIN, Progress
from warehouse.archive import Refusal

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLACE = ("cases", 3)


def stretch(first: int, count: int, told_at: int = 7) -> Stretch:
    return Stretch(*PLACE, list(range(first, first + count)), [told_at] * count, [b""] * count)


def refused(offset: int) -> Refusal:
    return Refusal(*PLACE, offset, "not_json", "$", "", "", "", 0, 0)


def test_accepted_and_refused_are_counted_per_partition() -> None:
    progress = Progress()
    progress.note([stretch(0, 10)], [refused(4), refused(5)])
    progress.note([stretch(10, 5)], [])
    progress.folded[PLACE] = 15
    (position,) = progress.positions({}, NOW)
    assert (position.accepted, position.refused, position.next_offset) == (13, 2, 15)


def test_a_partition_behind_its_end_has_told_what_its_last_message_told() -> None:
    progress = Progress()
    progress.note([stretch(0, 10, told_at=99)], [])
    progress.folded[PLACE] = 10
    assert [progress.positions({PLACE: end}, NOW)[0].told_until for end in (11, None)] == [99, 99]


def test_a_partition_at_its_end_has_told_everything_until_just_now() -> None:
    progress = Progress()
    progress.folded[PLACE] = 10
    assert progress.positions({PLACE: 10}, NOW)[0].told_until == micros(NOW - MARGIN)
    assert timedelta(0) < MARGIN < timedelta(seconds=5)


def test_a_partition_given_away_is_told_of_no_more() -> None:
    progress = Progress()
    progress.folded |= {PLACE: 10, ("cases", 1): 4}
    progress.keep([("cases", 1), ("cases", 2)])
    assert progress.folded == {("cases", 1): 4}


def test_a_partition_of_bad_messages_is_named_once_it_is_over_the_limit() -> None:
    progress = Progress()
    assert progress.note([stretch(0, 30)], [refused(offset) for offset in range(30)]) == set()
    assert progress.note([stretch(30, 20)], [refused(offset) for offset in range(30, 50)]) == {PLACE}


def test_a_partition_that_goes_on_is_judged_anew() -> None:
    progress = Progress()
    progress.note([stretch(0, 49)], [refused(offset) for offset in range(49)])
    progress.forgive(PLACE)
    assert progress.note([stretch(49, 49)], [refused(offset) for offset in range(49, 98)]) == set()


def test_the_limits_are_those_of_the_settings() -> None:
    progress = Progress(lambda: DeadLetterLimit(share=0.9, run=3))
    assert progress.note([stretch(0, 3)], [refused(offset) for offset in range(3)]) == {PLACE}


def test_a_partition_behind_has_told_no_less_than_before_this_worker_had_it() -> None:
    progress = Progress()
    progress.folded[PLACE] = 10
    progress.recall({PLACE: 77})
    assert progress.positions({PLACE: 11}, NOW)[0].told_until == 77
    progress.recall({PLACE: 5})
    assert progress.positions({PLACE: 11}, NOW)[0].told_until == 77
