"""Closed code lists and string patterns: what a field may hold. Local codes (units, case types) have a
pattern only; which of them a municipality uses stands in `schemas/municipalities/<code>.toml`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta


def text(pattern: str, description: str) -> Meta:
    """A string of this pattern. The pattern is told in the contract and checked by `schemas/codec.py`, four
    times as fast as msgspec does it, and over the whole string: msgspec lets a newline at the end pass.
    """
    return Meta(description=description, extra_json_schema={"pattern": pattern})


Municipality = Annotated[
    str,
    text(r"^[0-9]{4}$", description="Municipality code (kommunkod), four digits, leading zero kept"),
]
Unit = Annotated[
    str,
    text(
        r"^[A-Za-z0-9ÅÄÖåäö][A-Za-z0-9ÅÄÖåäö&_.-]{0,39}$",
        description="Unit code (enhet), the municipality's own; names of units are in its settings",
    ),
]
LocalCode = Annotated[
    str,
    text(
        r"^[a-z0-9][a-z0-9_-]{0,79}$",
        description="The municipality's own code, lower case, no free text",
    ),
]
NOTE_PATTERN = (
    r"^[0-9A-Za-zÀ-ÖØ-öø-ſ«»\u201d(§]"
    r"[0-9A-Za-zÀ-ÖØ-öø-ſ«»\u201d\u2019\"'()§%°–—−…+&/=*.,:;!? -]{0,499}$"
)
NoteText = Annotated[
    str,
    text(NOTE_PATTERN, description="What it says, at most 500 letters and signs; never about a person"),
]
"""The one free text of the hub: plain letters, digits and signs, so that nothing hides in it, and no program
that opens a file takes it for a formula.
"""
PSEUDONYM_PATTERN = r"^[a-z0-9]{1,8}\.[A-Za-z0-9_-]{43}$"
Pseudonym = Annotated[
    str,
    text(
        r"^[a-z0-9]{1,8}\.[A-Za-z0-9_-]{43}$",
        description="Key id, a dot and HMAC-SHA-256 in base64url",
    ),
]
Subject = Annotated[
    str,
    text(
        r"^[0-9]{4}/[a-z_]{1,24}/[A-Za-z0-9ÅÄÖåäö&_.-]{1,100}$",
        description="Entity key: kommunkod/kind/pseudonym (or a code, where the entity is no case or person)",
    ),
]
SourceName = Annotated[
    str,
    text(r"^[a-z][a-z0-9_-]{0,39}$", description="Name of the producing source, as in its source file"),
]

ProviderCode = Annotated[
    str,
    text(
        r"^[A-Za-z0-9ÅÄÖåäö][A-Za-z0-9ÅÄÖåäö&_.-]{0,79}$",
        description="Code of a provider (aktör), as B112; never its name, which may tell an address",
    ),
]

Sex = Literal["woman", "man", "unknown"]
AgeBand = Literal["0-6", "7-12", "13-17", "18-20", "21-29", "30-64", "65-79", "80+", "unknown"]
PopulationBand = Literal[AgeBand, "0-19", "0-20", "75+"]
"""Bands of inhabitants: those of ours, and those that statistics come in."""
Law = Literal["SoL", "LSS", "LVU", "LVM", "HSL", "SFB", "FL", "2024:79", "other"]
"""2024:79: the act on placement of children in protected housing, which has no short name."""
Stage = Literal["intake", "preliminary_assessment", "investigation", "decision", "service", "follow_up"]
OpeningKind = Literal["report", "application", "own_initiative", "reopened", "implicit"]
PreliminaryOutcome = Literal["investigate", "no_investigation", "joined"]
DecisionOutcome = Literal["granted", "partly_granted", "refused"]
CloseReason = Literal[
    "no_service",
    "service_done",
    "handed_over",
    "no_investigation",
    "joined",
    "withdrawn",
    "moved",
    "deceased",
    "other",
]
ServiceReason = Literal["goal_reached", "own_wish", "moved", "deceased", "provider", "other"]
DelayReason = Literal["no_capacity", "offer_declined", "own_wish", "unknown_whereabouts", "other"]
"""Why a decision waits to be carried out: nothing free, an offer declined, the person's wish, not found."""
ReportName = Literal["unexecuted_decisions", "activity_duty", "statistics"]
ReportTo = Literal["ivo", "auditors", "council", "socialstyrelsen"]
DirectAwardReason = Literal["full", "care_needs", "other"]
Answer = Literal["offered", "full", "declined", "other"]
ContractType = Literal["new_admission", "extension", "relocation"]
DayRule = Literal["start_in_end_out", "both_in", "start_out_end_in"]
Party = Literal["municipality", "provider", "guardian", "client"]
SigningMethod = Literal["digital", "paper", "unknown"]
InvoiceVerdict = Literal["accepted", "disputed", "credited"]
Regi = Literal["in_house", "contracted", "unknown"]
HoursPer = Literal["day", "week", "month"]
Channel = Literal["on_site", "phone", "video", "camera", "unknown"]
TimeUse = Literal["direct", "indirect", "transport", "staff", "documentation", "unknown"]
"""Direct time with the person is brukartid; the others are kringtid."""
SickSpell = Literal["short", "long", "unknown"]
"""Short: at most 14 days."""
Payer = Literal["social_insurance", "municipality", "unknown"]
CostKind = Literal["influenceable", "overhead"]
PriceFor = Literal["hour", "visit", "month"]
AlarmContact = Literal["phone", "home_visit", "other"]
AreaLevel = Literal["nation", "region", "municipality"]
ComparatorStatus = Literal["value", "suppressed", "not_applicable", "not_available", "rounds_to_zero"]
ComparatorUnit = Literal["count", "percent", "days"]
PlanKind = Literal["care_plan", "implementation_plan", "other"]
CorrectionReason = Literal[
    "wrong_time",
    "wrong_unit",
    "wrong_person",
    "wrong_code",
    "registered_twice",
    "registered_by_mistake",
    "changed_at_source",
    "erased",
]
ProducerFlaw = Literal["ambiguous_time"]
CommitteeRole = Literal[
    "committee",
    "committee_secretary",
    "director",
    "head_of_department",
    "unit_head",
    "coordinator",
    "economist",
    "quality_developer",
]
"""Who owns a target or wrote a note: a role, never a name."""
TargetDirection = Literal["at_least", "at_most"]
PeriodKind = Literal["month", "quarter", "year"]
NotePeriod = Literal["day", PeriodKind]
Role = Literal["caseworker", "coordinator", "unit_head", "economist", "system", "engineer"]

