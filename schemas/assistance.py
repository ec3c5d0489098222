"""Everything that can happen to an assistance case (personlig assistans) and its months. Topic `hours`.

The money of a month is an entity of its own (`account_month`: one case or unit and one month), so that a case
that goes on for thirty years stays small. Rules: `streams/folds/assistance.py`. Law: SFB 51 kap.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta

from schemas.codes import AgeBand, CostKind, LocalCode, Payer, Pseudonym, Regi, Sex, Unit
from schemas.envelope import Fact

EXAMPLE_PERSON = "k1.vR1mH3yKqJm7p0m2T0jOe0bq1mJb5lWk9pXv3cYd8Qs"
EXAMPLE_MATTER = "k1.2T0jOe0bq1mJb5lWk9pXv3cYd8QsvR1mH3yKqJm7p0m"

Kronor = Annotated[
    float, Meta(ge=-1e12, le=1e12, description="Swedish kronor, without VAT; negative: given back")
]
Month = Annotated[date, Meta(description="First local day of the month that it is for")]
Assistance = Annotated[Pseudonym | None, Meta(description="The assistance case; left out: the whole unit")]


class AssistanceFact(Fact, frozen=True):
    """Common to everything that happens to an assistance case."""

    TOPIC: ClassVar[str] = "hours"
    KIND: ClassVar[str] = "assistance"
    SECRET_KEY: ClassVar[bool] = True


class AssistanceDecided(AssistanceFact, frozen=True, kw_only=True):
    """Beslut om assistans (fk_beslut): hours for a period of at most six months (SFB 51:9). A decision of no
    hours, as one that is refused by mistake, is told as 0 and never by silence.
    """

    TYPE = "hours.assistance-decided.v1"
    RANK = 0
    EXAMPLES = (
        {
            "from_on": "2026-07-01", "until_on": "2027-01-01", "hours": 2080, "unit": "assistans",
            "regi": "in_house", "payer": "social_insurance", "person": EXAMPLE_PERSON, "sex": "man",
            "age_band": "30-64", "decided_on": "2026-06-11",
        },
        {"from_on": "2026-07-01", "until_on": "2027-01-01", "hours": 0, "unit": "assistans"},
    )  # fmt: skip
    from_on: Annotated[date, Meta(description="First day of the period")]
    until_on: Annotated[date, Meta(description="Day after the last one of the period")]
    hours: Annotated[float, Meta(ge=0, le=100_000, description="Hours granted for the whole period")]
    unit: Annotated[Unit, Meta(description="Unit that answers for the case")]
    decided_on: Annotated[date | None, Meta(description="Day of the decision, where it is not the time")] = (
        None
    )
    regi: Annotated[Regi, Meta(description="In-house or contracted (regi)")] = "unknown"
    payer: Annotated[Payer, Meta(description="Social insurance (SFB) or the municipality (LSS)")] = "unknown"
    person: Annotated[Pseudonym | None, Meta(description="Whom it is for")] = None
    sex: Annotated[Sex, Meta(description="Legal sex (kön)")] = "unknown"
    age_band: Annotated[AgeBand, Meta(description="Age in whole years at the decision")] = "unknown"


class AssistanceScheduleChanged(AssistanceFact, frozen=True, kw_only=True):
    """Schema ändrat: the staffing follows the changed decision from this day on."""

    TYPE = "hours.assistance-schedule-changed.v1"
    EXAMPLES = ({"on": "2026-07-14"},)
    on: Annotated[date, Meta(description="First local day of the new schedule")]


class AssistanceRateSet(AssistanceFact, frozen=True, kw_only=True):
    """Timbelopp satt för ärendet: the raised hourly rate (förhöjt timbelopp) that was granted it."""

    TYPE = "hours.assistance-rate-set.v1"
    EXAMPLES = ({"from_on": "2026-01-01", "rate_kr": 389.42},)
    from_on: Annotated[date, Meta(description="First local day that it holds for")]
    rate_kr: Annotated[float, Meta(ge=0, le=100_000, description="Kronor per hour")]


class AssistanceEnded(AssistanceFact, frozen=True, kw_only=True):
    """Assistans avslutad, with the reason."""

    TYPE = "hours.assistance-ended.v1"
    RANK = 9
    EXAMPLES = ({"on": "2026-11-01", "reason": "moved"}, {"on": "2026-11-01"})
    on: Annotated[date, Meta(description="First local day without assistance")]
    reason: Annotated[LocalCode, Meta(description="Why it ended")] = "unknown"


class AllowanceSettled(AssistanceFact, frozen=True, kw_only=True):
    """Slutavräkning gjord for a period of assistance (SFB 51:14–15)."""

    TYPE = "hours.allowance-settled.v1"
    EXAMPLES = ({"until_on": "2027-01-01"},)
    until_on: Annotated[date, Meta(description="Day after the last one of the period")]


class AccountFact(Fact, frozen=True, kw_only=True):
    """Common to the money and claimed hours of one month, of one case or of a whole unit."""

    TOPIC: ClassVar[str] = "hours"
    KIND: ClassVar[str] = "account_month"
    SECRET_KEY: ClassVar[bool] = True
    month: Month
    unit: Annotated[Unit, Meta(description="Unit that answers for it")]
    assistance: Assistance = None
    service: Annotated[LocalCode, Meta(description="Kind of service (insats)")] = "personal_assistance"
    regi: Annotated[Regi, Meta(description="In-house or contracted (regi)")] = "unknown"


class AllowanceClaimed(AccountFact, frozen=True, kw_only=True):
    """Räkning till Försäkringskassan (fk_rakning): claimed hours and amount."""

    TYPE = "hours.allowance-claimed.v1"
    EXAMPLES = (
        {
            "month": "2026-07-01", "unit": "assistans", "assistance": EXAMPLE_MATTER, "hours": 346.5,
            "amount_kr": 120478.05,
        },
    )  # fmt: skip
    hours: Annotated[float, Meta(ge=0, le=100_000, description="Hours that are claimed")]
    amount_kr: Kronor


class AllowancePaid(AccountFact, frozen=True, kw_only=True):
    """Utbetalning från Försäkringskassan (fk_utbetalning) for the month; told once per payment."""

    TYPE = "hours.allowance-paid.v1"
    EXAMPLES = (
        {"month": "2026-07-01", "unit": "assistans", "assistance": EXAMPLE_MATTER, "amount_kr": 120478.05},
    )  # fmt: skip
    amount_kr: Kronor


class CostBooked(AccountFact, frozen=True, kw_only=True):
    """Kostnad bokförd: what the unit head can influence, or overhead; told once per line of the ledger."""

    TYPE = "hours.cost-booked.v1"
    EXAMPLES = (
        {
            "month": "2026-07-01", "unit": "assistans", "assistance": EXAMPLE_MATTER, "amount_kr": 131200.0,
            "regi": "in_house",
        },
        {"month": "2026-07-01", "unit": "assistans", "amount_kr": 18000.0, "kind": "overhead"},
    )  # fmt: skip
    amount_kr: Kronor
    kind: Annotated[CostKind, Meta(description="Influenceable by the unit head, or overhead")] = (
        "influenceable"
    )


class RevenueBooked(AccountFact, frozen=True, kw_only=True):
    """Intäkt bokförd; told once per line of the ledger."""

    TYPE = "hours.revenue-booked.v1"
    EXAMPLES = (
        {"month": "2026-07-01", "unit": "assistans", "assistance": EXAMPLE_MATTER, "amount_kr": 120478.05},
    )  # fmt: skip
    amount_kr: Kronor


EVENTS: tuple[type[Fact], ...] = (
    AssistanceDecided,
    AssistanceScheduleChanged,
    AssistanceRateSet,
    AssistanceEnded,
    AllowanceSettled,
    AllowanceClaimed,
    AllowancePaid,
    CostBooked,
    RevenueBooked,
)
