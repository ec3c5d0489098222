"""A device in a home: its lives (from installation to removal), its days of signs of life, its rent. Pure.

A device that is removed may be installed again, in another home: that is another life of the same device.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from schemas import devices as d
from streams.folds.days import DAY_MICROS, STILL, columns, day_number
from streams.history import Living


class DeviceRow(NamedTuple):
    """Columns of table `devices` after the key. `lives` are half-open; refills__life: the place of the life
    that a refill belongs to, from 1. A device is filled before it is carried to a home: such a refill belongs
    to the life that follows.
    """

    lives__from: list[int]
    lives__until: list[int]
    lives__unit: list[str]
    lives__device_type: list[str]
    lives__regi: list[str]
    lives__person: list[str]
    lives__sex: list[str]
    lives__age_band: list[str]
    lives__baseline_visits: list[float | None]
    lives__remove_reason: list[str]
    refills__at: list[int]
    refills__life: list[int]
    flaws: list[str]
    events: int


class DeviceDayRow(NamedTuple):
    """Columns of table `device_days` after the key: signs of life of one device on one local day."""

    device: str
    on_day: int | None
    first_at: int | None
    last_at: int | None
    signs: int
    flaws: list[str]


class RentMonthRow(NamedTuple):
    """Columns of table `rent_months` after the key: the lines of the ledger, each with its month."""

    lines__month: list[int]
    lines__unit: list[str]
    lines__device_type: list[str]
    lines__regi: list[str]
    lines__kr: list[float]
    flaws: list[str]


class _Life:
    __slots__ = ("about", "from_at", "reason", "until_at")

    def __init__(self, from_at: int, about: d.DeviceInstalled) -> None:
        self.about = about
        self.from_at = from_at
        self.until_at = STILL
        self.reason = ""


class _Device:
    """A device while its facts are told in order."""

    __slots__ = ("filled", "flaws", "is_removed", "lives", "refills")

    def __init__(self) -> None:
        self.lives: list[_Life] = []
        self.refills: list[tuple[int, int]] = []
        self.filled: list[int] = []  # while it is in no home
        self.is_removed = False
        self.flaws: set[str] = set()

    @property
    def is_in_home(self) -> bool:
        return bool(self.lives) and not self.is_removed


def _installed(it: _Device, at: int, fact: d.DeviceInstalled) -> None:
    if it.is_in_home:
        it.flaws.add("installed_twice")
        return
    if it.is_removed and not it.lives:
        it.flaws.add("removed_before_installed")
    it.lives.append(_Life(at, fact))
    it.refills += [(filled, len(it.lives)) for filled in it.filled]
    it.filled, it.is_removed = [], False


def _refilled(it: _Device, at: int, fact: d.DeviceRefilled) -> None:
    if it.is_in_home:
        it.refills.append((at, len(it.lives)))
    else:
        it.filled.append(at)


def _removed(it: _Device, at: int, fact: d.DeviceRemoved) -> None:
    if it.is_removed:
        it.flaws.add("removed_twice")
        return
    it.is_removed = True
    if it.lives:
        it.lives[-1].until_at, it.lives[-1].reason = at, fact.reason


_STEPS: Final[dict[type, Callable[[_Device, int, Any], None]]] = {
    d.DeviceInstalled: _installed,
    d.DeviceRefilled: _refilled,
    d.DeviceRemoved: _removed,
}


def fold_device(facts: Sequence[Living]) -> DeviceRow:
    """The row of a device from its living facts in order. An empty history gives an empty row (void)."""
    it = _Device()
    for living in facts:
        it.flaws.update(living.flaws)
        _STEPS[type(living.fact)](it, living.occurred_at, living.fact)
    if facts and not it.lives:
        it.flaws.add("never_installed")
    elif it.filled:
        it.flaws.add("refilled_after_removal")
    lives = columns([_life(life) for life in it.lives], 10)
    return DeviceRow._make((*lives, *columns(it.refills, 2), sorted(it.flaws), len(facts)))


def _life(life: _Life) -> tuple[Any, ...]:
    about = life.about
    return (
        life.from_at, life.until_at, about.unit, about.device_type, about.regi, about.person or "", about.sex,
        about.age_band, about.baseline_visits, life.reason,
    )  # fmt: skip


def fold_device_day(facts: Sequence[Living]) -> DeviceDayRow:
    """First and last sign of life of the day, and how many there were."""
    if not facts:
        return DeviceDayRow("", None, None, None, 0, [])
    flaws = {flaw for living in facts for flaw in living.flaws}
    about = facts[0].fact
    assert isinstance(about, d.DeviceAlive)
    day = day_number(about.on)
    if any((living.fact.device, living.fact.on) != (about.device, about.on)
           for living in facts if isinstance(living.fact, d.DeviceAlive)):  # fmt: skip
        flaws.add("several_in_one")
    if any(not -1 <= day - living.occurred_at // DAY_MICROS <= 1 for living in facts):
        flaws.add("day_not_of_time")
    first, last = facts[0].occurred_at, facts[-1].occurred_at
    return DeviceDayRow(about.device, day, first, last, len(facts), sorted(flaws))


def fold_rent_month(facts: Sequence[Living]) -> RentMonthRow:
    """Every line of the ledger, by the month that it is for."""
    lines = [
        (day_number(fact.month.replace(day=1)), fact.unit, fact.device_type, fact.regi, fact.amount_kr)
        for living in facts
        if isinstance(fact := living.fact, d.RentBooked)
    ]
    flaws = sorted({flaw for living in facts for flaw in living.flaws})
    return RentMonthRow._make((*columns(lines, 5), flaws))
