"""Every town and golden case that the metrics are tested with. A subject hooks in its own two lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from schemas.envelope import Event
from tests.warehouse import (
    golden,
    golden_assistance,
    golden_comparators,
    golden_contracts,
    golden_devices,
    golden_hours,
    golden_placements,
    golden_providers,
    golden_staff,
)
from tests.warehouse.assistance_town import assisted, handed_over, heavy, ludvika, watched
from tests.warehouse.care_town import belated, cared, faces, rehab
from tests.warehouse.contract_town import contracted
from tests.warehouse.device_town import counted, dispensed, faulty, hundred
from tests.warehouse.flaw_town import flawed
from tests.warehouse.golden import Golden
from tests.warehouse.golden_comparators import compared
from tests.warehouse.hours_flaw_town import flawed_hours
from tests.warehouse.placement_town import crime, placed, team
from tests.warehouse.staff_town import staffed
from tests.warehouse.town import ages, clocks, reasons, short, snapshots, staff, town
from tests.warehouse.week_town import weekly

TOWNS: Final[tuple[Callable[[], Iterable[Event]], ...]] = (
    town, clocks, ages, staff, snapshots, short, reasons,
    placed, crime, team,
    contracted,
    compared,
    flawed,
    dispensed, faulty, hundred, counted, weekly,
    cared, rehab, faces, belated, flawed_hours,
    assisted, watched, ludvika, heavy, handed_over, staffed,
)  # fmt: skip
GOLDEN: Final[tuple[Golden, ...]] = (
    *golden.GOLDEN,
    *golden_placements.GOLDEN,
    *golden_contracts.GOLDEN,
    *golden_comparators.GOLDEN,
    *golden_providers.GOLDEN,
    *golden_devices.GOLDEN,
    *golden_hours.GOLDEN,
    *golden_assistance.GOLDEN,
    *golden_staff.GOLDEN,
)
