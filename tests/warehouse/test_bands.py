from __future__ import annotations

from datetime import date, timedelta

import pytest

from warehouse.bands import band

DAY = date(2026, 11, 16)


def weeks(*values: float | None) -> dict[date, float | None]:
    """Values of the same weekday, the week before first."""
    return {DAY - timedelta(weeks=week): value for week, value in enumerate(values, 1)}


def test_the_band_is_the_median_and_two_scaled_median_deviations() -> None:
    assert band(weeks(10, 12, 11, 30, 9, 10, 11, 13), DAY) == pytest.approx(
        (11 - 2 * 1.4826, 11 + 2 * 1.4826)
    )


def test_a_week_like_any_other_gives_a_band_without_width() -> None:
    assert band(weeks(7, 7, 7, 7), DAY) == (7, 7)


def test_three_known_weeks_are_too_few() -> None:
    assert band(weeks(7, 7, 7), DAY) is None
    assert band(weeks(7, None, 7, None, 7, None), DAY) is None
    assert band(weeks(7, None, 7, None, 7, 7), DAY) == (7, 7)


def test_zero_is_a_known_value() -> None:
    assert band(weeks(0, 0, 0, 0), DAY) == (0, 0)


def test_other_weekdays_the_day_itself_and_the_ninth_week_are_not_looked_at() -> None:
    others = {DAY: 900.0, DAY - timedelta(days=1): 900.0, DAY - timedelta(weeks=9): 900.0}
    assert band(weeks(7, 7, 7, 7) | others, DAY) == (7, 7)


def test_a_count_is_never_expected_below_zero() -> None:
    assert band(weeks(0, 1, 4, 9), DAY) == pytest.approx((0, 2.5 + 2 * 1.4826 * 2))
