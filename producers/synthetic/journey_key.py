"""The answer key to how persons go through Mittköping's units: investigations at once, handovers, gaps
between services, who comes back. Plain Python over what the generator knows.

A case without a person is a person of its own, where persons are counted; it has neither gaps nor returns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from producers.synthetic.answer_case import UNKNOWN, CaseAnswer, Move, Stay
from producers.synthetic.clock_moments import SERVICE, Moment, moments_of
from producers.synthetic.generator import Life, Town, lives_by_day
from producers.synthetic.workdays import DAY, local_date, start_of
from schemas import cases as c

Cell = tuple[str, ...]
Span = tuple[date, date]
By = Sequence[str]
_YEAR: Final = 365 * DAY
_LAST: Final = date(2299, 1, 1)


class Served(NamedTuple):
    """A service of somebody; until None: it goes on."""

    since: datetime
    until: datetime | None
    kind: str
    sex: str
    entity: str


class Gap(NamedTuple):
    """A service that follows on another: when, of whom, after what, and after how many days."""

    on: date
    person: str
    sex: str
    service_type: str
    days: int


class Way(NamedTuple):
    """A case of somebody. person: "" where it has none."""

    entity: str
    person: str
    sex: str
    case: CaseAnswer
    services: list[Served]

    @property
    def who(self) -> str:
        """The person, else the case itself."""
        return self.person or self.entity


class JourneyKey:
    """Every person's way through a town as known at `until`. `by`: the dimensions of the metric."""

    def __init__(self, town: Town, until: datetime) -> None:
        """Read the whole town once."""
        self.until = until
        self.ways: list[Way] = []
        for day, lives in lives_by_day(town, start_of(town.start)):
            if start_of(day) > until:
                break
            self.ways += [_way(life, until) for life in lives]

    def at_once(self, at: datetime) -> dict[str, tuple[str, int]]:
        """By person with an open investigation: sex and how many."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        sexes: dict[str, str] = {}
        for way in self.ways:
            if any(stay.stage == "investigation" and _covers(stay, at) for stay in way.case.stays):
                found[way.who].add(way.entity)
                sexes[way.who] = min(way.sex, sexes.get(way.who, way.sex))
        return {who: (sexes[who], len(entities)) for who, entities in found.items()}

    def several(self, at: datetime, by: By = ()) -> dict[Cell, int]:
        """Persons with two or more investigations at once. investigations: how many."""
        many = [(sex, count) for sex, count in self.at_once(at).values() if count > 1]
        said = [{"sex": sex, "investigations": "4_or_more" if n > 3 else str(n)} for sex, n in many]
        return dict(Counter(tuple(each[name] for name in by) for each in said))

    def several_share(self, at: datetime, by: By = ()) -> dict[Cell, float]:
        """Of those who have any."""
        every = Counter(tuple(sex for _ in by) for sex, _ in self.at_once(at).values())
        several = Counter(tuple(sex for _ in by) for sex, n in self.at_once(at).values() if n > 1)
        return {cell: several[cell] / count for cell, count in every.items()}

    def handovers(self, span: Span, by: By = ()) -> dict[Cell, float]:
        """Handovers between units in the period by person who had an open case in it."""
        handed: Counter[str] = Counter()
        sexes: dict[str, str] = {}
        for way in self.ways:
            if any(_within(stay, span) for stay in way.case.stays):
                handed[way.who] += sum(span[0] <= local_date(m.at) < span[1] for m in way.case.transfers)
                sexes[way.who] = min(way.sex, sexes.get(way.who, way.sex))
        persons = Counter(tuple(sex for _ in by) for sex in sexes.values())
        of_all: Counter[Cell] = Counter()
        for who, sex in sexes.items():
            of_all[tuple(sex for _ in by)] += handed[who]
        return {cell: of_all[cell] / count for cell, count in persons.items()}

    def gaps(self, span: Span, today: date, by: By = ()) -> dict[Cell, list[int]]:
        """Days between the services of a person, of those that began in the period, in rising order."""
        found: defaultdict[Cell, list[int]] = defaultdict(list)
        for gap in self._gaps():
            if span[0] <= gap.on < span[1] and gap.on < today:
                found[tuple(getattr(gap, name) for name in by)].append(gap.days)
        return {cell: sorted(days) for cell, days in found.items()}

    def _gaps(self) -> Iterator[Gap]:
        of_person: defaultdict[str, list[Served]] = defaultdict(list)
        for way in self.ways:
            if way.person:
                of_person[way.person] += way.services
        for person, services in of_person.items():
            services.sort(key=lambda it: (it.since, it.until is None, it.until or it.since, it.entity))
            for number, service in enumerate(services[1:], 1):
                before = max(services[:number], key=lambda it: (it.until is None, it.until or it.since))
                on = local_date(service.since)
                days = (on - local_date(before.until)).days if before.until else 0
                yield Gap(on, person, service.sex, before.kind, max(0, days))

    def not_returned(self, at: datetime, by: By = ()) -> dict[Cell, float]:
        """Share of the cases closed one to two years before whose person did not come back within a year."""
        opened: defaultdict[str, list[datetime]] = defaultdict(list)
        for way in self.ways:
            opened[way.person] += [move.at for move in way.case.inflow]
        closed: Counter[Cell] = Counter()
        gone: Counter[Cell] = Counter()
        for way, move in self._closed(at):
            cell = tuple(_ENDED[name](move) for name in by)
            if way.person and ("ending" in by or _ending(move) == "stayed"):
                closed[cell] += 1
                gone[cell] += not any(move.at < o <= move.at + _YEAR for o in opened[way.person])
        return {cell: gone[cell] / count for cell, count in closed.items()}

    def _closed(self, at: datetime) -> Iterator[tuple[Way, Move]]:
        for way in self.ways:
            for move in way.case.outflow:
                if move.what != "joined" and move.at + _YEAR <= at < move.at + 2 * _YEAR:
                    yield way, move


def _ending(move: Move) -> str:
    return move.what if move.what in ("moved", "deceased") else "stayed"


def _young(move: Move) -> str:
    age = move.about.age_band
    return "13_20" if age in ("13-17", "18-20") else "unknown" if age == UNKNOWN else "others"


_ENDED: Final[dict[str, Callable[[Move], str]]] = {
    "ending": _ending, "young": _young, "sex": lambda move: move.about.sex,
}  # fmt: skip


def _covers(stay: Stay, at: datetime) -> bool:
    return stay.since <= at and (stay.until is None or at < stay.until)


def _within(stay: Stay, span: Span) -> bool:
    last = local_date(stay.until - DAY / 86_400_000_000) if stay.until else _LAST
    return local_date(stay.since) < span[1] and last >= span[0]


def _way(life: Life, known_at: datetime) -> Way:
    case, story = CaseAnswer(life.steps, known_at), moments_of(life.steps, known_at)
    first = next((m.fact for m in story if isinstance(m.fact, c.Opening)), None)
    person, sex = (first.person or "", first.sex) if first else ("", UNKNOWN)
    return Way(life.subject, person, sex, case, _services(life.subject, sex, case, story))


def _services(entity: str, sex: str, case: CaseAnswer, story: Sequence[Moment]) -> list[Served]:
    """While the case is open: a service that is started again goes on, and its end is told or not."""
    found: list[Served] = []
    for moment in story:
        if not any(_open_at(stay, moment.at) for stay in case.stays):
            continue
        if moment.did(*SERVICE) and (not found or found[-1].until):
            found.append(Served(moment.at, None, moment.service, sex, entity))
        elif moment.did("end_service") and found and found[-1].until is None:
            found[-1] = found[-1]._replace(until=moment.at)
    return found


def _open_at(stay: Stay, at: datetime) -> bool:
    return stay.since <= at and (stay.until is None or at <= stay.until)


def journey_key(seed: int, until: datetime, size: float = 1.0, anchor: datetime | None = None) -> JourneyKey:
    """The key to `history` with the same arguments: what was recorded up to `until`."""
    return JourneyKey(Town(seed, size, anchor or until), until)
