"""Age in whole years and its band, from a day of birth. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final, cast, get_args

from schemas.codes import AgeBand

_FROM: Final = {
    int(band.rstrip("+").split("-")[0]): cast(AgeBand, band)
    for band in get_args(AgeBand)
    if band != "unknown"
}


def years_between(born_on: date, on: date) -> int:
    """Whole years of age on a day; negative before birth."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def age_band(years: int | None) -> AgeBand:
    """The band of an age in whole years; `unknown` for none, and for one below zero."""
    if years is None or years < 0:
        return "unknown"
    return _FROM[max(least for least in _FROM if least <= years)]
