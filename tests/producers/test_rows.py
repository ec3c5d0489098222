from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.rows import BadCell, Row, Table, slug
from producers.times import moment, parse
from schemas.calendar import from_local
from schemas.errors import BadEvent

STOCKHOLM = ZoneInfo("Europe/Stockholm")
AMERICAN = ("%m/%d/%Y %I:%M:%S %p",)


def row(value: Any, **settings: Any) -> Row:
    """A row with one cell, in line 7."""
    return Row(Table("fil.csv", {"X": 0}, **settings), 7, [value])


def test_a_cell_is_read_without_its_outer_blanks() -> None:
    assert row("  a b ")["X"] == "a b"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (780.0, "780"),
        (12.5, "12.5"),
        (True, "true"),
        ("?", ""),
        (float("nan"), ""),
        (Decimal("1.00"), "1"),
        (Decimal("1E+2"), "100"),
        (Decimal("1.50"), "1.50"),
        (Decimal("NaN"), ""),
    ],
)
def test_typed_and_missing_cells_read_as_a_person_sees_them(cell: Any, text: str) -> None:
    assert row(cell, missing=frozenset({"", "?"}))["X"] == text


@pytest.mark.parametrize("cell", [b"abc", bytearray(b"abc"), ["abc"], {"abc": 1}, float("inf")])
def test_a_cell_that_nobody_can_read_is_refused_without_its_value(cell: Any) -> None:
    with pytest.raises(BadCell) as caught:
        _ = row(cell)["X"]
    assert (caught.value.reason, caught.value.field, caught.value.number) == ("bad_value", "X", 7)
    assert "abc" not in caught.value.sv + caught.value.en


def test_a_number_that_is_none_is_an_empty_cell_everywhere() -> None:
    nan = row(float("nan"))
    assert (nan.raw("X"), nan["X"], nan.unit("X"), nan.code("X")) == (None, "", "unknown", "unknown")
    assert nan.deadline("X") is None
    with pytest.raises(BadCell, match="empty"):
        nan.time("X")
    for unreadable in (float("nan"), float("inf")):
        with pytest.raises(BadCell):
            row(unreadable).number_in("X")


@pytest.mark.parametrize("cell", [Decimal("347.70"), Decimal("1E+2"), 347.7])
def test_exact_numbers_are_numbers(cell: Any) -> None:
    assert row(cell).number_in("X") == float(cell)


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(BadCell) as caught:
        _ = row("a")["Y"]
    assert (caught.value.reason, caught.value.field, caught.value.number) == ("missing_column", "Y", 7)
    assert "X" in caught.value.sv and "X" in caught.value.en


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Street Light Outages", "street-light-outages"),
        ("Barn & unga (öppenvård)", "barn-unga-oppenvard"),
        ("—", ""),
    ],
)
def test_a_code_is_plain_and_lower_case(text: str, code: str) -> None:
    assert slug(text) == code


def test_two_long_texts_with_the_same_beginning_stay_two_codes() -> None:
    same = "Returned home to live with parents or other person with parental responsibility, which was "
    codes = {slug(same + end) for end in ("planned", "not planned")}
    assert len(codes) == 2 and {len(code) for code in codes} == {80}
    assert slug("a" * 80) == "a" * 80


def test_an_empty_code_or_unit_is_unknown() -> None:
    assert (row("").code("X"), row(None).unit("X")) == ("unknown", "unknown")


@pytest.mark.parametrize(
    ("text", "number"), [("347,70", 347.7), ("347.70", 347.7), ("1 284", 1284), ("−3", -3), (5, 5)]
)
def test_swedish_numbers_are_numbers(text: Any, number: float) -> None:
    assert row(text).number_in("X") == number


@pytest.mark.parametrize("text", ["", "tolv", "1,2,3", "1.284,50"])
def test_what_is_no_number_is_refused_without_its_value(text: str) -> None:
    with pytest.raises(BadCell) as caught:
        row(text).number_in("X")
    assert not text or text not in f"{caught.value.sv} {caught.value.en}"


def test_the_12_hour_clock_is_read_over_noon_and_midnight() -> None:
    hours = [
        parse(f"03/04/2015 {h} {half}", AMERICAN).hour
        for half in ("AM", "PM")
        for h in ("12:00:00", "01:00:00")
    ]
    assert hours == [0, 1, 12, 13]


