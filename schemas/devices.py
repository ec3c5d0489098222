"""Everything that can happen to a device in a home (välfärdsteknik): life, signs of life, doses, alarms and
rent. Topic `devices`. Rules: `streams/folds/{device,dose,alarm}.py`.

A silent device must not look healthy: what nobody told is unknown, never taken and never missed.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta

from schemas.codes import AgeBand, AlarmContact, LocalCode, Pseudonym, Regi, Sex, Unit
from schemas.envelope import Fact, Instant

EXAMPLE_PERSON = "k1.vR1mH3yKqJm7p0m2T0jOe0bq1mJb5lWk9pXv3cYd8Qs"
EXAMPLE_DEVICE = "k1.2T0jOe0bq1mJb5lWk9pXv3cYd8QsvR1mH3yKqJm7p0m"

OfDevice = Annotated[Pseudonym, Meta(description="The device's number, as in its own key")]
Person = Annotated[Pseudonym | None, Meta(description="Whose it is")]


class DeviceFact(Fact, frozen=True):
    """Common to everything that happens to a device."""

    TOPIC: ClassVar[str] = "devices"
    KIND: ClassVar[str] = "device"
    SECRET_KEY: ClassVar[bool] = True


class DeviceInstalled(DeviceFact, frozen=True, kw_only=True):
    """Utrustning installerad in a home. The planned visits that it is measured against (baslinje) are
    frozen here and change only by a correction that gives its reason.
    """

    TYPE = "devices.installed.v1"
    RANK = 0
    FROZEN = ("baseline_visits",)
    EXAMPLES = (
        {
            "unit": "hemsjukvard", "device_type": "medicine_dispenser", "regi": "in_house",
            "baseline_visits": 80.0, "person": EXAMPLE_PERSON, "sex": "woman", "age_band": "80+",
        },
        {"unit": "hemsjukvard"},
    )  # fmt: skip
    unit: Annotated[Unit, Meta(description="Unit that answers for it")]
    device_type: Annotated[LocalCode, Meta(description="Kind of device")] = "medicine_dispenser"
    regi: Annotated[Regi, Meta(description="Who made the visits before: in-house or contracted")] = "unknown"
    baseline_visits: Annotated[
        Annotated[float, Meta(ge=0, le=10_000)] | None,
        Meta(description="Visits a month that were planned without the device"),
    ] = None
    person: Person = None
    sex: Annotated[Sex, Meta(description="Legal sex (kön)")] = "unknown"
    age_band: Annotated[AgeBand, Meta(description="Age in whole years at the installation")] = "unknown"


class DeviceRefilled(DeviceFact, frozen=True):
    """Utrustning påfylld."""

    TYPE = "devices.refilled.v1"
    EXAMPLES = ({},)


class DeviceRemoved(DeviceFact, frozen=True, kw_only=True):
    """Utrustning avinstallerad, with the reason."""

    TYPE = "devices.removed.v1"
    RANK = 9
    EXAMPLES = ({"reason": "not_suitable"}, {})
    reason: Annotated[LocalCode, Meta(description="Why it was removed")] = "unknown"


class DeviceAlive(Fact, frozen=True, kw_only=True):
    """Utrustningens livstecken. The entity is a device day (`device_day`), so that no history grows without
    end.
    """

    TYPE = "devices.alive.v1"
    TOPIC = "devices"
    KIND = "device_day"
    SECRET_KEY = True
    PAST = ("on",)
    EXAMPLES = ({"device": EXAMPLE_DEVICE, "on": "2026-11-22"},)
    device: OfDevice
    on: Annotated[date, Meta(description="Local calendar day of the sign")]


class DoseFact(Fact, frozen=True):
    """Common to everything that happens to one dose."""

    TOPIC: ClassVar[str] = "devices"
    KIND: ClassVar[str] = "dose"
    SECRET_KEY: ClassVar[bool] = True


class DoseDue(DoseFact, frozen=True, kw_only=True):
    """Dos förfallen: a dose is to be taken, from this moment until the window closes."""

    TYPE = "devices.dose-due.v1"
    RANK = 0
    EXAMPLES = (
        {
            "due_at": "2026-11-22T08:00:00+01:00", "window_minutes": 60, "unit": "hemsjukvard",
            "device": EXAMPLE_DEVICE,
        },
    )  # fmt: skip
    due_at: Annotated[Instant, Meta(description="When the window opens")]
    unit: Annotated[Unit, Meta(description="Unit that answers for it")]
    window_minutes: Annotated[float, Meta(ge=0, le=10_080, description="How long the window is open")] = 60.0
    device: Annotated[Pseudonym | None, Meta(description="The device's number, as in its own key")] = None


class DoseTaken(DoseFact, frozen=True, kw_only=True):
    """Dos tagen. `late` where the source says so itself; else the window tells."""

    TYPE = "devices.dose-taken.v1"
    EXAMPLES = ({}, {"late": True})
    late: Annotated[bool | None, Meta(description="After its window; left out: the window tells")] = None


class DoseMissed(DoseFact, frozen=True, kw_only=True):
    """Dos missad: it is known not to have been taken, with the reason."""

    TYPE = "devices.dose-missed.v1"
    EXAMPLES = ({"reason": "refused"}, {})
    reason: Annotated[LocalCode, Meta(description="Why it was not taken")] = "unknown"


class AlarmFact(Fact, frozen=True):
    """Common to everything that happens to one alarm."""

    TOPIC: ClassVar[str] = "devices"
    KIND: ClassVar[str] = "alarm"
    SECRET_KEY: ClassVar[bool] = True


class AlarmRaised(AlarmFact, frozen=True, kw_only=True):
    """Larm utlöst."""

    TYPE = "devices.alarm-raised.v1"
    RANK = 0
    EXAMPLES = (
        {
            "unit": "hemsjukvard", "about": "missed_dose", "device": EXAMPLE_DEVICE, "person": EXAMPLE_PERSON,
        },
    )  # fmt: skip
    unit: Annotated[Unit, Meta(description="Unit that answers for it")]
    about: Annotated[LocalCode, Meta(description="What it is about")] = "missed_dose"
    device: Annotated[Pseudonym | None, Meta(description="The device's number, as in its own key")] = None
    person: Person = None


class AlarmAcknowledged(AlarmFact, frozen=True):
    """Larm kvitterat: somebody has taken it on."""

    TYPE = "devices.alarm-acknowledged.v1"
    EXAMPLES = ({},)


class AlarmHandled(AlarmFact, frozen=True, kw_only=True):
    """Larm åtgärdat: the person was reached, by telephone or at home, or it was found to need nothing."""

    TYPE = "devices.alarm-handled.v1"
    RANK = 9
    EXAMPLES = ({"how": "phone"}, {"how": "home_visit"})
    how: Annotated[AlarmContact, Meta(description="Telephone, home visit or otherwise")] = "other"


class RentBooked(Fact, frozen=True, kw_only=True):
    """Hyra bokförd for a unit's devices of one kind in one month; told once per line of the ledger."""

    TYPE = "devices.rent-booked.v1"
    TOPIC = "devices"
    KIND = "rent_month"
    EXAMPLES = ({"month": "2026-07-01", "unit": "hemsjukvard", "amount_kr": 280000.0},)
    month: Annotated[date, Meta(description="First local day of the month that it is for")]
    unit: Annotated[Unit, Meta(description="Unit that answers for the devices")]
    amount_kr: Annotated[float, Meta(ge=-1e12, le=1e12, description="Swedish kronor, without VAT")]
    device_type: Annotated[LocalCode, Meta(description="Kind of device")] = "medicine_dispenser"
    regi: Annotated[Regi, Meta(description="Who made the visits before")] = "unknown"


EVENTS: tuple[type[Fact], ...] = (
    DeviceInstalled,
    DeviceRefilled,
    DeviceRemoved,
    DeviceAlive,
    DoseDue,
    DoseTaken,
    DoseMissed,
    AlarmRaised,
    AlarmAcknowledged,
    AlarmHandled,
    RentBooked,
)
