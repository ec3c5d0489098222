"""Swedish numbers, dates and sentences of every screen. Pure: the clock is a parameter, the locale is sv_SE.

Sentences come from the fixed templates in `WORDS` and from data, never from free text. The browser's own
locale is never asked, so a wall screen with an English image still shows Swedish.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from apps.words import WORDS

LOCALE: Final = "sv_SE"
MINUS: Final = "\N{MINUS SIGN}"
NBSP: Final = "\N{NO-BREAK SPACE}"

_DIRECTIONS: Final = ("same_as_week", "more_than_week", "fewer_than_week")


def say(key: str, **values: str | int) -> str:
    """One sentence of the catalogue, filled in."""
    return WORDS[key].format(**values)


def number(value: float, decimals: int = 0) -> str:
    """`1 284`, `347,70`, with no-break spaces and a real minus sign. -0 is 0."""
    rounded = math.floor(abs(value) * 10**decimals + 0.5) / 10**decimals
    text = format_decimal(rounded, "#,##0" + ("." + "0" * decimals if decimals else ""), locale=LOCALE)
    return (MINUS if value < 0 and rounded else "") + text


def share(value: float) -> str:
    """0.813 as `81,3 %`."""
    return number(value * 100, 1) + NBSP + "%"


def percent(value: float) -> str:
    """A limit: 0.95 as `95 %`, 0.995 as `99,5 %`."""
    whole = round(value * 100, 1) == round(value * 100)
    return number(value * 100, 0 if whole else 1) + NBSP + "%"


def covered(value: float) -> str:
    """Like share, but rounded down: 99,96 % is never shown as complete."""
    return number(math.floor(value * 1000) / 10, 1) + NBSP + "%"


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """`kl. 9.05`, local to the zone."""
    return "kl." + NBSP + format_datetime(moment.astimezone(zone), "H.mm", locale=LOCALE)


def day_and_clock(moment: datetime, zone: ZoneInfo) -> str:
    """`sön 22 november, kl. 16.05`."""
    local = moment.astimezone(zone)
    return (
        format_date(local.date(), "EEE d MMMM", locale=LOCALE).replace(".", "") + ", " + clock(moment, zone)
    )


def day(on: date) -> str:
    """`22 november 2026`: always the full year."""
    return format_date(on, "d MMMM y", locale=LOCALE)


def short_day(on: date) -> str:
    """`22 nov`, where there is room for no more and a full date stands beside it."""
    return format_date(on, "d MMM", locale=LOCALE).replace(".", "")


def month(on: date) -> str:
    """`november 2026`."""
    return format_date(on, "MMMM y", locale=LOCALE)


def short_month(on: date) -> str:
    """`nov 2026`."""
    return format_date(on, "MMM y", locale=LOCALE).replace(".", "")


def weekday(on: date) -> str:
    """`söndag`."""
    return format_date(on, "EEEE", locale=LOCALE)


def week(on: date) -> str:
    """`v. 47, 2026`, by ISO."""
    year, number_of_week, _ = on.isocalendar()
    return f"v.{NBSP}{number_of_week}, {year}"


def whole_week(on: date) -> str:
    """`vecka 47 2026`, by ISO."""
    year, number_of_week, _ = on.isocalendar()
    return f"vecka{NBSP}{number_of_week} {year}"


def when(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`kl. 16.04` today, `i går kl. 16.04`, else `20 november 2026, kl. 16.04`."""
    apart = now.astimezone(zone).date() - moment.astimezone(zone).date()
    if apart == timedelta(0):
        return clock(moment, zone)
    if apart == timedelta(days=1):
        return "i går " + clock(moment, zone)
    return day(moment.astimezone(zone).date()) + ", " + clock(moment, zone)


def last_day(moment: datetime, zone: ZoneInfo) -> date:
    """The local day whose facts are told at that moment: a moment at midnight belongs to the day before."""
    return (moment.astimezone(zone) - timedelta(microseconds=1)).date()


class Against(NamedTuple):
    """What a value is compared with; None where it is not known."""

    week_ago: float | None
    lower: float | None
    upper: float | None


def trend(value: float, against: Against, on: date, *, historical: bool = False) -> tuple[str, str]:
    """Two parts of one sentence: ("12 fler än för en vecka sedan", "inom det vanliga för en söndag").

    Either is "" where there is nothing to compare with.
    """
    return _change(value, against.week_ago, "_before" if historical else ""), _band(value, against, on)


def _change(value: float, week_ago: float | None, tense: str) -> str:
    if week_ago is None:
        return ""
    difference = round(value - week_ago)
    key = _DIRECTIONS[0 if difference == 0 else 1 if difference > 0 else 2]
    return say(key + tense, n=number(abs(difference)))


def _band(value: float, against: Against, on: date) -> str:
    if against.lower is None or against.upper is None:
        return ""
    key = "above_band" if value > against.upper else "below_band" if value < against.lower else "within_band"
    return say(key, weekday=weekday(on))


def usual(value: float, lower: float | None, upper: float | None, on: date) -> str:
    """The sentence of a count so far today: what such a day uses to give; never "fewer" before it is over."""
    if lower is None or upper is None:
        return say("no_band")
    low, high = math.ceil(lower), math.floor(upper)
    if low >= high:
        return say("usual_day_one", weekday=weekday(on), lower=number((lower + upper) / 2))
    if value > upper:
        return say("above_usual_day", lower=number(low), upper=number(high))
    return say("usual_day", weekday=weekday(on), lower=number(low), upper=number(high))


def capital(text: str) -> str:
    """First letter large, the rest untouched."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return capital(text) + "."


def duration(seconds: float) -> str:
    """`40 sekunder`, `15 minuter`, `2 dygn`: whole, in the largest unit that gives at least two."""
    for size, one, many in ((86400, "dygn", "dygn"), (3600, "timme", "timmar"), (60, "minut", "minuter")):
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            count = int(seconds // size)
            return f"{number(count)} {one if count == 1 else many}"
    count = max(0, int(seconds))
    return f"{count} {'sekund' if count == 1 else 'sekunder'}"
