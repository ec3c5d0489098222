"""What devices tell that belongs to nothing: signs and fillings after a removal, alarms of unknown devices,
the end of an alarm that never went off, a dose that was never due. Few, on fixed days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from producers.synthetic.care.dispensers import dispensers
from producers.synthetic.care.model import HEALTH_UNIT, begins
from producers.synthetic.care.telling import MINUTE, Told, clock, secret, subject
from producers.synthetic.generator import Town
from producers.synthetic.workdays import DAY, local_date
from schemas import devices as d

UNKNOWN_ON: Final = 5  # of each month
NEVER_RAISED_ON: Final = 7
NEVER_DUE_ON: Final = 9
EVERY: Final = 3  # of the removed devices: one gives a sign the day after, the next is filled then


def strays_day(town: Town, day: date) -> Iterator[Told]:
    """What belongs to nothing, of a local day."""
    if day < begins(town, "devices"):
        return
    yield from _after_removal(town, day)
    name = f"stray/{day}"
    if day.day == UNKNOWN_ON:
        at, key = clock(day, 600), subject("alarm", secret(town, "alarm", name))
        fact = d.AlarmRaised(unit=HEALTH_UNIT, about="malfunction", device=secret(town, "device", name))
        yield Told(key, "", at, at + MINUTE, fact, flaw="unknown_device")
        yield Told(key, "", at + 9 * MINUTE, at + 10 * MINUTE, d.AlarmHandled(how="phone"))
    elif day.day == NEVER_RAISED_ON:
        at, key = clock(day, 700), subject("alarm", secret(town, "alarm", name))
        yield Told(key, "", at, at + MINUTE, d.AlarmHandled(how="phone"), flaw="never_raised")
    elif day.day == NEVER_DUE_ON:
        at, key = clock(day, 800), subject("dose", secret(town, "dose", name))
        yield Told(key, "", at, at + MINUTE, d.DoseTaken(), flaw="never_due")


def _after_removal(town: Town, day: date) -> Iterator[Told]:
    removed = [it for it in dispensers(town) if it.until_at is not None]
    for place, it in enumerate(removed):
        if it.until_at and local_date(it.until_at) + DAY == day:
            at = clock(day, 620)
            if place % EVERY == 0:
                key = subject("device_day", secret(town, "device_day", f"{it.key}/{day}"))
                sign = d.DeviceAlive(device=it.key, on=day)
                yield Told(key, "", at, at + MINUTE, sign, flaw="alive_after_removal")
            elif place % EVERY == 1:
                key, fill = subject("device", it.key), d.DeviceRefilled()
                yield Told(key, f"{day}/after", at, at + MINUTE, fill, flaw="refilled_after_removal")
