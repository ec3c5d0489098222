"""What figures are measured against, and producers' signs of life."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta

from schemas.codes import (
    AreaLevel,
    ComparatorStatus,
    ComparatorUnit,
    LocalCode,
    PopulationBand,
    PriceFor,
    Regi,
    Sex,
    Unit,
)
from schemas.envelope import Fact, Instant


class FteSet(Fact, frozen=True):
    """Tjänstgöring satt: full-time equivalents in service in a unit and role, from this day on."""

    TYPE = "reference.fte-set.v1"
    TOPIC = "reference"
    KIND = "fte"
    EXAMPLES = ({"unit": "barn-unga", "role": "caseworker", "fte": 12.5, "from_on": "2026-11-01"},)
    unit: Unit
    fte: Annotated[float, Meta(ge=0, le=100_000, description="Full-time equivalents in service")]
    from_on: Annotated[date, Meta(description="First local day that it holds for")]
    role: Annotated[LocalCode, Meta(description="Role (yrkesroll)")] = "caseworker"


class CapacitySet(Fact, frozen=True):
    """Kapacitet satt: how many cases a service can start in a year, from this day on."""

    TYPE = "reference.capacity-set.v1"
    TOPIC = "reference"
    KIND = "capacity"
    EXAMPLES = ({"service_type": "family_team", "per_year": 20, "from_on": "2026-01-01"},)
    service_type: Annotated[LocalCode, Meta(description="Kind of service (insatstyp)")]
    per_year: Annotated[float, Meta(ge=0, le=1_000_000, description="Cases that it can start in a year")]
    from_on: Annotated[date, Meta(description="First local day that it holds for")]


class PopulationSet(Fact, frozen=True):
    """Folkmängd satt: inhabitants on the last day of a year.

    Bands may overlap (0-19 beside 0-6): a figure names those that it adds up.
    """

    TYPE = "reference.population-set.v1"
    TOPIC = "reference"
    KIND = "population"
    EXAMPLES = (
        {"year": 2025, "persons": 96_348},
        {"year": 2021, "persons": 21_953, "age_band": "0-19"},
        {"year": 2025, "persons": 3_012, "age_band": "7-12", "sex": "woman"},
    )
    year: Annotated[int, Meta(ge=1900, le=2300, description="31 December of this year")]
    persons: Annotated[int, Meta(ge=0, description="Inhabitants")]
    age_band: Annotated[PopulationBand | None, Meta(description="Age band, all ages when left out")] = None
    sex: Annotated[Sex | None, Meta(description="Sex, both when left out")] = None


class ComparatorSet(Fact, frozen=True, kw_only=True):
    """Jämförelsetal satt: one figure of an official table, as its publisher shows it.

    What the publisher does not show has a status that says why and no value: it is never zero.
    """

    TYPE = "reference.comparator-set.v1"
    TOPIC = "reference"
    KIND = "comparator"
    EXAMPLES = (
        {
            "publication": "dfe-cla", "table": "started", "year": 2024, "area": "E92000001",
            "dimension": "category-of-need", "characteristic": "n1-abuse-or-neglect", "value": 19_170.0,
        },
        {
            "publication": "dfe-cla", "table": "la_ceased", "year": 2024, "area": "E06000001",
            "level": "municipality", "dimension": "gender", "characteristic": "female", "sex": "woman",
            "unit": "percent", "status": "suppressed",
        },
        {
            "publication": "dfe-cla", "table": "change_reasons", "year": 2024, "area": "E92000001",
            "dimension": "age", "characteristic": "1-to-4-years", "split_by": "reason_for_change",
            "split": "allegation-s47", "value": 60.0,
        },
    )  # fmt: skip
    publication: Annotated[LocalCode, Meta(description="Which statistics it comes from")]
    table: Annotated[LocalCode, Meta(description="Which table of them")]
    year: Annotated[int, Meta(ge=1900, le=2300, description="Year that it is for, as the publisher counts")]
    area: Annotated[Unit, Meta(description="The publisher's code of the area")]
    level: Annotated[AreaLevel, Meta(description="Nation, region or one municipality")] = "nation"
    dimension: Annotated[LocalCode, Meta(description="What the table is cut by, as category of need")]
    characteristic: Annotated[LocalCode, Meta(description="Which part of it, as abuse or neglect")]
    split_by: Annotated[LocalCode | None, Meta(description="What it is cut by besides")] = None
    split: Annotated[LocalCode | None, Meta(description="Which part of that")] = None
    sex: Annotated[Sex | None, Meta(description="Sex, where the characteristic is one")] = None
    unit: Annotated[ComparatorUnit, Meta(description="Persons, per cent or days")] = "count"
    status: Annotated[ComparatorStatus, Meta(description="Why there is no value; value when there is")] = (
        "value"
    )
    value: Annotated[float | None, Meta(description="The figure; left out when it is not shown")] = None


class HourlyRateSet(Fact, frozen=True, kw_only=True):
    """Timbelopp satt (schablonbelopp): what an hour of assistance gives from this day on, and how much more a
    case may be granted (förhöjt timbelopp; SFB 51:11, förordning 1993:1091 5 §).
    """

    TYPE = "reference.hourly-rate-set.v1"
    TOPIC = "reference"
    KIND = "hourly_rate"
    EXAMPLES = ({"from_on": "2026-01-01", "rate_kr": 347.7},)
    from_on: Annotated[date, Meta(description="First local day that it holds for")]
    rate_kr: Annotated[float, Meta(ge=0, le=100_000, description="Kronor per hour")]
    most_raised: Annotated[
        float, Meta(ge=0, le=1, description="Most that it may be raised by, as a share")
    ] = 0.12


class UnitPriceSet(Fact, frozen=True, kw_only=True):
    """Enhetspris satt: what an hour, a visit or a month of a service costs (KPB), from this day on."""

    TYPE = "reference.unit-price-set.v1"
    TOPIC = "reference"
    KIND = "unit_price"
    EXAMPLES = (
        {
            "service": "home_care",
            "regi": "in_house",
            "per": "hour",
            "price_kr": 520.0,
            "from_on": "2026-01-01",
        },
        {"service": "medication_visit", "per": "visit", "price_kr": 97.5, "from_on": "2020-01-01"},
    )
    service: Annotated[LocalCode, Meta(description="Kind of service (insats)")]
    price_kr: Annotated[float, Meta(ge=0, le=1e9, description="Kronor")]
    from_on: Annotated[date, Meta(description="First local day that it holds for")]
    per: Annotated[PriceFor, Meta(description="Of what it is the price")] = "hour"
    regi: Annotated[Regi, Meta(description="In-house or contracted; unknown: both")] = "unknown"


class ProducerAlive(Fact, frozen=True):
    """Producentens livstecken: a source lives, and says until when it has told everything.

    The entity is a producer hour (`kommunkod/producer/<source>.<yyyymmddhh>`), so that no history grows
    without end.
    """

    TYPE = "reference.producer-alive.v1"
    TOPIC = "reference"
    KIND = "producer"
    EXAMPLES = (
        {"topic": "cases", "complete_until": "2026-11-22T16:05:00+01:00"},
        {"topic": "cases", "complete_until": "2016-01-12T23:59:59-05:00", "historical": True},
    )
    topic: Annotated[LocalCode, Meta(description="Topic that the source sends to")]
    complete_until: Annotated[Instant, Meta(description="Everything that happened before this has been sent")]
    historical: Annotated[bool, Meta(description="A closed import, which does not grow stale")] = False
    max_age_s: Annotated[int, Meta(ge=1, description="Silence longer than this is an alarm")] = 900


EVENTS: tuple[type[Fact], ...] = (
    FteSet,
    CapacitySet,
    PopulationSet,
    ComparatorSet,
    HourlyRateSet,
    UnitPriceSet,
    ProducerAlive,
)
