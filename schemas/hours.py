"""Everything that can happen to hours (timmar): grants, visits and hours that are only known per period.

A day in the field is a local calendar day (`on`, `from_on`); a visit has instants. Staffing and assistance
are in `schemas/staffing.py` and `schemas/assistance.py`, on the same topic. The rules are in
`streams/folds/{grant,visit}.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta

from schemas.codes import (
    AgeBand,
    Channel,
    HoursPer,
    Law,
    LocalCode,
    Pseudonym,
    Regi,
    Sex,
    TimeUse,
    Unit,
)
from schemas.envelope import Fact, Instant

EXAMPLE_PERSON = "k1.vR1mH3yKqJm7p0m2T0jOe0bq1mJb5lWk9pXv3cYd8Qs"
EXAMPLE_MATTER = "k1.2T0jOe0bq1mJb5lWk9pXv3cYd8QsvR1mH3yKqJm7p0m"

On = Annotated[date, Meta(description="Local calendar day that it happened on")]
FromOn = Annotated[date, Meta(description="First local day that it holds for")]
UntilOn = Annotated[date | None, Meta(description="Day after the last one; left out: until told otherwise")]
Hours = Annotated[float, Meta(ge=0, le=1_000_000, description="Hours")]
Person = Annotated[Pseudonym | None, Meta(description="Whom it is for")]
Service = Annotated[LocalCode, Meta(description="Kind of service (insats)")]
UnitOf = Annotated[Unit, Meta(description="Unit that answers for it")]
RegiOf = Annotated[Regi, Meta(description="In-house or contracted (regi)")]
Assistance = Annotated[Pseudonym | None, Meta(description="The assistance case, as in its own key")]


class GrantFact(Fact, frozen=True):
    """Common to everything that happens to a grant of hours."""

    TOPIC: ClassVar[str] = "hours"
    KIND: ClassVar[str] = "grant"
    SECRET_KEY: ClassVar[bool] = True


class HoursGranted(GrantFact, frozen=True, kw_only=True):
    """Timmar beviljade: so many hours per day, week or month from a day on. Told again with a later first
    day, the decision is changed and the earlier hours hold until then.
    """

    TYPE = "hours.granted.v1"
    RANK = 0
    EXAMPLES = (
        {
            "service": "home_care", "unit": "hemtjanst-norr", "hours": 10.5, "per": "week",
            "from_on": "2026-03-02", "until_on": "2027-03-02", "regi": "in_house", "law": "SoL",
            "person": EXAMPLE_PERSON, "sex": "woman", "age_band": "80+", "decided_on": "2026-02-25",
        },
        {"service": "home_care", "unit": "hemtjanst", "hours": 26, "per": "month", "from_on": "2026-03-02"},
    )  # fmt: skip
    service: Service
    unit: UnitOf
    hours: Hours
    per: Annotated[HoursPer, Meta(description="Per day, week (7 days) or calendar month, as decided")]
    from_on: FromOn
    until_on: UntilOn = None
    decided_on: Annotated[date | None, Meta(description="Day of the decision, where it is not the time")] = (
        None
    )
    regi: RegiOf = "unknown"
    law: Annotated[Law, Meta(description="Act that it falls under (lagrum)")] = "other"
    person: Person = None
    sex: Annotated[Sex, Meta(description="Legal sex (kön)")] = "unknown"
    age_band: Annotated[AgeBand, Meta(description="Age in whole years at the decision")] = "unknown"


class GrantEnded(GrantFact, frozen=True, kw_only=True):
    """Beviljade timmar upphör, with the reason."""

    TYPE = "hours.grant-ended.v1"
    RANK = 9
    EXAMPLES = ({"on": "2026-11-01", "reason": "deceased"}, {"on": "2026-11-01"})
    on: Annotated[date, Meta(description="First local day without the hours")]
    reason: Annotated[LocalCode, Meta(description="Why it ended")] = "unknown"


class GrantScheduleChanged(GrantFact, frozen=True, kw_only=True):
    """Schema ändrat: the staffing follows the changed decision from this day on."""

    TYPE = "hours.grant-schedule-changed.v1"
    EXAMPLES = ({"on": "2026-03-09"},)
    on: On


class VisitFact(Fact, frozen=True):
    """Common to everything that happens to a visit (besök), or a shift of personal assistance."""

    TOPIC: ClassVar[str] = "hours"
    KIND: ClassVar[str] = "visit"
    SECRET_KEY: ClassVar[bool] = True


class VisitPlanned(VisitFact, frozen=True, kw_only=True):
    """Besök planerat. Told again, the plan is changed: the last one told holds."""

    TYPE = "hours.visit-planned.v1"
    RANK = 0
    EXAMPLES = (
        {
            "start_at": "2026-11-22T07:30:00+01:00", "stop_at": "2026-11-22T08:00:00+01:00",
            "unit": "hemtjanst-norr", "service": "home_care", "person": EXAMPLE_PERSON, "staff_count": 1,
        },
    )  # fmt: skip
    start_at: Annotated[Instant, Meta(description="Planned start")]
    stop_at: Annotated[Instant, Meta(description="Planned end")]
    unit: UnitOf
    service: Service = "home_care"
    purpose: Annotated[LocalCode, Meta(description="What it is for, as meal, alarm or medication")] = "care"
    regi: RegiOf = "unknown"
    channel: Annotated[Channel, Meta(description="On site or how else")] = "on_site"
    staff_count: Annotated[int, Meta(ge=1, le=9, description="Staff at the same time")] = 1
    person: Person = None
    assistance: Assistance = None


class VisitPerformed(VisitFact, frozen=True, kw_only=True):
    """Besök utfört. A visit without its end is a flaw and has no hours until the end is told.

    net_minutes: worked time per member of staff where the source has taken breaks off already; they are not
    taken off again. staff: who came, for continuity alone; no figure is ever about one of them.
    """

    TYPE = "hours.visit-performed.v1"
    PAST = ("start_at", "stop_at")
    EXAMPLES = (
        {
            "start_at": "2026-11-22T07:34:10+01:00", "stop_at": "2026-11-22T08:01:00+01:00",
            "unit": "hemtjanst-norr", "service": "home_care", "purpose": "care", "regi": "in_house",
            "channel": "on_site", "staff_count": 2, "staff": [EXAMPLE_PERSON, EXAMPLE_MATTER],
            "person": EXAMPLE_PERSON, "sex": "woman", "age_band": "80+", "net_minutes": 25.0,
        },
        {"start_at": "2026-11-22T07:34:10+01:00", "unit": "hemtjanst-norr"},
    )  # fmt: skip
    start_at: Annotated[Instant, Meta(description="True start")]
    unit: UnitOf
    stop_at: Annotated[Instant | None, Meta(description="True end; left out when nobody told it")] = None
    service: Annotated[
        LocalCode | None, Meta(description="Kind of service (insats); left out: as planned")
    ] = None
    purpose: Annotated[LocalCode | None, Meta(description="What it is for; left out: as planned")] = None
    kind: Annotated[TimeUse, Meta(description="Direct time with the person, or what else (kringtid)")] = (
        "direct"
    )
    regi: RegiOf = "unknown"
    channel: Annotated[
        Channel | None, Meta(description="On site or how else; left out: as planned, else unknown")
    ] = None
    staff_count: Annotated[
        Annotated[int, Meta(ge=1, le=9)] | None,
        Meta(description="Staff at the same time; left out: as many as are named, else as planned"),
    ] = None
    staff: Annotated[tuple[Pseudonym, ...], Meta(description="Who came", max_length=9)] = ()
    net_minutes: Annotated[
        Annotated[float, Meta(ge=0, le=100_000)] | None,
        Meta(description="Minutes per member of staff without breaks"),
    ] = None
    person: Person = None
    sex: Annotated[Sex, Meta(description="Legal sex (kön)")] = "unknown"
    age_band: Annotated[AgeBand, Meta(description="Age in whole years at the visit")] = "unknown"
    assistance: Assistance = None


class VisitDoubleStaffed(VisitFact, frozen=True, kw_only=True):
    """Dubbelbemanning: for this part of the visit there were two."""

    TYPE = "hours.visit-double-staffed.v1"
    PAST = ("start_at", "stop_at")
    EXAMPLES = ({"start_at": "2026-11-22T07:40:00+01:00", "stop_at": "2026-11-22T07:50:00+01:00"},)
    start_at: Annotated[Instant, Meta(description="When the second one came")]
    stop_at: Annotated[Instant, Meta(description="When the second one left")]


class VisitCancelled(VisitFact, frozen=True, kw_only=True):
    """Besök inställt: it was planned and does not take place."""

    TYPE = "hours.visit-cancelled.v1"
    EXAMPLES = ({"reason": "in_hospital"}, {})
    reason: Annotated[LocalCode, Meta(description="Why it does not take place")] = "unknown"


class HoursReported(Fact, frozen=True, kw_only=True):
    """Timmar utförda under en period, as a private provider reports them: no visits, so they count in figures
    of whole months and longer, never in those of days.
    """

    TYPE = "hours.reported.v1"
    TOPIC = "hours"
    KIND = "hours_report"
    SECRET_KEY = True
    EXAMPLES = (
        {
            "from_on": "2026-10-01", "until_on": "2026-11-01", "hours": 412.5, "unit": "omsorgsbolaget",
            "service": "home_care", "regi": "contracted", "persons": 31,
        },
        {
            "from_on": "2026-10-01", "until_on": "2026-11-01", "hours": 170, "double_hours": 12,
            "unit": "assistans", "service": "personal_assistance", "assistance": EXAMPLE_MATTER,
        },
    )  # fmt: skip
    from_on: FromOn
    until_on: Annotated[date, Meta(description="Day after the last one of the period")]
    hours: Annotated[
        float, Meta(ge=0, le=1_000_000, description="Hours with the person, one member of staff")
    ]
    unit: UnitOf
    service: Service = "home_care"
    regi: RegiOf = "unknown"
    double_hours: Annotated[
        float, Meta(ge=0, le=1_000_000, description="Hours of them when there were two")
    ] = 0.0
    persons: Annotated[
        Annotated[int, Meta(ge=0, le=100_000)] | None,
        Meta(description="How many they were for, where nobody is named; left out: unknown"),
    ] = None
    person: Person = None
    sex: Annotated[Sex, Meta(description="Legal sex (kön)")] = "unknown"
    age_band: Annotated[AgeBand, Meta(description="Age in whole years")] = "unknown"
    assistance: Assistance = None


EVENTS: tuple[type[Fact], ...] = (
    HoursGranted,
    GrantEnded,
    GrantScheduleChanged,
    VisitPlanned,
    VisitPerformed,
    VisitDoubleStaffed,
    VisitCancelled,
    HoursReported,
)
