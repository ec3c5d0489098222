"""What is known of care at an instant, read from what the generator told: the answer key's word for it.

Shares no code with the hub's folds: what the hub has to leave alone or to see through, the generator says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from producers.synthetic.care.generator import told_of
from producers.synthetic.care.model import begins
from producers.synthetic.care.telling import Told
from producers.synthetic.generator import Town
from producers.synthetic.workdays import DAY, local_date, start_of
from schemas.envelope import Fact

F = TypeVar("F", bound=Fact)
Cell = tuple[str, ...]
Span = tuple[date, date]
UNCHANGED: Final = "cause_changed_without_reason"  # such a version changes nothing but its flaw
PARTS: Final = ("visits", "devices", "staffing", "assistance", "shifts")
_AHEAD: Final = timedelta(days=40)  # that something may be told of before a part's first day


_Version = tuple[str, str, str]


class CareKey:
    """A town's hours and devices as known at `until`; what goes on is counted until but not including
    `today`. `entities`: by kind and entity the facts that stand, in the order in which they happened.
    """

    def __init__(self, town: Town, until: datetime, today: date) -> None:
        """Read the whole town once; questions are then answered from lists."""
        self.town, self.until, self.today = town, until, today
        latest: dict[_Version, Told] = {}
        self._first: dict[_Version, datetime] = {}
        self.flaws: set[tuple[str, str]] = set()
        """Entities with each flaw that was planted with them."""
        for told in self._told():
            key = _which(told)
            self._first[key] = min(told.recorded, self._first.get(key, told.recorded))
            if told.flaw == UNCHANGED:
                self.flaws.add((told.subject, told.flaw))
            elif key not in latest or latest[key].recorded < told.recorded:
                latest[key] = told
        self.entities: defaultdict[str, dict[str, list[Told]]] = defaultdict(dict)
        for told in sorted(latest.values(), key=lambda it: (it.at, it.recorded, it.what)):
            if not told.retracted:
                self.entities[told.fact.KIND].setdefault(told.subject, []).append(told)
                self.flaws |= {(told.subject, told.flaw)} if told.flaw else set()

    def _told(self) -> Iterator[Told]:
        day = min(begins(self.town, part) for part in PARTS) - _AHEAD
        while start_of(day) <= self.until:
            yield from (told for told in told_of(self.town, day) if told.recorded <= self.until)
            day += DAY

    def of(self, kind: type[F]) -> Iterator[tuple[Told, F]]:
        """Every standing fact of a type, with how it was told."""
        for facts in self.entities[kind.KIND].values():
            for told in facts:
                if isinstance(told.fact, kind):
                    yield told, told.fact

    def first_recorded(self, told: Told) -> datetime:
        """When anything was recorded of a fact for the first time."""
        return self._first[_which(told)]

    def planted(self) -> Counter[tuple[str, str]]:
        """Entities that carry each flaw that was planted: by kind and flaw."""
        return Counter((subject.split("/")[1], flaw) for subject, flaw in self.flaws)


def care_key(seed: int, until: datetime, size: float = 1.0, anchor: datetime | None = None) -> CareKey:
    """The key to `care_history` with the same arguments: what was recorded up to `until`."""
    return CareKey(Town(seed, size, anchor or until), until, local_date(until))


def _which(told: Told) -> _Version:
    return told.subject, type(told.fact).__name__, told.what


def told_first(facts: Iterable[Told], kind: type[F]) -> tuple[datetime, F] | tuple[None, None]:
    """When the first fact of a type happened, and the fact."""
    found = ((told.at, told.fact) for told in facts if isinstance(told.fact, kind))
    return next(found, (None, None))


def cell_of(fact: object, by: Sequence[str], **said: str) -> Cell:
    """One text for each name: as said, else the fact's own field."""
    return tuple(said[name] if name in said else str(getattr(fact, name)) for name in by)


def summed(pairs: Iterable[tuple[Cell, float]]) -> dict[Cell, float]:
    """Sums by cell."""
    found: defaultdict[Cell, float] = defaultdict(float)
    for cell, amount in pairs:
        found[cell] += amount
    return dict(found)


def counted(cells: Iterable[Cell]) -> dict[Cell, int]:
    """How many there are in each cell."""
    return dict(Counter(cells))


def grouped(pairs: Iterable[tuple[Cell, float]]) -> dict[Cell, list[float]]:
    """All of each cell, in rising order."""
    found: defaultdict[Cell, list[float]] = defaultdict(list)
    for cell, amount in pairs:
        found[cell].append(amount)
    return {cell: sorted(amounts) for cell, amounts in found.items()}


def percentile(amounts: Sequence[float], share: float) -> float:
    """Of amounts in rising order, by linear interpolation between the two nearest."""
    place = share * (len(amounts) - 1)
    low = int(place)
    return amounts[low] + (amounts[min(low + 1, len(amounts) - 1)] - amounts[low]) * (place - low)


def each_day(span: Span) -> Iterator[date]:
    """The days of a span, [first, until)."""
    return (span[0] + n * DAY for n in range((span[1] - span[0]).days))
