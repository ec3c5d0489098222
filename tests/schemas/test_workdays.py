from __future__ import annotations

from datetime import date

import pytest

from schemas.workdays import holidays, is_workday, workday_from


def test_swedish_holidays_of_2026() -> None:
    assert {(d.month, d.day) for d in holidays(2026)} == {
        (1, 1), (1, 6), (4, 3), (4, 5), (4, 6), (5, 1), (5, 14), (5, 24), (6, 6), (6, 19), (6, 20), (10, 31),
        (12, 24), (12, 25), (12, 26), (12, 31),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "shifted"),
    [
        (date(2026, 11, 27), date(2026, 11, 27)),  # Friday
        (date(2026, 11, 28), date(2026, 11, 30)),  # Saturday
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday, to the Tuesday after Easter
        (date(2026, 6, 19), date(2026, 6, 22)),  # Midsummer Eve
        (date(2026, 12, 24), date(2026, 12, 28)),  # Christmas Eve
        (date(2026, 12, 31), date(2027, 1, 4)),  # New Year's Eve, past the day and the weekend
        (date(2004, 5, 31), date(2004, 6, 1)),  # Whit Monday was a holiday until 2004
        (date(2005, 5, 16), date(2005, 5, 16)),
    ],
)
def test_the_last_day_moves_to_the_next_working_day(day: date, shifted: date) -> None:
    assert workday_from(day) == shifted
    assert is_workday(shifted)
