from __future__ import annotations

from datetime import date

import pytest

from producers.ages import age_band, years_between


@pytest.mark.parametrize(
    ("years", "band"),
    [(0, "0-6"), (6, "0-6"), (7, "7-12"), (17, "13-17"), (20, "18-20"), (64, "30-64"), (79, "65-79"),
     (80, "80+"), (104, "80+"), (-1, "unknown"), (None, "unknown")],
)  # fmt: skip
def test_an_age_is_in_its_band(years: int | None, band: str) -> None:
    assert age_band(years) == band


def test_a_year_is_full_on_the_birthday() -> None:
    born = date(2008, 3, 2)
    days = (date(2026, 3, 1), date(2026, 3, 2), date(2008, 3, 1))
    assert [years_between(born, day) for day in days] == [17, 18, -1]


def test_who_is_born_on_a_leap_day_is_a_year_older_in_march() -> None:
    born = date(2008, 2, 29)
    assert [years_between(born, date(2026, *day)) for day in ((2, 28), (3, 1))] == [17, 18]
