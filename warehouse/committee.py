"""What the committee sees of a metric: all tables of one period protected together, against everything that
was shown of them before.

The past is read back from the published layer when a publisher takes over, so that a restart forgets nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from schemas.municipality import Municipality
from warehouse.client import Warehouse
from warehouse.compute import Slot
from warehouse.contracts import Contract
from warehouse.dependent import Kind, protect_dependent, without_dominated
from warehouse.disclosure import REMEMBERED, protect_tables
from warehouse.hiding import FigureKey
from warehouse.lines import Grain, Release, Tables
from warehouse.privacy import Cell, Key, protect_means

PERSONAL: Final = "sex"
"""The dimension in which a person stands in one cell only, whatever placements there are."""
PROVIDER: Final = "provider"
LEAST_PROVIDERS: Final = 3
Group = tuple[str, date]


class Shown(NamedTuple):
    """A release of one period's figures, of the counts behind them, and as of when."""

    figures: Release
    counts: Release
    as_of: datetime


class Protected(NamedTuple):
    """Cells as they may be shown; still: figures of an earlier release, and as of when they are."""

    figures: dict[FigureKey, Cell]
    still: dict[FigureKey, datetime]


class Committee:
    """Protects the committee's figures of one municipality; remembers what was shown."""

    def __init__(self, warehouse: Warehouse, place: Municipality) -> None:
        self._warehouse = warehouse
        self._place = place
        self._past: dict[str, dict[Group, list[Shown]]] = {}
        self._last: dict[tuple[str, Group], tuple[Tables, Shown]] = {}

    def protect(
        self, contract: Contract, tables: Mapping[Slot, Mapping[Key, Cell]], as_of: datetime
    ) -> Protected:
        """Every table of the metric, period by period."""
        past = self._past.get(contract.name)
        if past is None:
            past = self._past[contract.name] = self._read(contract.name)
        secret = self._secret_providers() if any(PROVIDER in slot.by for slot in tables) else frozenset()
        found = Protected({}, {})
        for group, asked in _groups(tables, secret).items():
            shown = self._shown(contract, group, asked, past.setdefault(group, []), as_of)
            _put(found, group, shown, past[group])
        return found

    def _shown(
        self, contract: Contract, group: Group, asked: Tables, past: list[Shown], as_of: datetime
    ) -> Shown:
        """The release of now; the last one again where nothing has moved."""
        kept = self._last.get((contract.name, group))
        if kept is not None and kept[0] == asked:
            return kept[1]
        shown = self._release(contract, asked, past, as_of)
        self._last[contract.name, group] = (asked, shown)
        past.append(shown)
        del past[: -REMEMBERED - 1]
        return shown

    def _release(self, contract: Contract, asked: Tables, past: list[Shown], as_of: datetime) -> Shown:
        if not contract.persons:
            open_to_all = Release(asked)
            return Shown(open_to_all, open_to_all, as_of)
        of_providers = {grain: cells for grain, cells in asked.items() if PROVIDER in grain}
        linked = {grain: cells for grain, cells in asked.items() if PROVIDER not in grain}
        shown = self._linked(contract, linked, past, as_of)
        return shown._replace(figures=_with(shown.figures, self._of_providers(contract, of_providers)))

    def _of_providers(self, contract: Contract, asked: Tables) -> Tables:
        """Providers are many and their tables never whole: so many must stand behind each figure, no more."""
        least = max(self._place.small, contract.least or self._least(contract))
        return {grain: protect_means(without_dominated(cells), least) for grain, cells in asked.items()}

    def _least(self, contract: Contract) -> int:
        return self._place.rate_n if contract.measure in ("share", "mean") else self._place.small

    def _linked(self, contract: Contract, asked: Tables, past: list[Shown], as_of: datetime) -> Shown:
        """Tables whose cells add up to each other's margins."""
        overlapping = _overlapping(contract)
        before = [shown.counts for shown in past]
        if contract.measure == "count":
            release = protect_tables(asked, self._place.small, before, overlapping)
            return Shown(release, release, as_of)
        counts = protect_tables(_counts(asked), self._place.small, before, overlapping)
        kind: Kind = "sum" if contract.measure == "amount" else "mean"
        least = contract.least or (self._place.small if contract.measure == "amount" else self._place.rate_n)
        last = past[-1].figures if past else None
        return Shown(protect_dependent(asked, counts, least, kind, last), counts, as_of)

    def _secret_providers(self) -> frozenset[str]:
        """Providers of which there are too few of their kind to be named even by code (domain 7.10)."""
        asked = {"municipality": self._place.code, "least": LEAST_PROVIDERS}
        return frozenset(row["provider"] for row in self._warehouse.rows(_SECRET, asked))

    def _read(self, metric: str) -> dict[Group, list[Shown]]:
        """What was shown of the metric, release by release, the last ones of each period."""
        past: dict[Group, list[Shown]] = {}
        state: dict[Group, dict[Grain, dict[Key, dict[str, Any]]]] = {}
        rows = self._warehouse.rows(_PAST, {"municipality": self._place.code, "metric": metric})
        runs: dict[tuple[int, Group], list[dict[str, Any]]] = {}
        for row in rows:
            runs.setdefault((row["run"], (row["period"], row["period_on"])), []).append(row)
        for (_, group), told in sorted(runs.items(), key=lambda item: item[0][0]):
            tables = state.setdefault(group, {})
            for row in told:
                _tell(tables, row)
            shown, release = past.setdefault(group, []), _replayed(tables, told[0]["told_until"])
            if shown and shown[-1].figures == release.figures:
                continue  # every key was written again: the reader learnt nothing
            shown.append(release)
            del shown[: -REMEMBERED - 1]
        return past


