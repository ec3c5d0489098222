"""What the dispensers tell: that they are installed, filled and removed, that they live, and what becomes of
each dose. A device that has fallen silent tells nothing; that its doses were due is known all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Final, NamedTuple

from msgspec.structs import replace

from producers.synthetic.care.dispensers import Dispenser, dispensers, refills
from producers.synthetic.care.model import ALARMS, DOSES, begins
from producers.synthetic.care.telling import HOUR, MINUTE, Told, clock, dice, secret, subject
from producers.synthetic.generator import Town
from producers.synthetic.life import pick
from producers.synthetic.workdays import local_date
from schemas import devices as d

SECOND: Final = timedelta(seconds=1)
SIGNS: Final = (355.0, 1075.0)  # minutes after midnight, a little later for some
FAULTS: Final = ("malfunction", "battery_low", "needs_refill")
ROUNDED: Final = 5  # the device whose baseline was typed wrong and corrected with its reason
CHANGED: Final = 6  # the device whose baseline somebody changed without one
_FATES: Final = ("late", "missed", "unknown", "taken_before_due", "taken_and_missed")


class Dose(NamedTuple):
    """A dose as it truly went. fate: taken, or one of `_FATES`."""

    key: str
    device: Dispenser
    due_at: datetime
    fate: str
    at: datetime

    @property
    def window_until(self) -> datetime:
        """When its window closes."""
        return self.due_at + self.device.window_minutes * MINUTE


class DeviceDay(NamedTuple):
    """What truly happens with a device on a day: its doses, and a fault of its own if there is one."""

    doses: tuple[Dose, ...]
    fault: tuple[datetime, str] | None


@lru_cache(maxsize=4_000)
def device_day(town: Town, number: int, day: date) -> DeviceDay:
    """A device's day, by its number."""
    rng, it = dice(town, "device", number, day), dispensers(town)[number]
    doses = tuple(_drawn(town, rng, it, clock(day, minute)) for minute in it.slots)
    at, about = clock(day, rng.uniform(0, 1439)), rng.choice(FAULTS)
    has_fault = rng.random() < ALARMS["malfunction"] and it.is_in_home(at) and not it.is_silent(at)
    return DeviceDay(
        tuple(dose for dose in doses if it.is_in_home(dose.due_at)), (at, about) if has_fault else None
    )


def _drawn(town: Town, rng: Random, it: Dispenser, due_at: datetime) -> Dose:
    fate, window = _fate(rng), it.window_minutes
    minutes = {"late": rng.uniform(window + 3, window + 90), "taken_before_due": -rng.uniform(5, 50)}
    in_window = rng.triangular(0.2, window - 1, 4)
    if it.is_silent(due_at):
        fate = "unknown"
    at = due_at + minutes.get(fate, in_window) * MINUTE
    return Dose(secret(town, "dose", f"{it.key}/{due_at}"), it, due_at, fate, at)


def _fate(rng: Random) -> str:
    left = rng.random()
    for fate in _FATES:
        left -= DOSES[fate]
        if left < 0:
            return fate
    return "taken"


def devices_day(town: Town, day: date) -> Iterator[Told]:
    """What is told of all devices on a local day."""
    if day < begins(town, "devices"):
        return
    for it in dispensers(town):
        yield from _life(town, it, day)
        yield from _signs(town, it, day)
        for dose in device_day(town, it.number, day).doses:
            yield from _dose(town, dose)


def _life(town: Town, it: Dispenser, day: date) -> Iterator[Told]:
    key = subject("device", it.key)
    if local_date(it.from_at) == day:
        yield from _installed(it, key)
    for number, at in enumerate(refills(town, it, day)):
        yield Told(key, f"{day}/{number}", at, at + 8 * MINUTE, d.DeviceRefilled())
    if it.until_at and local_date(it.until_at) == day:
        yield Told(key, "", it.until_at, it.until_at + 25 * MINUTE, d.DeviceRemoved(reason=it.end_reason))


def _installed(it: Dispenser, key: str) -> Iterator[Told]:
    fact = d.DeviceInstalled(
        unit=it.unit, regi=it.regi, baseline_visits=it.baseline, person=it.person, sex=it.sex,
        age_band=it.age_band,
    )  # fmt: skip
    told = Told(key, "", it.from_at, it.from_at + 15 * MINUTE, fact)
    if it.number == ROUNDED:
        yield told._replace(fact=replace(fact, baseline_visits=it.baseline * 10))
        told = told._replace(recorded=told.recorded + 30 * HOUR, reason="wrong_code")
    yield told
    if it.number == CHANGED:
        other = replace(fact, baseline_visits=it.baseline + 40)
        yield told._replace(
            recorded=told.recorded + 200 * HOUR, fact=other, flaw="cause_changed_without_reason"
        )


def _signs(town: Town, it: Dispenser, day: date) -> Iterator[Told]:
    for number, minute in enumerate(SIGNS):
        at = clock(day, minute + it.number % 10)
        if it.is_in_home(at) and not it.is_silent(at):
            key = subject("device_day", secret(town, "device_day", f"{it.key}/{day}"))
            yield Told(key, str(number), at, at + SECOND, d.DeviceAlive(device=it.key, on=day))


def _dose(town: Town, dose: Dose) -> Iterator[Told]:
    it, key = dose.device, subject("dose", dose.key)
    due = d.DoseDue(due_at=dose.due_at, unit=it.unit, window_minutes=it.window_minutes, device=it.key)
    yield Told(key, "", dose.due_at, dose.due_at + SECOND, due)
    flaw = dose.fate if dose.fate.startswith("taken_") else ""
    if dose.fate in ("taken", "late", "taken_before_due", "taken_and_missed"):
        yield Told(key, "", dose.at, dose.at + 3 * SECOND, d.DoseTaken(), flaw=flaw)
    if dose.fate in ("missed", "taken_and_missed"):
        reason = pick(dice(town, "missed", dose.key), DOSES["reasons"])
        after = dose.window_until + MINUTE
        yield Told(key, "", after, after + SECOND, d.DoseMissed(reason=reason))
