"""Swedish words, numbers, dates and sentences of every screen. Pure: the clock is a parameter, the locale is sv_SE.

Sentences come from the fixed templates in `WORDS` and from data, never from free text. The browser's own locale is
never asked, so a wall screen with an English image still shows Swedish.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

LOCALE: Final = "sv_SE"
MINUS: Final = "\N{MINUS SIGN}"
NBSP: Final = "\N{NO-BREAK SPACE}"

WORDS: Final[dict[str, str]] = {
    # what a figure's state is called
    "suppressed": "färre än {limit}",
    "suppressed_say": "visas inte exakt",
    "hidden": "dold",
    "hidden_say": "skyddar ett annat litet tal",
    "hidden_key": "dold: skyddar ett annat litet tal",
    "missing": "saknas",
    "missing_say": "uppgiften har inte kommit in",
    "preliminary": "preliminär",
    "held": "kontrolleras",
    "since": "uppgift från {when}",
    "held_since": "senaste godkända från {when}",
    "history": "historisk, till {when}",
    # sentences under the figures
    "same_as_week": "lika många som för en vecka sedan",
    "more_than_week": "{n} fler än för en vecka sedan",
    "fewer_than_week": "{n} färre än för en vecka sedan",
    "same_as_week_before": "lika många som en vecka tidigare",
    "more_than_week_before": "{n} fler än en vecka tidigare",
    "fewer_than_week_before": "{n} färre än en vecka tidigare",
    "within_band": "inom det vanliga för en {weekday}",
    "above_band": "fler än vanligt för en {weekday}",
    "below_band": "färre än vanligt för en {weekday}",
    "usual_day": "en vanlig {weekday}: {lower}–{upper}",
    "usual_day_one": "en vanlig {weekday}: {lower}",
    "above_usual_day": "mer än vanligt, {lower}–{upper}",
    "no_band": "för kort historik för en jämförelse",
    # charts
    "chart_key": "ljust fält: det vanliga",
    "chart_alt": "{label} per dag från {first} till {last}: från {start} till {end}, lägst {low} och högst {high}",
    "chart_none": "dagarna före visas när de finns",
    "today": "i dag",
    "days": "dagar",
    "bars_alt": "{label}: {parts}",
    # header and footer
    "invented": "påhittade uppgifter",
    "foreign": "öppna data från utlandet",
    "whole": "Hela kommunen",
    "now": "just nu",
    "told_until": "Uppgifter till {when}",
    "history_until": "Historiska uppgifter till {when}",
    "nothing_yet": "Inga uppgifter har kommit än",
    "coverage": "{share} av uppgifterna har kommit in",
    "proof": "Kontrollräknad på två sätt, avvikelse 0",
    "proof_off": "Kontrollräkningen avviker med {n}",
    "proof_missing": "Kontrollräkning saknas",
    "place": "{name} · {index} av {count}",
    "more_units": "och {n} enheter till",
    "lead": "störst först",
    # the shell's notices
    "late_one": "Uppgifterna är 1 minut gamla",
    "late_many": "Uppgifterna är {n} minuter gamla",
    "stale": "Inte aktuella uppgifter, senast {when}",
    "stale_never": "Inga uppgifter att visa ännu",
    "offline": "Ingen kontakt. Bilden visar läget {when}",
    "rotation_stopped": "Växlingen mellan enheterna har stannat",
    "loading": "Hämtar uppgifter",
    "pause": "Pausa växlingen",
    "resume": "Fortsätt växla",
    "needs_script": "Skärmen behöver JavaScript för att visa aktuella uppgifter.",
    "lost": "Kontakten är bruten. Sidan försöker igen av sig själv.",
    # pages that say no
    "not_found": "Sidan finns inte",
    "no_municipality": "Det finns ingen kommun med koden {code}",
    "no_figures": "{name} har inga uppgifter att visa ännu",
    "no_unit": "{name} har ingen enhet som heter {unit}",
    "not_found_say": "Kontrollera adressen. Alla skärmar finns på startsidan.",
    "retry_say": "Sidan försöker igen varje minut.",
    "unavailable": "Uppgifterna går inte att nå just nu",
    "to_start": "Till startsidan",
}

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


def day_of_year(on: date) -> str:
    """`22 november`, for axes and labels beside a full date."""
    return format_date(on, "d MMMM", locale=LOCALE)


def weekday(on: date) -> str:
    """`söndag`."""
    return format_date(on, "EEEE", locale=LOCALE)


def week(on: date) -> str:
    """`v. 47, 2026`, by ISO."""
    year, number_of_week, _ = on.isocalendar()
    return f"v.{NBSP}{number_of_week}, {year}"


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
    """The sentence of a count so far today: what a whole such day uses to give; never "fewer" before it is over."""
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