def _groups(tables: Mapping[Slot, Mapping[Key, Cell]], secret: Collection[str]) -> dict[Group, Tables]:
    """Tables of one period together, without providers that may not be named."""
    found: dict[Group, dict[Grain, Mapping[Key, Cell]]] = {}
    for slot, cells in tables.items():
        place = slot.by.index(PROVIDER) if PROVIDER in slot.by else -1
        named = {key: cell for key, cell in cells.items() if place < 0 or key[place] not in secret}
        found.setdefault((slot.period, slot.on), {})[slot.by] = named
    return dict(found)


def _overlapping(contract: Contract) -> frozenset[str]:
    """Dimensions in which a person may stand in several cells and is counted once in all of them."""
    if contract.measure == "count" and contract.unit != "personer":
        return frozenset()
    return frozenset(contract.dimensions) - {PERSONAL}


def _counts(tables: Tables) -> Tables:
    """The numbers behind figures that are no counts."""
    return {
        grain: {key: Cell(float(cell.n), cell.n) for key, cell in cells.items()}
        for grain, cells in tables.items()
    }


def _with(release: Release, others: Tables) -> Release:
    """The release and tables beside it."""
    return release._replace(tables={**release.tables, **others})


def _put(found: Protected, group: Group, shown: Shown, past: list[Shown]) -> None:
    for grain, cells in shown.figures.tables.items():
        slot = Slot(grain, *group)
        found.figures.update({(slot, key): cell for key, cell in cells.items()})
        if grain in shown.figures.still:
            fresh = [one.as_of for one in past if grain not in one.figures.still]
            since = fresh[-1] if fresh else past[0].as_of
            found.still.update({(slot, key): since for key in cells})


def _tell(tables: dict[Grain, dict[Key, dict[str, Any]]], row: dict[str, Any]) -> None:
    grain = tuple(row["grain"].split(",")) if row["grain"] else ()
    key = tuple(row["dimensions"][name] for name in grain)
    if row["state"] == "not_applicable":
        tables.get(grain, {}).pop(key, None)
    else:
        tables.setdefault(grain, {})[key] = row


def _replayed(tables: Mapping[Grain, Mapping[Key, Mapping[str, Any]]], as_of: datetime) -> Shown:
    figures = {grain: {key: _cell(row) for key, row in rows.items()} for grain, rows in tables.items()}
    counts = {grain: {key: _count(row) for key, row in rows.items()} for grain, rows in tables.items()}
    still = frozenset(grain for grain, rows in tables.items() if any(row["as_of"] for row in rows.values()))
    return Shown(Release(figures, still), Release(counts, still), as_of)


def _cell(row: Mapping[str, Any]) -> Cell:
    ends = row["lower"], row["upper"]
    return Cell(row["value"], row["n"] or 0, row["state"], *ends, coverage=row["coverage"])


def _count(row: Mapping[str, Any]) -> Cell:
    """The number behind a figure, hidden where the figure is."""
    if row["state"] == "suppressed":
        return Cell(None, 0, "suppressed", None, row["upper"])
    return Cell(float(row["n"] or 0), row["n"] or 0)


_SECRET: Final = """
SELECT provider FROM providers_now
WHERE municipality = {municipality:String} AND care_form IN
(
    SELECT care_form FROM providers_now WHERE municipality = {municipality:String}
    GROUP BY care_form HAVING count() < {least:UInt32}
)
"""

_PAST: Final = """
SELECT f.run AS run, f.grain AS grain, f.dimensions AS dimensions, f.period AS period,
       f.period_on AS period_on,
       f.value AS value, f.lower AS lower, f.upper AS upper, f.n AS n, f.state AS state, f.as_of AS as_of,
       f.coverage AS coverage,
       p.told_until AS told_until
FROM figures AS f
INNER JOIN
(
    SELECT run, any(as_of) AS told_until FROM publications
    WHERE municipality = {municipality:String} AND metric = {metric:String} AND audience = 'committee'
      AND state = 'published'
    GROUP BY run
) AS p ON p.run = f.run
WHERE f.municipality = {municipality:String} AND f.metric = {metric:String} AND f.audience = 'committee'
  AND NOT has(splitByChar(',', toString(f.grain)), 'provider')
ORDER BY run
"""
