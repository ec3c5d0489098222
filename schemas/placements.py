"""Everything that can happen to an external placement (placering) and around it: requests, contracts,
providers, invoices. One Struct per event type; the rules are in `streams/folds/placement.py` and its
neighbours.

The field counts in calendar days, so facts carry the local day (`on`) that a source told; `time` in the
envelope is the instant.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta

from schemas.codes import (
    AgeBand,
    Answer,
    ContractType,
    DayRule,
    DirectAwardReason,
    InvoiceVerdict,
    Law,
    LocalCode,
    Municipality,
    Party,
    ProviderCode,
    Pseudonym,
    Sex,
    SigningMethod,
    Unit,
)
from schemas.envelope import Fact

EXAMPLE_PERSON = "k1.vR1mH3yKqJm7p0m2T0jOe0bq1mJb5lWk9pXv3cYd8Qs"
EXAMPLE_PLACEMENT = "k1.2T0jOe0bq1mJb5lWk9pXv3cYd8QsvR1mH3yKqJm7p0m"

On = Annotated[date, Meta(description="Local calendar day that it happened on")]
Kronor = Annotated[float, Meta(ge=0, le=1e12, description="Swedish kronor, without VAT")]
Grade = Annotated[int, Meta(ge=1, le=5)]
Score = Annotated[Grade | None, Meta(description="From 1 (bad) to 5 (good); left out when not judged")]
OfPlacement = Annotated[Pseudonym, Meta(description="The placement's number, as in its own key")]


class PlacementFact(Fact, frozen=True):
    """Common to everything that happens to a placement."""

    TOPIC: ClassVar[str] = "placements"
    KIND: ClassVar[str] = "placement"
    SECRET_KEY: ClassVar[bool] = True


class PlacementStarted(PlacementFact, frozen=True, kw_only=True):
    """Placering inledd: a person is enrolled with a provider. The main cause (huvudorsak) is the one at
    enrolment; it changes only by a correction that gives its reason.
    """

    TYPE = "placement.started.v1"
    RANK = 0
    FROZEN = ("main_cause",)
    PAST = ("on",)
    EXAMPLES = (
        {
            "on": "2026-03-02", "provider": "B112", "care_form": "residential_care_home",
            "target_group": "youth", "tender_area": "hvb_unga", "main_cause": "crime", "unit": "barn-unga",
            "person": EXAMPLE_PERSON, "sex": "man", "age_band": "13-17", "law": "SoL",
            "framework": "ra-2024-07", "planned_until_on": "2026-09-01",
        },
        {"on": "2026-03-02", "provider": "B113"},
    )  # fmt: skip
    on: On
    provider: ProviderCode
    care_form: Annotated[LocalCode, Meta(description="Form of care (vårdform)")] = "unknown"
    target_group: Annotated[LocalCode, Meta(description="Target group (målgrupp)")] = "unknown"
    tender_area: Annotated[LocalCode, Meta(description="Lot in the framework (anbudsområde)")] = "unknown"
    main_cause: Annotated[LocalCode, Meta(description="Main cause at enrolment (huvudorsak)")] = "unknown"
    unit: Annotated[Unit | None, Meta(description="Unit that places")] = None
    law: Annotated[Law, Meta(description="Act that it falls under (lagrum)")] = "other"
    person: Annotated[Pseudonym | None, Meta(description="Who is placed")] = None
    sex: Annotated[Sex, Meta(description="Legal sex (kön)")] = "unknown"
    age_band: Annotated[AgeBand, Meta(description="Age in whole years at enrolment")] = "unknown"
    framework: Annotated[
        LocalCode | None, Meta(description="Framework agreement (ramavtal); left out: outside all of them")
    ] = None
    planned_until_on: Annotated[date | None, Meta(description="Planned last day")] = None


class PlacementMoved(PlacementFact, frozen=True, kw_only=True):
    """Placering flyttad: the person moves to another provider or another part of the same one."""

    TYPE = "placement.moved.v1"
    PAST = ("on",)
    EXAMPLES = (
        {"on": "2026-04-10", "to_provider": "B113", "cause": "provider_gave_notice", "planned": False},
        {"on": "2018-07-02", "to_provider": "Auckland", "from_provider": "SHCF", "cause": "judicial"},
    )
    on: On
    to_provider: ProviderCode
    from_provider: ProviderCode | None = None
    care_form: Annotated[LocalCode | None, Meta(description="New form of care, where it changes")] = None
    cause: Annotated[LocalCode, Meta(description="Why the person moves")] = "unknown"
    planned: Annotated[bool | None, Meta(description="In the plan; left out when not known")] = None


class PlacementExtended(PlacementFact, frozen=True, kw_only=True):
    """Placering förlängd, with its new planned last day."""

    TYPE = "placement.extended.v1"
    EXAMPLES = ({"on": "2026-08-20", "planned_until_on": "2027-03-01"},)
    on: On
    planned_until_on: Annotated[date, Meta(description="New planned last day")]


class PlacementEnded(PlacementFact, frozen=True, kw_only=True):
    """Placering avslutad, with its reason (orsak)."""

    TYPE = "placement.ended.v1"
    RANK = 9
    PAST = ("on",)
    EXAMPLES = ({"on": "2026-09-01", "reason": "plan_fulfilled"}, {"on": "2026-09-01"})
    on: On
    reason: Annotated[LocalCode, Meta(description="Why it ended")] = "unknown"


class CustodyTransferConsidered(PlacementFact, frozen=True):
    """Vårdnadsöverflytt övervägd: whether custody should be moved to the foster home (SoL 22:14)."""

    TYPE = "placement.custody-transfer-considered.v1"
    EXAMPLES = ({},)


class PriceSet(PlacementFact, frozen=True, kw_only=True):
    """Pris satt: the daily price (dygnspris) from a day on, until another is set."""

    TYPE = "placement.price-set.v1"
    EXAMPLES = ({"from_on": "2026-03-02", "daily_price_kr": 6450.0, "extra_kr": 120.5},)
    from_on: Annotated[date, Meta(description="First day that it holds for")]
    daily_price_kr: Annotated[Kronor, Meta(description="Price of one day and night")]
    extra_kr: Annotated[Kronor, Meta(description="Extra charges per day beside it")] = 0.0


class DirectAwardJustified(PlacementFact, frozen=True, kw_only=True):
    """Direktupphandling motiverad: why it was placed outside the framework."""

    TYPE = "placement.direct-award-justified.v1"
    EXAMPLES = ({"on": "2026-03-02", "reason": "full"},)
    on: On
    reason: Annotated[DirectAwardReason, Meta(description="Full, needs too extensive, or other")]


class RequestSent(Fact, frozen=True, kw_only=True):
    """Förfrågan skickad: one provider is asked for one placement."""

    TYPE = "placement.request-sent.v1"
    TOPIC = "placements"
    KIND = "request"
    SECRET_KEY = True
    RANK = 0
    EXAMPLES = ({"provider": "B112", "placement": EXAMPLE_PLACEMENT, "tender_area": "hvb_unga"},)
    provider: ProviderCode
    placement: Annotated[Pseudonym, Meta(description="Number of the placement that is sought")]
    tender_area: Annotated[LocalCode, Meta(description="Lot in the framework (anbudsområde)")] = "unknown"
    care_form: Annotated[LocalCode, Meta(description="Form of care (vårdform)")] = "unknown"


class RequestAnswered(Fact, frozen=True, kw_only=True):
    """Förfrågan besvarad."""

    TYPE = "placement.request-answered.v1"
    TOPIC = "placements"
    KIND = "request"
    SECRET_KEY = True
    EXAMPLES = ({"answer": "offered"}, {"answer": "full"})
    answer: Annotated[Answer, Meta(description="What the provider said")]


class ContractFact(Fact, frozen=True):
    """Common to everything that happens to a contract about one placement (individavtal)."""

    TOPIC: ClassVar[str] = "placements"
    KIND: ClassVar[str] = "contract"
    SECRET_KEY: ClassVar[bool] = True


class ContractCreated(ContractFact, frozen=True, kw_only=True):
    """Avtal skapat: for which placement, from when until when, and who must sign it."""

    TYPE = "placement.contract-created.v1"
    RANK = 0
    EXAMPLES = (
        {
            "placement": EXAMPLE_PLACEMENT, "provider": "B112", "contract_type": "new_admission",
            "from_on": "2026-03-02", "until_on": "2026-09-01", "day_rule": "both_in",
            "daily_price_kr": 6450.0,
        },
    )  # fmt: skip
    placement: OfPlacement
    provider: ProviderCode
    contract_type: Annotated[ContractType, Meta(description="New admission, extension or relocation")]
    from_on: Annotated[date, Meta(description="First day that it covers")]
    until_on: Annotated[date | None, Meta(description="Last day that it covers; left out: until ended")] = (
        None
    )
    day_rule: Annotated[DayRule, Meta(description="Which days are care days (dygnsregel)")] = (
        "start_in_end_out"
    )
    required: Annotated[tuple[Party, ...], Meta(description="Who must sign", min_length=1, max_length=4)] = (
        "municipality",
        "provider",
    )
    daily_price_kr: Annotated[Kronor | None, Meta(description="Daily price that it agrees on")] = None


class ContractSent(ContractFact, frozen=True):
    """Avtal skickat for signing."""

    TYPE = "placement.contract-sent.v1"
    EXAMPLES = ({},)


class ContractSigned(ContractFact, frozen=True, kw_only=True):
    """Avtal undertecknat by one party."""

    TYPE = "placement.contract-signed.v1"
    EXAMPLES = ({"party": "provider", "method": "digital"}, {"party": "municipality"})
    party: Annotated[Party, Meta(description="Who signed")]
    method: Annotated[SigningMethod, Meta(description="How it was signed")] = "unknown"


class ContractReminded(ContractFact, frozen=True):
    """Avtalspåminnelse skickad."""

    TYPE = "placement.contract-reminded.v1"
    EXAMPLES = ({},)


class ContractEnded(ContractFact, frozen=True, kw_only=True):
    """Avtal upphört before its last day or at it."""

    TYPE = "placement.contract-ended.v1"
    RANK = 9
    EXAMPLES = ({"on": "2026-08-14", "reason": "placement_ended"},)
    on: Annotated[date, Meta(description="Last day that it covers")]
    reason: Annotated[LocalCode, Meta(description="Why it ended")] = "unknown"


class ProviderFact(Fact, frozen=True):
    """Common to everything that happens to a provider (aktör); its key is its code, as B112."""

    TOPIC: ClassVar[str] = "placements"
    KIND: ClassVar[str] = "provider"


class ProviderRegistered(ProviderFact, frozen=True, kw_only=True):
    """Aktör registrerad, or its data looked over again."""

    TYPE = "placement.provider-registered.v1"
    RANK = 0
    EXAMPLES = ({"on": "2024-05-06", "care_form": "residential_care_home", "located_in": "0484"},)
    on: On
    care_form: Annotated[LocalCode, Meta(description="Form of care that it mainly gives")] = "unknown"
    located_in: Annotated[Municipality | None, Meta(description="Municipality that it lies in")] = None


class FrameworkRegistered(ProviderFact, frozen=True, kw_only=True):
    """Ramavtal registrerat: the provider is in a framework agreement for a tender area."""

    TYPE = "placement.framework-registered.v1"
    EXAMPLES = ({"agreement": "ra-2024-07", "tender_area": "hvb_unga", "from_on": "2024-07-01"},)
    agreement: Annotated[LocalCode, Meta(description="Framework agreement (ramavtal)")]
    tender_area: Annotated[LocalCode, Meta(description="Lot (anbudsområde)")]
    from_on: Annotated[date, Meta(description="First day that it holds for")]
    until_on: Annotated[date | None, Meta(description="Last day that it holds for")] = None


class ProviderFollowedUp(ProviderFact, frozen=True, kw_only=True):
    """Aktör uppföljd: scores from the follow-up of one placement."""

    TYPE = "placement.provider-followed-up.v1"
    EXAMPLES = (
        {"on": "2026-06-01", "placement": EXAMPLE_PLACEMENT, "plan_followed": 4, "difference_made": 3},
    )
    on: On
    placement: Annotated[Pseudonym | None, Meta(description="The placement that was followed up")] = None
    plan_followed: Score = None
    difference_made: Score = None
    reporting: Score = None


class DeficiencyNoted(ProviderFact, frozen=True, kw_only=True):
    """Brist noterad: something that the provider must mend before new placements."""

    TYPE = "placement.deficiency-noted.v1"
    EXAMPLES = ({"on": "2026-06-01", "deficiency": "d-17", "about": "staffing"},)
    on: On
    deficiency: Annotated[LocalCode, Meta(description="The deficiency's number with this provider")]
    about: Annotated[LocalCode, Meta(description="What it is about")] = "other"


class DeficiencyMended(ProviderFact, frozen=True, kw_only=True):
    """Brist åtgärdad."""

    TYPE = "placement.deficiency-mended.v1"
    EXAMPLES = ({"on": "2026-07-01", "deficiency": "d-17"},)
    on: On
    deficiency: Annotated[LocalCode, Meta(description="The deficiency's number with this provider")]


class InvoiceFact(Fact, frozen=True):
    """Common to one line of an invoice: one placement, one stretch of days."""

    TOPIC: ClassVar[str] = "placements"
    KIND: ClassVar[str] = "invoice"
    SECRET_KEY: ClassVar[bool] = True


class InvoiceReceived(InvoiceFact, frozen=True, kw_only=True):
    """Faktura mottagen: what the provider charges for."""

    TYPE = "placement.invoice-received.v1"
    RANK = 0
    EXAMPLES = (
        {
            "placement": EXAMPLE_PLACEMENT, "provider": "B112", "from_on": "2026-03-02",
            "last_on": "2026-03-31", "days": 30, "daily_price_kr": 6450.0, "amount_kr": 193500.0,
        },
    )  # fmt: skip
    placement: OfPlacement
    provider: ProviderCode
    from_on: Annotated[date, Meta(description="First day that is charged")]
    last_on: Annotated[date, Meta(description="Last day that is charged")]
    days: Annotated[float, Meta(ge=0, le=100_000, description="Days that are charged")]
    daily_price_kr: Annotated[Kronor, Meta(description="Price per day that is charged")]
    amount_kr: Annotated[Kronor, Meta(description="Amount of the line")]


class InvoiceReviewed(InvoiceFact, frozen=True, kw_only=True):
    """Faktura granskad."""

    TYPE = "placement.invoice-reviewed.v1"
    EXAMPLES = ({"verdict": "accepted"}, {"verdict": "credited", "credited_kr": 12900.0})
    verdict: Annotated[InvoiceVerdict, Meta(description="Accepted, disputed or credited")]
    credited_kr: Annotated[Kronor, Meta(description="What the provider gave back")] = 0.0


class InvoiceBooked(InvoiceFact, frozen=True, kw_only=True):
    """Faktura bokförd: what the ledger says, on which day."""

    TYPE = "placement.invoice-booked.v1"
    EXAMPLES = ({"on": "2026-04-15", "amount_kr": 193500.0},)
    on: Annotated[date, Meta(description="Day in the ledger")]
    amount_kr: Annotated[Kronor, Meta(description="Amount in the ledger")]


EVENTS: tuple[type[Fact], ...] = (
    PlacementStarted,
    PlacementMoved,
    PlacementExtended,
    PlacementEnded,
    CustodyTransferConsidered,
    PriceSet,
    DirectAwardJustified,
    RequestSent,
    RequestAnswered,
    ContractCreated,
    ContractSent,
    ContractSigned,
    ContractReminded,
    ContractEnded,
    ProviderRegistered,
    FrameworkRegistered,
    ProviderFollowedUp,
    DeficiencyNoted,
    DeficiencyMended,
    InvoiceReceived,
    InvoiceReviewed,
    InvoiceBooked,
)
