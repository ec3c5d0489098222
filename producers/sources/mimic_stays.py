"""Hospital stays of MIMIC-IV's open demonstration set (ODbL 1.0, DOI 10.13026/dp1f-ex47, in the MEDS form
10.13026/t2y8-ea41) as placements: one row per event, a person is all its rows, a stay is one placement.

Stays carry no number: the n-th admission of a person goes with the n-th discharge. The emergency department
before an admission is no part of the stay, nor is the ward that a person is discharged to.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final, NamedTuple

from producers.ages import age_band, years_between
from producers.rows import Row, slug
from producers.source import Said
from producers.times import Moment
from producers.units import unit_code
from schemas.codes import AgeBand, Sex
from schemas.placements import PlacementEnded, PlacementMoved, PlacementStarted

ZONE = "UTC"
MODE = "historical"
GROUP = "subject_id"
DOMAIN = "placements"
TOPIC = "placements"
COLUMNS = ("subject_id", "time", "code")

SEXES: Final[dict[str, Sex]] = {"F": "woman", "M": "man"}
WARDS: Final = ("admit", "transfer")  # what happens at a ward; a move to ED or a discharge is none
INTENSIVE: Final = ("Intensive Care", "SICU", "CCU")


class Told(NamedTuple):
    """One row: when, its place in the file, and the parts of its code."""

    at: Moment
    place: int
    parts: list[str]
    row: Row


class Stay(NamedTuple):
    """One stay. wards: what is told between the discharge before and its own."""

    number: str
    admitted: Told | None
    discharged: Told | None
    wards: list[Told]


def events(rows: list[Row]) -> Iterator[Said]:
    """Start, moves and end of each stay of one person."""
    told = [Told(row.time("time"), place, _parts(row), row) for place, row in enumerate(rows) if row["time"]]
    sex = _sex(rows)
    born = next((one for one in told if one.parts[0] == "MEDS_BIRTH"), None)
    for stay in _stays(rows[0]["subject_id"], told):
        start = _first_ward(stay)
        if stay.admitted:
            yield _started(stay.number, stay.admitted, start, sex, _age(born, stay.admitted))
        yield from _moved(stay, start)
        if stay.discharged:
            yield _ended(stay.number, stay.discharged)


def _sex(rows: list[Row]) -> Sex:
    told = (SEXES.get(row["code"].removeprefix("GENDER//")) for row in rows)
    return next(filter(None, told), "unknown")


def _parts(row: Row) -> list[str]:
    return row["code"].split("//")


def _stays(subject: str, told: list[Told]) -> Iterator[Stay]:
    admissions = [one for one in told if one.parts[0] == "HOSPITAL_ADMISSION"]
    discharges = [one for one in told if one.parts[0] == "HOSPITAL_DISCHARGE"]
    wards = [one for one in told if one.parts[0] == "TRANSFER_TO" and one.parts[1] in WARDS]
    before: Told | None = None
    for nth, (admitted, discharged) in enumerate(zip_longest(admissions, discharges), 1):
        own = [ward for ward in wards if _within(ward, before, discharged)]
        yield Stay(f"{subject}/{nth}", admitted, discharged, own)
        before = discharged


def _within(ward: Told, before: Told | None, until: Told | None) -> bool:
    return (before is None or ward.at > before.at) and (until is None or ward.at <= until.at)


def _first_ward(stay: Stay) -> Told | None:
    """The ward that a stay begins in: the last before the admission (those who come for surgery), or the
    first after it (an observation tells its ward when it ends).
    """
    if stay.admitted is None:
        return None
    before = [ward for ward in stay.wards if ward.at <= stay.admitted.at]
    return before[-1] if before else next(iter(stay.wards), None)


def _age(born: Told | None, admitted: Told) -> AgeBand:
    return age_band(years_between(born.at.utc.date(), admitted.at.utc.date()) if born else None)


def _started(number: str, told: Told, ward: Told | None, sex: Sex, age: AgeBand) -> Said:
    fact = PlacementStarted(
        on=told.at.utc.date(), provider=_provider(ward.parts[2]) if ward else "unknown",
        care_form=_care_form(ward.parts[2]) if ward else "unknown", main_cause=_code(told.parts[1]),
        person=told.row["subject_id"], sex=sex, age_band=age, law="HSL",
    )  # fmt: skip
    return Said(fact, key=number, at=told.at, sequence=told.place, row=told.row)


def _moved(stay: Stay, start: Told | None) -> Iterator[Said]:
    """The moves after the first ward and before the end."""
    later = [ward for ward in stay.wards if start is not None and ward.place > start.place]
    at_end = [ward for ward in later if stay.discharged and ward.at >= stay.discharged.at]
    left = start
    for nth, ward in enumerate(ward for ward in later if ward not in at_end):
        fact = PlacementMoved(
            on=ward.at.utc.date(), to_provider=_provider(ward.parts[2]),
            from_provider=_provider(left.parts[2]) if left else None, care_form=_care_form(ward.parts[2]),
        )  # fmt: skip
        left = ward
        yield Said(fact, key=stay.number, at=ward.at, occurrence=nth, sequence=ward.place, row=ward.row)


def _ended(number: str, told: Told) -> Said:
    fact = PlacementEnded(on=told.at.utc.date(), reason=_code(told.parts[1]))
    return Said(fact, key=number, at=told.at, sequence=told.place, row=told.row)


def _code(text: str) -> str:
    return "unknown" if text == "UNK" else slug(text) or "unknown"


def _provider(ward: str) -> str:
    """A ward's abbreviation where it has one, as MICU; else its name as a code."""
    name, _, short = ward.partition(" (")
    return "unknown" if ward == "Unknown" else unit_code(short.rstrip(")") or name)


def _care_form(ward: str) -> str:
    return "intensive_care" if any(sign in ward for sign in INTENSIVE) else "ward"
