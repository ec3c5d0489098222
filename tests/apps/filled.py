"""Made-up figures for whole committee pages: one for every key that the contracts publish of what a page
shows, so that each page can be looked at and tested without a hub.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product
from typing import Final
from zlib import crc32

from apps import terms
from apps.boards import Board, OfficialTable
from apps.committee_view import LISTED
from schemas.calendar import later_period, period_start
from schemas.municipality import Municipality
from warehouse import contracts
from warehouse.contracts import Contract, Publication
from warehouse.published import NOW_ON, Figure

NOW: Final = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
SIZES: Final = {
    "kr": 780_000.0,
    "timmar": 41_000.0,
    "timmar/månad": 28.0,
    "besök": 8_000.0,
    "doser": 9_400.0,
    "medarbetare": 12.0,
    "kr/person": 146_000.0,
    "kr/dygn": 3_900.0,
    "vårddygn": 3_300.0,
    "poäng 1–5": 3.9,
    "kvot": 1.02,
}
"""Of units whose figures are no small counts: about how large a total is."""
CODES: Final = {
    ("direct_awards", "reason"): terms.ORDERS["reason"],
    ("provider_scores", "provider"): ("B112", "B113", "B120"),
    ("placement_index", "provider"): ("B112", "B113", "B120"),
    ("cost_per_client", "statistic"): ("mean", "median", "p10", "p90"),
    ("open_case_days", "statistic"): ("median", "p90"),
    ("unexecuted_days", "statistic"): ("median", "p90"),
    ("unexecuted_decisions", "reason"): ("no_capacity", "offer_declined", "own_wish", "unknown"),
    ("cases_open", "stage"): ("intake", "investigation", "decision", "service", "follow_up"),
}
"""Codes that neither a municipality nor the code itself lists."""
LINE: Final = 16
"""At most so many periods are told of."""


def filled(board: Board, place: Municipality) -> tuple[Figure, ...]:
    """The figures of a page, its newest period going on at NOW; nothing is hidden, missing or zero."""
    known = contracts.load()
    own = (
        figure
        for name in board.metrics
        for publication in known[name].publish
        for figure in _published(known[name], publication, place)
    )
    return (*own, *(figure for table in board.official for figure in _official(table)))


def _official(table: OfficialTable) -> Iterator[Figure]:
    comparator = contracts.contract("comparator")
    for row in (*table.rows, table.total):
        asked = {"table": table.table, "year": "2024", "dimension": table.dimension, "characteristic": row}
        yield _figure(comparator, asked, "now", NOW_ON)


def _published(contract: Contract, publication: Publication, place: Municipality) -> Iterator[Figure]:
    if publication.period == "day":
        return
    codes = (_codes(contract, place, dimension) for dimension in publication.by)
    for key, (kind, on) in product(product(*codes), _periods(publication)):
        yield _figure(contract, dict(zip(publication.by, key, strict=True)), kind, on)


def _periods(publication: Publication) -> list[tuple[str, date]]:
    if publication.period == "now":
        return [("now", NOW_ON)]
    newest = period_start(publication.period, NOW.date())
    many = range(min(publication.count, LINE))
    return [(publication.period, later_period(publication.period, newest, -back)) for back in many]


def _codes(contract: Contract, place: Municipality, dimension: str) -> tuple[str, ...]:
    units = place.units_of(contract.needs) if dimension == "unit" else place.names(dimension)
    own = CODES.get((contract.name, dimension)) or units
    return tuple(own or place.names(LISTED.get(dimension, "")) or terms.ORDERS.get(dimension, ("1",)))


def _figure(contract: Contract, dimensions: dict[str, str], kind: str, on: date) -> Figure:
    part = crc32(f"{contract.name}{sorted(dimensions.items())}{on}".encode()) % 1000 / 1000
    value = _value(contract, part, 0.35 ** len(dimensions.keys() - {"service"}))
    ends = value * 0.99, min(1.0, value * 1.01) if contract.measure == "share" else value * 1.01
    return Figure(
        contract.name, dimensions, kind, on, value, *ends, 40, "value", NOW, NOW, False,
        1 - part / 40, contract.version, "", NOW,
    )  # fmt: skip


def _value(contract: Contract, part: float, size: float) -> float:
    if contract.measure == "share":
        return 0.62 + 0.35 * part
    usual = SIZES.get(contract.unit, 48.0) * (0.85 + 0.3 * part)
    return usual if contract.measure == "mean" else round(usual * size) + 1.0