@pytest.mark.parametrize(
    "text", ["13/01/2015 01:00:00 AM", "01/01/2015 13:00:00 PM", "01/01/2015", "2015-01-01 10:00", ""]
)
def test_what_is_no_time_in_the_declared_format_is_refused(text: str) -> None:
    with pytest.raises(BadEvent) as caught:
        parse(text, AMERICAN)
    assert caught.value.reason == "bad_time"
    assert not text or text not in caught.value.sv


@given(st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)).map(lambda t: t.replace(microsecond=0)))
def test_quick_formats_read_what_strptime_reads(instant: datetime) -> None:
    for form in ("%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M", "%Y-%m-%d", "%Y%m%d %H:%M:%S"):
        text = instant.strftime(form)
        assert parse(text, (form,)) == datetime.strptime(text, form)


def test_other_formats_are_left_to_strptime() -> None:
    assert parse("4 Mar 2015", ("%d %b %Y",)) == datetime(2015, 3, 4)


def test_the_second_of_several_formats_is_tried_too() -> None:
    assert parse("2015-03-04", ("%d/%m/%Y", "%Y-%m-%d")) == datetime(2015, 3, 4)


def test_local_time_becomes_utc() -> None:
    assert row("2026-11-22 16:05", zone=STOCKHOLM).time("X") == (
        datetime(2026, 11, 22, 15, 5, tzinfo=UTC),
        False,
    )


def test_a_time_with_zone_keeps_it() -> None:
    assert row("2026-11-22T16:05-05:00").time("X").utc == datetime(2026, 11, 22, 21, 5, tzinfo=UTC)


def test_a_time_that_occurs_twice_is_the_first_and_is_flagged() -> None:
    assert row("2026-10-25 02:30").time("X") == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True)


def test_a_time_that_does_not_exist_is_refused_with_its_place() -> None:
    with pytest.raises(BadCell) as caught:
        row("2026-03-29 02:30").time("X")
    assert (caught.value.reason, caught.value.field, caught.value.number) == ("nonexistent_time", "X", 7)


def test_a_deadline_in_the_jump_or_the_double_hour_costs_no_case() -> None:
    assert row("2026-03-29 02:30").deadline("X") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert row("2026-10-25 02:30").deadline("X") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert row("").deadline("X") is None


def test_a_deadline_that_is_no_time_is_refused() -> None:
    with pytest.raises(BadCell):
        row("soon").deadline("X")


def test_typed_cells_are_times_and_days() -> None:
    assert row(datetime(2026, 11, 22, 16, 5)).time("X").utc == datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
    assert row(date(2026, 11, 22)).day("X") == date(2026, 11, 22)
    with pytest.raises(BadCell):
        row(45_000.5).time("X")


ZONES = (
    "America/New_York",
    "Europe/Stockholm",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Europe/Dublin",
    "UTC",
)


@given(st.sampled_from(ZONES), st.datetimes(datetime(1950, 1, 1), datetime(2040, 1, 1)))
def test_the_quick_way_to_utc_is_the_calendars(name: str, naive: datetime) -> None:
    assert quick(naive, ZoneInfo(name)) == slow(naive, ZoneInfo(name))


@pytest.mark.parametrize("name", ZONES)
def test_the_quick_way_to_utc_is_the_calendars_round_every_clock_change(name: str) -> None:
    zone = ZoneInfo(name)
    changes = [datetime(2026, *day) for day in ((3, 29), (3, 8), (4, 5), (10, 4), (10, 25), (11, 1))]
    minutes = [
        change.replace(hour=hour, minute=minute)
        for change in changes
        for hour in range(4)
        for minute in range(60)
    ]
    assert [quick(naive, zone) for naive in minutes] == [slow(naive, zone) for naive in minutes]


def quick(naive: datetime, zone: ZoneInfo) -> tuple[datetime, bool] | str:
    try:
        found = moment(naive, zone)
        return found.utc, found.ambiguous
    except BadEvent as error:
        return error.reason


def slow(naive: datetime, zone: ZoneInfo) -> tuple[datetime, bool] | str:
    try:
        return from_local(naive, zone)
    except BadEvent as error:
        return error.reason
