"""Whether custody should be moved to a foster home: considered after two years in it, then yearly."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Final

from producers.synthetic.placement_life import Placement
from producers.synthetic.placement_model import CHANCES
from producers.synthetic.workdays import office_time
from schemas import placements as p

_FIRST_DAYS: Final = 730
_NEXT_DAYS: Final = 365
_MINORS: Final = ("0-6", "7-12", "13-17")
Told = tuple[datetime, p.PlacementFact, str]


def custody_considered(it: Placement) -> list[Told]:
    """(when, what, no flaw), of each foster home where a child stays so long; dice of its own."""
    rng, found = Random(f"{it.key}/custody"), list[Told]()
    if it.who.age_band not in _MINORS or it.oddity == "ended_before_started":
        return found
    for stay, until in zip(it.stays, [*(s.at for s in it.stays[1:]), it.end], strict=True):
        at, days = stay.at, _FIRST_DAYS
        while stay.care_form == "foster_home" and (at := _considered(rng, at, days)) < until:
            if rng.random() < CHANCES["custody_never"]:
                break
            found.append((at, p.CustodyTransferConsidered(), ""))
            days = _NEXT_DAYS
    return found


def _considered(rng: Random, since: datetime, days: int) -> datetime:
    late = rng.random() < CHANCES["custody_late"]
    wanted = since + timedelta(days=days + (rng.uniform(3, 60) if late else rng.uniform(-70, -4)))
    return office_time(rng, wanted, since)
