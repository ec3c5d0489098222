"""What is told of a unit's staff on a day (bemanning): never of one member of staff. Topic `hours`.

The entity is a unit day of one role (`kommunkod/staff_day/<unit>.<role>.<yyyymmdd>`), so that no history
grows without end. Rules: `streams/folds/staff_day.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta

from schemas.codes import LocalCode, Pseudonym, Regi, SickSpell, TimeUse, Unit
from schemas.envelope import Fact

EXAMPLE_TEMP = "k1.vR1mH3yKqJm7p0m2T0jOe0bq1mJb5lWk9pXv3cYd8Qs"
EXAMPLE_MATTER = "k1.2T0jOe0bq1mJb5lWk9pXv3cYd8QsvR1mH3yKqJm7p0m"
Hours = Annotated[float, Meta(ge=0, le=100_000, description="Hours on that day, all staff together")]


class StaffFact(Fact, frozen=True, kw_only=True):
    """Common to what is told of a unit's staff in one role on one local day. A fact is the whole day's of its
    kind (of absence: of each kind of spell, of worked time: of each use, of temps: of each temp and case);
    told again under another id it is a flaw, and the last one told holds.
    """

    TOPIC: ClassVar[str] = "hours"
    KIND: ClassVar[str] = "staff_day"
    unit: Unit
    on: Annotated[date, Meta(description="Local calendar day")]
    role: Annotated[LocalCode, Meta(description="Role or profession (yrkesroll)")] = "care_worker"
    regi: Annotated[Regi, Meta(description="In-house or contracted (regi)")] = "unknown"


class TimeScheduled(StaffFact, frozen=True, kw_only=True):
    """Schemalagd tid: hours on the schedule that day, and how many persons they are for."""

    TYPE = "hours.time-scheduled.v1"
    RANK = 0
    EXAMPLES = ({"unit": "hemtjanst-norr", "on": "2026-11-22", "hours": 72.0, "persons": 12},)
    hours: Hours
    persons: Annotated[int, Meta(ge=0, le=100_000, description="Persons on the schedule")]


class TimeWorked(StaffFact, frozen=True, kw_only=True):
    """Arbetad tid, by what it was used for. Told once per kind of use; those that are not told are unknown.
    `qualified` where the source tells whether the task needed the licence.
    """

    TYPE = "hours.time-worked.v1"
    PAST = ("on",)
    EXAMPLES = (
        {"unit": "hemtjanst-norr", "on": "2026-11-22", "used_for": "direct", "hours": 44.5},
        {
            "unit": "hemsjukvard", "on": "2026-11-22", "role": "nurse", "used_for": "direct", "hours": 14,
            "qualified": True,
        },
    )  # fmt: skip
    hours: Hours
    used_for: Annotated[
        TimeUse, Meta(description="Direct time, indirect, transport, staff, documentation")
    ] = "unknown"
    qualified: Annotated[bool | None, Meta(description="Task that needs the licence; left out: unknown")] = (
        None
    )


class OvertimeWorked(StaffFact, frozen=True, kw_only=True):
    """Övertid."""

    TYPE = "hours.overtime-worked.v1"
    PAST = ("on",)
    EXAMPLES = ({"unit": "hemtjanst-norr", "on": "2026-11-22", "hours": 3.5},)
    hours: Hours


class SickLeaveTaken(StaffFact, frozen=True, kw_only=True):
    """Sjukfrånvaro: hours on the schedule that were lost, in short (at most 14 days) or long spells."""

    TYPE = "hours.sick-leave-taken.v1"
    EXAMPLES = ({"unit": "hemtjanst-norr", "on": "2026-11-22", "hours": 8, "spell": "short", "persons": 1},)
    hours: Hours
    spell: Annotated[SickSpell, Meta(description="Of at most 14 days, or longer")] = "unknown"
    persons: Annotated[
        Annotated[int, Meta(ge=0, le=100_000)] | None, Meta(description="Persons who were away")
    ] = None


class ExternalStaffHired(StaffFact, frozen=True, kw_only=True):
    """Extern bemanning: hours that an agency's staff worked."""

    TYPE = "hours.external-staff-hired.v1"
    EXAMPLES = ({"unit": "hemsjukvard", "on": "2026-11-22", "role": "nurse", "hours": 8.0},)
    hours: Hours


class TempEngaged(StaffFact, frozen=True, kw_only=True):
    """Vikarie tillsatt: a temp worked so many hours, in an assistance case where one is named."""

    TYPE = "hours.temp-engaged.v1"
    EXAMPLES = (
        {
            "unit": "assistans", "on": "2026-11-22", "hours": 7.5, "temp": EXAMPLE_TEMP,
            "assistance": EXAMPLE_MATTER,
        },
    )  # fmt: skip
    hours: Hours
    temp: Annotated[Pseudonym, Meta(description="Who, for counting different temps alone")]
    assistance: Annotated[Pseudonym | None, Meta(description="The assistance case, as in its own key")] = None


EVENTS: tuple[type[Fact], ...] = (
    TimeScheduled,
    TimeWorked,
    OvertimeWorked,
    SickLeaveTaken,
    ExternalStaffHired,
    TempEngaged,
)
