"""One alarm of a device: it goes off, somebody takes it on, somebody reaches the person. Pure.

Clocks of devices and of those who answer differ: an alarm that was acknowledged or handled before it went off
stays so, with its flaw, and its time to contact is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from schemas import devices as d
from streams.history import Living


class AlarmRow(NamedTuple):
    """Columns of table `device_alarms` after the key. Times are as told; how: of the first handling."""

    unit: str
    about: str
    device: str
    person: str
    raised_at: int | None
    acknowledged_at: int | None
    handled_at: int | None
    how: str
    flaws: list[str]


def fold(facts: Sequence[Living]) -> AlarmRow:
    """The row of an alarm from its living facts in order. An empty history gives an empty row (void)."""
    flaws = {flaw for living in facts for flaw in living.flaws}
    raised = [(living.occurred_at, living.fact) for living in facts if isinstance(living.fact, d.AlarmRaised)]
    taken_on = [living.occurred_at for living in facts if isinstance(living.fact, d.AlarmAcknowledged)]
    handled = [(v.occurred_at, v.fact) for v in facts if isinstance(v.fact, d.AlarmHandled)]
    if len(raised) > 1:
        flaws.add("raised_twice")
    raised_at, about = raised[0] if raised else (None, None)
    acknowledged_at = taken_on[0] if taken_on else None
    handled_at, handling = handled[0] if handled else (None, None)
    if facts:
        flaws |= _judged(raised_at, acknowledged_at, handled_at)
    return AlarmRow(
        about.unit if about else "unknown", about.about if about else "unknown",
        about.device or "" if about else "", about.person or "" if about else "",
        raised_at, acknowledged_at, handled_at, handling.how if handling else "", sorted(flaws),
    )  # fmt: skip


def _judged(raised_at: int | None, acknowledged_at: int | None, handled_at: int | None) -> set[str]:
    """Flaws that only the whole history tells."""
    if raised_at is None:
        return {"never_raised"}
    flaws = set()
    if acknowledged_at is not None and acknowledged_at < raised_at:
        flaws.add("acknowledged_before_raised")
    if handled_at is not None and handled_at < raised_at:
        flaws.add("handled_before_raised")
    return flaws
