"""Swedish days on which the last day of a period does not fall (lag 1930:173): Saturdays, Sundays, public
holidays and the eves of Midsummer, Christmas and the New Year. Pure.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

DAY = timedelta(days=1)


@cache
def holidays(year: int) -> frozenset[date]:
    """Public holidays (lag 1989:253) of the year, and the three eves on which offices are shut."""
    found = country_holidays("SE", categories=("public", "de_facto"), include_sundays=False, years=year)
    return frozenset(day for day in found if day.year == year)


@cache
def is_workday(day: date) -> bool:
    """Monday to Friday, no holiday and no such eve."""
    return day.weekday() < 5 and day not in holidays(day.year)


@cache
def workday_from(day: date) -> date:
    """The day itself, else the next working day."""
    while not is_workday(day):
        day += DAY
    return day
