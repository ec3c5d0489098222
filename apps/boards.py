"""The committee's pages as declared in `committee.toml`. Read once; a fault names every bad value."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from apps.choice import SPLITS
from schemas.errors import Misconfigured
from warehouse import contracts
from warehouse.contracts import Contract

FILE: Final = Path(__file__).with_name("committee.toml")
Form = Literal["finding", "bars", "three", "cross", "columns", "facts", "interval", "trend", "official"]
COUNTS: Final = {
    "stock": {"personer": "placed_now", "placeringar": "placements_now"},
    "new": {"personer": "newly_placed", "placeringar": "new_placements"},
    "at_any_time": {"personer": "placed_at_any_time", "placeringar": "placements_at_any_time"},
}
"""Metrics that follow what the reader wants to see, persons or placements."""
SPLIT: Final = "split"
COMPARATOR: Final = "comparator"
"""The metric of official tables: far too large to be read whole, so it is asked for by table."""


class OfficialTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of official statistics (metric `comparator`): which, how it is cut, and its Swedish.

    total: the row for all. caption: with `{year}`, the newest that there is. rows: what its rows are called.
    """

    table: str
    dimension: str
    total: str
    caption: str
    heading: str
    rows: dict[str, str]


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """One question and what answers it. by: its rows ("split": as the reader chose); across: its columns,
    where they are a dimension; none: what is said where nothing was due;
    over: "year" shows the whole year that the period lies in; official: the table that it stands beside.
    """

    form: Form
    question: str
    metrics: tuple[str, ...]
    by: str = ""
    across: str = ""
    note: str = ""
    none: str = ""
    over: Literal["", "year"] = ""
    official: OfficialTable | None = None

    @property
    def defines(self) -> tuple[str, ...]:
        """Metrics whose definitions stand under it."""
        return (*self.metrics, COMPARATOR) if self.official else self.metrics


class Board(Struct, frozen=True, forbid_unknown_fields=True):
    """One page: its id in the screen catalogue, title, what the reader may choose, and its sections.

    finding: the metric that its heading tells of; left out: how many are placed.
    """

    id: str
    title: str
    chooses: tuple[Literal["period", "compare", "show", "split"], ...]
    sections: tuple[Section, ...]
    finding: str = ""
    name: str = ""

    @property
    def metrics(self) -> tuple[str, ...]:
        """Every metric that the page may read."""
        named = [name for section in self.sections for metric in section.metrics for name in names_of(metric)]
        return tuple(dict.fromkeys(named))

    @property
    def yearly(self) -> tuple[str, ...]:
        """Metrics that it shows over the whole year, whatever quarter is chosen."""
        found = [metric for section in self.sections if section.over for metric in section.metrics]
        return tuple(dict.fromkeys(name for metric in found for name in names_of(metric)))

    @property
    def official(self) -> tuple[OfficialTable, ...]:
        """Official tables that it shows beside own figures."""
        return tuple(section.official for section in self.sections if section.official)


def names_of(metric: str) -> tuple[str, ...]:
    """The metrics behind a name of a section."""
    return tuple(COUNTS[metric].values()) if metric in COUNTS else (metric,)


def grain_of(section: Section, split: str) -> tuple[str, ...]:
    """The dimensions of a section's figures."""
    by = split if section.by == SPLIT else section.by
    if section.form == "cross":
        return (by, section.across or split)
    return (by,) if by else ()


@cache
def boards() -> dict[str, Board]:
    """Every page by name. Raises Misconfigured when a page has a fault."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> dict[str, Board]:
    """Pages of a TOML text by name."""
    try:
        tables: dict[str, Any] = tomllib.loads(text)
        found = {name: msgspec.convert(table | {"name": name}, Board) for name, table in tables.items()}
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Misconfigured(f"{FILE.name}: {error}") from error
    faults = [f"[{board.name}] {fault}" for board in found.values() for fault in _faults(board)]
    if faults:
        raise Misconfigured(f"{FILE.name}: " + "; ".join(faults))
    return found


def _faults(board: Board) -> Iterator[str]:
    known = contracts.load()
    for section in board.sections:
        if (section.form == "official") is not (section.official is not None):
            yield f'{section.question!r}: form "official" and a table `official` belong together'
        for name in (name for metric in section.metrics for name in names_of(metric)):
            if name not in known:
                yield f"{section.question!r} shows {name}, which is no metric"
            else:
                yield from _unpublished(section, known[name])


def _unpublished(section: Section, metric: Contract) -> Iterator[str]:
    published = {frozenset(one.by) for one in metric.publish if one.period in ("quarter", "year")}
    follows = section.by == SPLIT or (section.form == "cross" and not section.across)
    splits = SPLITS if follows else ("",)
    for split in splits:
        grain = grain_of(section, split)
        if frozenset(grain) not in published:
            shown = " and ".join(grain) or "nothing"
            yield f"{section.question!r} shows {metric.name} by {shown}, which is not published"
