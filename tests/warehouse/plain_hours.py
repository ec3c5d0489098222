"""Random visits, and their hours by plain Python: minute by minute, from a local midnight on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from schemas.envelope import Event
from tests.caring import clock, visit, who


class Known(NamedTuple):
    """A visit as plain Python knows it. minutes: start and length, counted from midnight of the first day."""

    person: int
    unit: str
    start: int
    length: int
    net: int
    staff: int


NIGHTS = (date(2026, 3, 28), date(2026, 10, 24), date(2026, 5, 5))
VISITS = st.lists(
    st.builds(
        lambda person, unit, start, length, breaks, staff: Known(
            person, unit, start, length, max(0, length - breaks), staff
        ),
        st.integers(0, 2), st.sampled_from("ns"), st.integers(0, 3000), st.integers(1, 1440),
        st.sampled_from((0, 0, 0, 15, 45)), st.sampled_from((1, 1, 1, 2, 3)),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


def told_of(code: str, first: date, visits: list[Known]) -> Iterator[Event]:
    for number, one in enumerate(visits):
        start = _midnight(first) + timedelta(minutes=one.start)
        stop = start + timedelta(minutes=one.length)
        yield visit(f"{first} {number}", code, start, stop, unit=one.unit, staff_count=one.staff,
                    net_minutes=float(one.net), **who(str(one.person)))  # fmt: skip


def by_unit(
    weeks: list[tuple[date, list[Known]]], hours: Callable[[date, list[Known], date], float]
) -> Iterator[tuple[tuple[date, str], float]]:
    for first, visits in weeks:
        for unit in {one.unit for one in visits}:
            of_unit = [one for one in visits if one.unit == unit]
            yield (first, unit), sum(hours(first, of_unit, first + timedelta(days=day)) for day in range(5))


def _since(first: date, of: date) -> int:
    return int((_midnight(of) - _midnight(first)).total_seconds()) // 60


def _midnight(of: date) -> datetime:
    return clock(f"{of} 00:00")


def _minutes(first: date, one: Known, of: date) -> range:
    """The visit's minutes on that day, counted from midnight of the first."""
    begin, end = (_since(first, day) for day in (of, of + timedelta(1)))
    return range(max(begin, one.start), max(begin, one.start, min(end, one.start + one.length)))


def staff_hours(first: date, visits: list[Known], of: date) -> float:
    """As much of each minute as the visit is net, times those who were there."""
    return sum(one.staff * one.net / one.length * len(_minutes(first, one, of)) for one in visits) / 60


def client_hours(first: date, visits: list[Known], of: date) -> float:
    """Minutes when somebody without a break was there; of others the share that those with breaks are."""
    of_person: dict[int, list[Known]] = defaultdict(list)
    for one in visits:
        of_person[one.person].append(one)
    return sum(_of_person(first, those, of) for those in of_person.values()) / 60


def _of_person(first: date, visits: list[Known], of: date) -> float:
    whole: set[int] = set()
    broken: set[int] = set()
    there = net = 0.0
    for one in visits:
        minutes = _minutes(first, one, of)
        (whole if one.net == one.length else broken).update(minutes)
        if one.net < one.length:
            there += len(minutes)
            net += len(minutes) * one.net / one.length
    return len(whole) + (len(broken - whole) * net / there if there else 0)