# Why an event or a source row is refused. Texts in Swedish and English are made where it is raised.
REASONS = (
    "not_json",
    "unknown_type",
    "unknown_field",
    "missing_field",
    "wrong_type",
    "bad_value",
    "identity",
    "bad_time",
    "nonexistent_time",
    "future_time",
    "clock",
    "unknown_municipality",
    "wrong_topic",
    "wrong_key",
    "test_data",
    "id_reused",
    "too_large",
    "missing_column",
    "no_rows",
    "mapping",
)

# What can be odd in a history without being refused; the row carries them, metrics count them, the engineer
# sees them.
FLAWS = (
    "closed_before_opened",
    "opened_implicitly",
    "opened_twice",
    "event_after_close",
    "reopened_while_open",
    "ambiguous_time",
    "conflicting_versions",
    "retracted_unknown",
    "transfer_from_other_unit",
    "cause_changed_without_reason",
    "day_not_of_time",
    "ended_before_started",
    "event_after_end",
    "extended_backwards",
    "moved_before_start",
    "moved_from_other_provider",
    "never_started",
    "price_missing",
    "price_set_backwards",
    "price_unlikely",
    "price_zero",
    "started_twice",
    "answered_before_sent",
    "never_sent",
    "ended_before_start_day",
    "never_created",
    "signed_before_sent",
    "signed_by_other",
    "mended_before_noted",
    "never_noted",
    "amount_differs",
    "last_before_first",
    "never_received",
    "hours_over_24_a_day",
    "stop_missing",
    "visit_over_24_hours",
    "visit_without_length",
    "plan_impossible",
    "performed_far_from_plan",
    "performed_twice",
    "stopped_before_started",
    "net_over_gross",
    "double_staffed_outside",
    "performed_after_cancelled",
    "never_performed_or_planned",
    "never_granted",
    "schedule_before_decision",
    "period_over_six_months",
    "overlapping_periods",
    "double_over_hours",
    "sick_over_scheduled",
    "not_first_of_month",
    "told_twice",
    "never_decided",
    "never_installed",
    "installed_twice",
    "refilled_after_removal",
    "removed_before_installed",
    "removed_twice",
    "several_in_one",
    "percent_as_hundred",
    "dimension_without_code",
    "due_twice",
    "taken_twice",
    "taken_before_due",
    "taken_and_missed",
    "never_due",
    "raised_twice",
    "never_raised",
    "acknowledged_before_raised",
    "handled_before_raised",
    "clock_extended_late",
    "clock_stopped_before_start",
    # between entities, found by the views in `warehouse/tables/27_hours_flaws.sql` and `29_device_flaws.sql`
    "overlapping_visits",
    "hours_after_death",
    "reported_twice",
    "reported_and_visited",
    "unknown_assistance",
    "unknown_device",
    "alive_after_removal",
    "performed_over_granted",
    # between entities, found by the views in `warehouse/tables/23_placement_flaws.sql`
    "contract_outside_placement",
    "invoice_outside_placement",
    "overlapping_placements",
    "day_outside_contract",
    "unknown_placement",
)
