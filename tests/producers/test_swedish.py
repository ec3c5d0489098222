"""Days, kronor and personal numbers as people write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.personal import age_on, band, personal_number
from producers.swedish import FIRST, LAST, day_of, kronor_of
from schemas.errors import BadEvent

SECOND_OF_MARCH = date(2026, 3, 2)


@pytest.mark.parametrize(
    "cell",
    [
        SECOND_OF_MARCH,
        datetime(2026, 3, 2, 13, 5),
        46083,
        46083.0,
        "46083",
        "2026-03-02",
        "20260302",
        20260302,
        260302,
        "260302",
        "2/3 2026",
        "2/3-2026",
        "2/3-26",
        "2/3/26",
        "02.03.2026",
        "2.3.26",
        "2 mars 2026",
        "2 mar -26",
        "2 MARS 2026",
        "den 2 mars 2026",
        "2-mar-26",
        "2026/3/2",
        " 2026-3-2 ",
        "2026-03-02 00:00:00",
    ],
)
def test_a_day_is_read_however_it_is_written(cell: Any) -> None:
    assert day_of(cell) == SECOND_OF_MARCH


@pytest.mark.parametrize(
    "cell",
    [
        "31/2 2026",
        "2026-13-02",
        "mars 2026",
        "3/2",
        "snart",
        "206-03-02",
        6450,
        46083.5,
        "v. 12",
        True,
        "1899-01-01",
    ],
)
def test_what_is_no_day_is_refused_without_its_text(cell: Any) -> None:
    with pytest.raises(BadEvent) as caught:
        day_of(cell)
    assert caught.value.reason == "bad_time"
    assert "2026-03-02" in caught.value.sv and "2026-03-02" in caught.value.en
    assert str(cell) not in caught.value.sv


@given(st.dates(FIRST, LAST))
def test_excels_count_of_days_is_read_as_excel_reads_it(day: date) -> None:
    assert day_of((day - date(1899, 12, 30)).days) == day
    assert day_of(f"{day.day}/{day.month} {day.year}") == day


@pytest.mark.parametrize(
    ("cell", "kronor"),
    [
        ("347,70", 347.7),
        ("347.70", 347.7),
        ("1 284", 1284),
        ("1\u00a0284", 1284),
        ("6 450 kr", 6450),
        ("6450:-", 6450),
        ("6.450", 6450),
        ("6 450,50 kr/dygn", 6450.5),
        ("6450 SEK", 6450),
        ("6 450 kr per dygn", 6450),
        (6450, 6450),
        ("0", 0),
        ("-6450", -6450),
        ("−347,70", -347.7),
        ("1.284.000", 1284000),
        ("6450kr.", 6450),
        ("12,5", 12.5),
    ],
)
def test_kronor_are_read_however_they_are_written(cell: Any, kronor: float) -> None:
    assert kronor_of(cell) == pytest.approx(kronor)


@pytest.mark.parametrize(
    "cell", ["enligt avtal", "3 500–4 000", "6 450 kr/mån", "1.284,5.0", "1.28.4", "", float("nan"), True]
)
def test_what_is_no_amount_is_refused(cell: Any) -> None:
    with pytest.raises(BadEvent, match="no amount"):
        kronor_of(cell)


# Numbers that the tax agency keeps for tests: 238x, 239x and 98xx as serial numbers.
@pytest.mark.parametrize(
    ("text", "digits", "sex"),
    [
        ("201701012393", "201701012393", "man"),
        ("20170101-2393", "201701012393", "man"),
        ("170101-2393", "201701012393", "man"),
        ("170101 2393", "201701012393", "man"),
        ("1701012393", "201701012393", "man"),
        ("189001019802", "189001019802", "woman"),
        ("900101+9802", "189001019802", "woman"),
        ("900101-9802", "199001019802", "woman"),
        ("170161-2382", "201701612382", "woman"),
    ],
)
def test_a_personal_number_has_one_spelling(text: str, digits: str, sex: str) -> None:
    found = personal_number(text, date(2026, 3, 2))
    assert (found.digits, found.sex) == (digits, sex)
    assert found.born_on == date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]) % 60)


@pytest.mark.parametrize("text", ["20170101-2394", "20170230-2391", "2017-01", "TF201701", "", "20170101239"])
def test_what_is_no_personal_number_is_refused_without_it(text: str) -> None:
    with pytest.raises(BadEvent) as caught:
        personal_number(text, date(2026, 3, 2))
    assert not text or text not in caught.value.sv + caught.value.en


def test_age_counts_whole_years_and_has_a_band() -> None:
    born = date(2008, 3, 3)
    assert [age_on(born, SECOND_OF_MARCH + timedelta(days=n)) for n in (0, 1)] == [17, 18]
    assert [band(age) for age in (0, 6, 7, 17, 18, 20, 21, 64, 65, 80, 104)] == [
        "0-6", "0-6", "7-12", "13-17", "18-20", "18-20", "21-29", "30-64", "65-79", "80+", "80+",
    ]  # fmt: skip
