"""The answer key's part for providers: requests to them, follow-ups with them, what they have to mend."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from producers.synthetic.placement_answer import PlacementKey
from producers.synthetic.placement_known import UNKNOWN, Known
from producers.synthetic.placement_model import FOLLOW_UP_DAYS
from producers.synthetic.workdays import DAY, local_date
from schemas import placements as p

Cell = tuple[str, ...]
By = Sequence[str]
Span = tuple[date, date]
_HOUR: Final = timedelta(hours=1)


class Asked(NamedTuple):
    """A request as it is known."""

    about: p.RequestSent
    sent_at: datetime
    answered_at: datetime | None

    def cell(self, by: By) -> Cell:
        """Its texts by name."""
        return tuple(str(getattr(self.about, name)) for name in by)


def said_of(key: PlacementKey, provider: str) -> p.ProviderRegistered | None:
    """What was last registered of a provider."""
    told = key.living.get(f"9999/provider/{provider}", [])
    return next((v.fact for _, v in reversed(told) if isinstance(v.fact, p.ProviderRegistered)), None)


def located_in(key: PlacementKey, provider: str) -> str:
    """Municipality that a provider lies in."""
    said = said_of(key, provider)
    return said.located_in or UNKNOWN if said else UNKNOWN


def asked(key: PlacementKey) -> Iterator[Asked]:
    """Every request that was sent."""
    for told in key.living.values():
        sent = next(((v.at, v.fact) for _, v in told if isinstance(v.fact, p.RequestSent)), None)
        if sent:
            answers = [v.at for _, v in told if isinstance(v.fact, p.RequestAnswered)]
            yield Asked(sent[1], sent[0], answers[-1] if answers else None)


def _sent_in(key: PlacementKey, span: Span) -> list[Asked]:
    return [it for it in asked(key) if span[0] <= local_date(it.sent_at) < span[1]]


def requests_per_placement(key: PlacementKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Requests sent for each placement that was sought (P15)."""
    sought: defaultdict[Cell, list[str]] = defaultdict(list)
    for it in _sent_in(key, span):
        sought[it.cell(by)].append(it.about.placement)
    return {cell: len(placements) / len(set(placements)) for cell, placements in sought.items()}


def answer_rate(key: PlacementKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Share of the requests that were answered (P15)."""
    sent = _sent_in(key, span)
    answered = Counter(it.cell(by) for it in sent if it.answered_at)
    return {cell: answered[cell] / many for cell, many in Counter(it.cell(by) for it in sent).items()}


def hours_to_answer(key: PlacementKey, span: Span, by: By = ()) -> dict[Cell, list[float]]:
    """Hours from request to answer, of answers in the period, in rising order (P15)."""
    found: defaultdict[Cell, list[float]] = defaultdict(list)
    for it in asked(key):
        at = it.answered_at
        if at and at >= it.sent_at and span[0] <= local_date(at) < span[1]:
            found[it.cell(by)].append((at - it.sent_at) / _HOUR)
    return {cell: sorted(hours) for cell, hours in found.items()}


def followed_up(key: PlacementKey) -> Iterator[tuple[str, p.ProviderFollowedUp]]:
    """Each follow-up, with its provider's entity."""
    for subject, told in key.living.items():
        for _, version in told:
            if isinstance(version.fact, p.ProviderFollowedUp):
                yield subject, version.fact


def follow_up_rate(key: PlacementKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Share of the half-yearly follow-ups due in the period that were done in the half-year before (P14)."""
    done: defaultdict[str, list[date]] = defaultdict(list)
    for _, fact in followed_up(key):
        done[fact.placement or ""].append(fact.on)
    due = [(it, day) for it in key.placements for day in _due(it, key.today) if span[0] <= day < span[1]]
    on_time = Counter(
        _of(key, it, by)
        for it, day in due
        if any(day - timedelta(days=FOLLOW_UP_DAYS) < on <= day for on in done[it.key])
    )
    return {cell: on_time[cell] / many for cell, many in Counter(_of(key, it, by) for it, _ in due).items()}


def _due(it: Known, today: date) -> Iterator[date]:
    """Every half-year while it goes on, as far as today."""
    day = it.about.on + timedelta(days=FOLLOW_UP_DAYS)
    while day < today and (it.ended is None or day < it.ended.on):
        yield day
        day += timedelta(days=FOLLOW_UP_DAYS)


def _of(key: PlacementKey, it: Known, by: By) -> Cell:
    grown = "adults" if it.about.target_group == "adults" else "children_and_youth"
    return key.cell(it, it.here[-1], by, grown=grown)


def open_deficiencies(key: PlacementKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """Deficiencies noted by then and not mended (P21)."""
    return dict(Counter(_provider(key, subject, by) for subject, _ in _open(key, at)))


def deficiency_days(key: PlacementKey, at: datetime) -> list[int]:
    """Days since each open deficiency was noted."""
    return sorted((local_date(at - timedelta(microseconds=1)) - on).days for _, on in _open(key, at))


def _open(key: PlacementKey, at: datetime) -> Iterator[tuple[str, date]]:
    for subject, told in key.living.items():
        noted = [(v.at, v.fact) for _, v in told if isinstance(v.fact, p.DeficiencyNoted)]
        mended = {v.fact.deficiency: v.at for _, v in told if isinstance(v.fact, p.DeficiencyMended)}
        for since, fact in noted:
            if since <= at and at < mended.get(fact.deficiency, at + DAY):
                yield subject, fact.on


def _provider(key: PlacementKey, subject: str, by: By) -> Cell:
    code = subject.split("/")[2]
    said = said_of(key, code)
    texts = {"provider": code, "care_form": said.care_form if said else UNKNOWN,
             "provider_municipality": located_in(key, code)}  # fmt: skip
    return tuple(texts[name] for name in by)


def active_providers(key: PlacementKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """Providers that somebody was placed with at any time in the twelve months before (P19)."""
    since = at.replace(year=at.year - 1)
    there = set()
    for it in key.placements:
        ends = [here.at for here in it.here[1:]]
        for here, until in zip(it.here, [*ends, it.end or at + DAY], strict=True):
            if here.at <= at and until > since:
                there.add(here.provider)
    return dict(Counter(_provider(key, f"9999/provider/{code}", by) for code in there))


def scores(key: PlacementKey, span: Span, parameter: str) -> list[int]:
    """Scores of one parameter in the follow-ups of the period (P17a)."""
    told = [getattr(fact, parameter) for _, fact in followed_up(key) if span[0] <= fact.on < span[1]]
    return [score for score in told if score is not None]
