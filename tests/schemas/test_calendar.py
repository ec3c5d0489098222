from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import calendar
from schemas.errors import BadEvent, Misconfigured

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def test_a_local_time_becomes_utc_by_the_season() -> None:
    assert calendar.from_local(datetime(2026, 1, 1, 12), STOCKHOLM) == (
        datetime(2026, 1, 1, 11, tzinfo=UTC),
        False,
    )
    assert calendar.from_local(datetime(2026, 7, 1, 12), STOCKHOLM) == (
        datetime(2026, 7, 1, 10, tzinfo=UTC),
        False,
    )


def test_a_time_that_occurs_twice_is_the_first_and_says_so() -> None:
    assert calendar.from_local(datetime(2026, 10, 25, 2, 30), STOCKHOLM) == (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True,
    )  # fmt: skip


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_a_time_that_clocks_jump_over_is_refused(minute: int) -> None:
    with pytest.raises(BadEvent) as caught:
        calendar.from_local(datetime(2026, 3, 29, 2, minute), STOCKHOLM)
    assert caught.value.reason == "nonexistent_time"


@given(st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_every_instant_is_found_again_from_its_local_time(instant: datetime) -> None:
    naive = instant.astimezone(STOCKHOLM).replace(tzinfo=None, fold=0)
    found, twice = calendar.from_local(naive, STOCKHOLM)
    assert found == instant or (twice and instant - found == timedelta(hours=1))


def test_days_of_the_clock_change_have_23_and_25_hours() -> None:
    hours = [calendar.midnight(d + timedelta(1), STOCKHOLM) - calendar.midnight(d, STOCKHOLM)
             for d in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 6, 1))]  # fmt: skip
    assert hours == [timedelta(hours=h) for h in (23, 25, 24)]


def test_an_instant_lies_in_its_local_day() -> None:
    assert calendar.local_day(datetime(2026, 11, 21, 23, 30, tzinfo=UTC), STOCKHOLM) == date(2026, 11, 22)


def test_days_are_half_open() -> None:
    assert calendar.days(date(2024, 2, 28), date(2024, 3, 1)) == [date(2024, 2, 28), date(2024, 2, 29)]
    assert calendar.days(date(2024, 3, 1), date(2024, 3, 1)) == []


def test_weeks_are_iso_weeks() -> None:
    assert calendar.week(date(2027, 1, 1)) == (2026, 53)
    assert calendar.week_start(date(2027, 1, 1)) == date(2026, 12, 28)


@given(st.dates(date(1900, 1, 1), date(2290, 1, 1)))
def test_months_follow_each_other(day: date) -> None:
    first = calendar.month_start(day)
    assert first.day == 1 and first <= day < calendar.next_month(day)
    assert calendar.month_start(calendar.next_month(day) - timedelta(1)) == first


@pytest.mark.parametrize("kind", calendar.PERIODS)
@given(day=st.dates(date(1901, 1, 1), date(2290, 1, 1)))
def test_periods_of_a_kind_follow_each_other_and_leave_no_day_out(kind: str, day: date) -> None:
    first = calendar.period_start(kind, day)
    after = calendar.later_period(kind, first)
    assert first <= day < after
    assert calendar.period_start(kind, after - timedelta(1)) == first
    assert calendar.period_start(kind, after) == after
    assert calendar.later_period(kind, after, -1) == first


def test_new_year_lies_in_the_middle_of_a_week_and_a_year_may_have_53() -> None:
    monday = calendar.period_start("week", date(2027, 1, 1))
    assert (monday, calendar.week(monday)) == (date(2026, 12, 28), (2026, 53))
    assert calendar.week(calendar.later_period("week", monday)) == (2027, 1)
    assert calendar.week(calendar.later_period("week", date(2024, 12, 23))) == (2025, 1)


def test_the_weeks_of_the_clock_changes_have_167_and_169_hours() -> None:
    weeks = [(day, calendar.later_period("week", day)) for day in (date(2026, 3, 23), date(2026, 10, 19))]
    assert [calendar.midnight(until, STOCKHOLM) - calendar.midnight(first, STOCKHOLM)
            for first, until in weeks] == [timedelta(hours=167), timedelta(hours=169)]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "first", "before"),
    [
        ("week", date(2026, 11, 16), date(2025, 11, 17)),  # week 47 of both
        ("week", date(2026, 12, 28), date(2025, 12, 22)),  # week 53, and 52, the last
        ("week", date(2027, 12, 27), date(2026, 12, 21)),  # week 52 of a year that has 53
        ("week", date(2027, 1, 4), date(2025, 12, 29)),  # week 1, 53 weeks earlier
        ("month", date(2026, 1, 1), date(2025, 1, 1)),
        ("quarter", date(2026, 7, 1), date(2025, 7, 1)),
        ("year", date(2026, 1, 1), date(2025, 1, 1)),
    ],
)
def test_a_year_before_is_the_period_of_the_same_name(kind: str, first: date, before: date) -> None:
    assert calendar.year_before(kind, first) == before


def test_the_range_of_the_store_is_held() -> None:
    assert calendar.in_range(datetime(2201, 1, 1, tzinfo=UTC))
    assert calendar.in_range(calendar.EARLIEST) and not calendar.in_range(calendar.LATEST)
    assert not calendar.in_range(calendar.EARLIEST - timedelta(microseconds=1))


@pytest.mark.parametrize("name", ["Mars/Base", "", "../etc/passwd"])
def test_an_unknown_zone_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(Misconfigured, match="Europe/Stockholm"):
        calendar.zone(name)
