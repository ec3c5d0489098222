"""Every town and golden case that the metrics are tested with. A subject hooks in its own two lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from schemas.envelope import Event
from tests.warehouse import (
    golden,
    golden_comparators,
    golden_contracts,
    golden_placements,
    golden_providers,
)
from tests.warehouse.contract_town import contracted
from tests.warehouse.flaw_town import flawed
from tests.warehouse.golden import Golden
from tests.warehouse.golden_comparators import compared
from tests.warehouse.placement_town import crime, placed, team
from tests.warehouse.town import ages, clocks, reasons, short, snapshots, staff, town

TOWNS: Final[tuple[Callable[[], list[Event]], ...]] = (
    town, clocks, ages, staff, snapshots, short, reasons,
    placed, crime, team,
    contracted,
    compared,
    flawed,
)  # fmt: skip
GOLDEN: Final[tuple[Golden, ...]] = (
    *golden.GOLDEN,
    *golden_placements.GOLDEN,
    *golden_contracts.GOLDEN,
    *golden_comparators.GOLDEN,
    *golden_providers.GOLDEN,
)
