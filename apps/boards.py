"""The committee's pages as declared in `committee.toml`. Read once; a fault names every bad value."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct, structs

from apps.choice import SPLITS, Kind
from schemas.errors import Misconfigured
from warehouse import contracts
from warehouse.contracts import Contract

FILE: Final = Path(__file__).with_name("committee.toml")
Form = Literal[
    "finding", "cards", "bars", "three", "cross", "columns", "facts", "bounds", "interval", "trend",
    "official",
]  # fmt: skip
COUNTS: Final = {
    "stock": {"personer": "placed_now", "placeringar": "placements_now"},
    "new": {"personer": "newly_placed", "placeringar": "new_placements"},
    "at_any_time": {"personer": "placed_at_any_time", "placeringar": "placements_at_any_time"},
}
"""Metrics that follow what the reader wants to see, persons or placements."""
SPLIT: Final = "split"
LEAST: Final = {"week": 55, "month": 14, "quarter": 6, "year": 3}
"""So many periods must be published that the last one that is over has another a year earlier."""
LEAST_OVER_MONTH: Final = 16
"""As many months for what is shown of a quarter's last month, however far the next quarter has gone."""
PART: Final = "part"
"""The dimension of what an index is made of."""
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
    """One question and what answers it.

    by: its rows ("split": as the reader chose); across: its columns, where they are a dimension; none: what
    is said where nothing was due; over: "year" shows the whole year that the period lies in, "month" its last
    month, "week" all the weeks there are, as a line; zero: whether the line's axis begins at 0; official: the
    table that it stands beside; coverage: whether how much was known stands beside each share and mean;
    where: what its figures are of, if not what the page's are; usual: between which limits a
    share uses to lie, what lies outside is named; total: whether a row for all ends the table.
    """

    form: Form
    question: str
    metrics: tuple[str, ...]
    by: str = ""
    across: str = ""
    note: str = ""
    none: str = ""
    over: Literal["", "week", "month", "year"] = ""
    zero: bool = True
    official: OfficialTable | None = None
    coverage: bool = False
    where: dict[str, str] | None = None
    usual: tuple[float, float] | None = None
    total: bool = True

    @property
    def defines(self) -> tuple[str, ...]:
        """Metrics whose definitions stand under it."""
        return (*self.metrics, COMPARATOR) if self.official else self.metrics


class Board(Struct, frozen=True, forbid_unknown_fields=True):
    """One page: its id in the screen catalogue, title, what the reader may choose, and its sections.

    finding: the metric that its heading tells of; left out: how many are placed. periods: kinds that it is
    shown over. where: what all its figures are of, e.g. one service; metrics without the dimension are of
    nothing else.
    """

    id: str
    title: str
    chooses: tuple[Literal["period", "compare", "show", "split"], ...]
    sections: tuple[Section, ...]
    finding: str = ""
    periods: tuple[Kind, ...] = ("quarter", "year")
    where: dict[str, str] = {}
    name: str = ""

    @property
    def metrics(self) -> tuple[str, ...]:
        """Every metric that the page may read."""
        named = [name for section in self.sections for metric in section.metrics for name in names_of(metric)]
        return tuple(dict.fromkeys(named))

    def over(self, kind: Kind) -> tuple[str, ...]:
        """Metrics that it shows over years, months or weeks, whatever period is chosen."""
        found = [metric for section in self.sections if section.over == kind for metric in section.metrics]
        return tuple(dict.fromkeys(name for metric in found for name in names_of(metric)))

    def of(self, section: Section) -> Board:
        """The page as a section sees it: about what the section is about."""
        return self if section.where is None else structs.replace(self, where=section.where)

    def where_of(self, metric: Contract) -> dict[str, str]:
        """What the page's figures of a metric are of."""
        return {name: code for name, code in self.where.items() if name in metric.dimensions}

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


def grains_of(section: Section, split: str) -> Iterator[tuple[str, ...]]:
    """The dimensions of every table of figures that a section reads."""
    grain = grain_of(section, split)
    yield grain
    if section.form == "interval":
        yield (*grain, PART)
    else:
        yield from ((each,) for each in grain if len(grain) > 1)
        yield ()


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
        if section.over == "week" and section.form != "trend":
            yield f"{section.question!r}: only a trend is shown over weeks"
        for name in (name for metric in section.metrics for name in names_of(metric)):
            if name not in known:
                yield f"{section.question!r} shows {name}, which is no metric"
            else:
                periods = (section.over,) if section.over else board.periods
                where = tuple(board.of(section).where_of(known[name]))
                for fault in _unpublished(section, known[name], periods, where):
                    yield f"{section.question!r} shows {fault}"


def _unpublished(
    section: Section, metric: Contract, periods: Iterable[str], where: tuple[str, ...]
) -> Iterator[str]:
    """What a section reads that the metric does not publish, in any kind of period that it is shown over."""
    published: dict[tuple[frozenset[str], str], int] = {
        (frozenset(one.by), one.period): one.count for one in metric.publish
    }
    follows = section.by == SPLIT or (section.form == "cross" and not section.across)
    for split, period in product(SPLITS if follows else ("",), periods):
        for grain in dict.fromkeys(grains_of(section, split)):
            count = published.get((frozenset((*where, *grain)), period), 0)
            least = LEAST_OVER_MONTH if section.over == "month" else LEAST[period]
            if count < least:
                shown = " and ".join((*where, *grain)) or "nothing"
                yield f"{metric.name} by {shown} per {period}: {count} of {least} are published"
