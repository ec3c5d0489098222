"""The medicine dispensers of Mittköping: in whose home, from when until when, with which doses, filled when,
silent since when. Their number is given, so that it holds. Nothing is told here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from producers.synthetic.care.model import DISPENSERS, HEALTH_UNIT, begins
from producers.synthetic.care.telling import HOUR, clock, dice, secret
from producers.synthetic.generator import Town
from producers.synthetic.life import pick
from producers.synthetic.workdays import DAY, local_date
from schemas.codes import AgeBand, Regi, Sex
from schemas.workdays import workday_from

LEAST: Final = 8
ROLL_OUT_DAYS: Final = 24  # most are installed within so many days
REFILL_DAYS: Final = 14
SLOTS: Final = {1: (480,), 2: (480, 1200), 3: (480, 840, 1200), 4: (470, 720, 1020, 1260)}
_SILENT_FOR: Final = (timedelta(hours=31), timedelta(days=3, hours=5), timedelta(days=8, hours=2))


class Dispenser(NamedTuple):
    """A device in a home during [from_at, until_at), None: for ever. slots: minutes after midnight of its
    doses. silent_from: since when it gives no sign. regi: who made the visits before.
    """

    number: int
    key: str
    person: str
    sex: Sex
    age_band: AgeBand
    regi: Regi
    baseline: float
    slots: tuple[int, ...]
    window_minutes: float
    from_at: datetime
    until_at: datetime | None
    end_reason: str
    silent_from: datetime | None

    @property
    def unit(self) -> str:
        """The unit that answers for it."""
        return HEALTH_UNIT

    def is_in_home(self, at: datetime) -> bool:
        """Whether it is installed at an instant."""
        return self.from_at <= at and (self.until_at is None or at < self.until_at)

    def is_silent(self, at: datetime) -> bool:
        """Whether it gives no sign at an instant."""
        return self.silent_from is not None and at >= self.silent_from


@lru_cache(maxsize=4)
def dispensers(town: Town) -> tuple[Dispenser, ...]:
    """All of them, those that were removed last; the first ones have fallen silent."""
    share = min(1.0, town.size)
    staying = max(LEAST, round(DISPENSERS["in_service"] * share))
    silent = max(1, round(DISPENSERS["silent"] * share))
    removed = round(DISPENSERS["removed"] * staying)
    return tuple(_dispenser(town, n, n < silent, n >= staying) for n in range(staying + removed))


def _dispenser(town: Town, number: int, is_silent: bool, is_removed: bool) -> Dispenser:
    rng = dice(town, "dispenser", number)
    first, anchor = begins(town, "devices"), town.anchor
    room = max(1, (local_date(anchor) - first).days - 12)
    spread = ROLL_OUT_DAYS if is_removed or is_silent or rng.random() < 0.75 else room
    day = workday_from(first + timedelta(days=rng.randrange(min(spread, room))))
    from_at = clock(day, rng.uniform(9 * 60, 16 * 60))
    until = from_at + (anchor - from_at) * rng.uniform(0.25, 0.9) if is_removed else None
    doses = 1 if is_silent else int(pick(rng, DISPENSERS["doses_a_day"]))
    sex: Sex = "woman" if rng.random() < 0.58 else "man"
    shift = rng.choice((-20, 0, 0, 20))
    ages: dict[AgeBand, float] = {"30-64": 0.12, "65-79": 0.4, "80+": 0.48}
    return Dispenser(
        number, secret(town, "device", number), secret(town, "person", f"device/{number}"), sex,
        pick(rng, ages), "contracted" if rng.random() < DISPENSERS["contracted"] else "in_house",
        round(doses * 30.4 + rng.uniform(-6, 8), 0), tuple(minute + shift for minute in SLOTS[doses]),
        rng.choice((60.0, 60.0, 90.0)), from_at, until, pick(rng, DISPENSERS["ends"]),
        anchor - _SILENT_FOR[number % 3] if is_silent else None,
    )  # fmt: skip


def refills(town: Town, it: Dispenser, day: date) -> list[datetime]:
    """When it is filled on a day."""
    filled = _filled(town, it.number, day.year)
    return [at for at in filled if local_date(at) == day and (it.until_at is None or at < it.until_at)]


@lru_cache(maxsize=2_000)
def _filled(town: Town, number: int, year: int) -> tuple[datetime, ...]:
    """When it is filled until the end of a year: at first before it is installed, then every 14th day or
    late.
    """
    rng, found = dice(town, "refills", number), [dispensers(town)[number].from_at - 20 * HOUR]
    while found[-1].year <= year:
        late = rng.random() < DISPENSERS["refill_late"]
        days = REFILL_DAYS + rng.randrange(1, 6) if late else REFILL_DAYS - rng.choice((0, 0, 0, 1))
        found.append(clock(local_date(found[-1]) + days * DAY, rng.uniform(8 * 60, 15 * 60)))
    return tuple(found)
