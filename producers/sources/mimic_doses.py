"""Medicine administrations of MIMIC-IV's open demonstration set (ODbL 1.0, DOI 10.13026/dp1f-ex47, in
the MEDS form 10.13026/t2y8-ea41) as doses: a person is all its rows and stands in for a device.

Only the administration's time is told: a dose is due then, and late where the source calls it delayed.
Doses carry no number: those of one person, moment and drug are numbered by outcome, not by their place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from producers.rows import Row, slug
from producers.source import Passed, Said
from producers.times import Moment
from schemas.devices import DoseDue, DoseMissed, DoseTaken

ZONE = "UTC"
MODE = "historical"
GROUP = "subject_id"
DOMAIN = "devices"
TOPIC = "devices"
COLUMNS = ("subject_id", "time", "code")

UNIT: Final = "hospital"
TAKEN: Final = {"Administered": False, "Delayed Administered": True}  # outcome: whether it was late
MISSED: Final = ("Not Given", "Hold Dose")
PRESCRIBED: Final = ("START", "STOP")
OTHERS: Final = (
    ("Sliding Scale", "not-due-by-scale"),
    ("Flush", "flush"),
    *((sign, "infusion") for sign in ("IV Drip", "Infusion", "Start", "Stop", "Rate Change")),
    *((sign, "patch") for sign in ("Appl", "Remov")),
    *((sign, "check") for sign in ("Confirm", "Assess", "Read")),
    ("Partial", "given-in-part"),
    ("Administered in Other", "given-elsewhere"),
)
"""The first sign that an outcome holds says why it is no dose; what holds none is `outcome-unknown`."""


class Dose(NamedTuple):
    """One administration, in the order that those of a moment are numbered in."""

    outcome: str
    drug: str
    at: Moment
    row: Row


def events(rows: list[Row]) -> Iterator[Said | Passed]:
    """Each dose of one person: due, and what became of it. Each other row: why it is none."""
    doses = []
    for row in rows:
        kind, drug, outcome = _parts(row)
        if kind == "MEDICATION" and drug not in PRESCRIBED and (outcome in TAKEN or outcome in MISSED):
            doses.append(Dose(outcome, drug, row.time("time"), row))
        else:
            yield Passed(_why(kind, drug, outcome))
    seen: Counter[tuple[str, Moment]] = Counter()
    for dose in sorted(doses, key=lambda dose: dose.outcome):
        seen[dose.drug, dose.at] += 1
        yield from _told(dose, seen[dose.drug, dose.at])


def _parts(row: Row) -> tuple[str, str, str]:
    """Kind, drug and outcome of a code; "" where it has fewer parts."""
    kind, _, rest = row["code"].partition("//")
    drug, _, outcome = rest.rpartition("//")
    return kind, drug, outcome


def _why(kind: str, drug: str, outcome: str) -> str:
    if kind.startswith("INFUSION"):
        return "infusion"
    if kind != "MEDICATION":
        return "no-medication"
    if drug in PRESCRIBED:
        return "prescription"
    return next((why for sign, why in OTHERS if sign in outcome), "outcome-unknown")


def _told(dose: Dose, nth: int) -> Iterator[Said]:
    person = dose.row["subject_id"]
    key = f"{person}/{dose.at.utc.isoformat()}/{dose.drug}/{nth}"
    due = DoseDue(due_at=dose.at.utc, unit=UNIT, window_minutes=0.0, device=person)
    yield Said(due, key=key, at=dose.at, row=dose.row)
    late = TAKEN.get(dose.outcome)
    fact = DoseMissed(reason=slug(dose.outcome)) if late is None else DoseTaken(late=late)
    yield Said(fact, key=key, at=dose.at, row=dose.row)
