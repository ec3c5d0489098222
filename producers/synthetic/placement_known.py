"""What is known of a placement and its papers at an instant, read from the generator's own tellings: the
answer key's word for it.

Shares no code with the hub's folds: what the hub has to leave alone or to see through, the generator says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from producers.synthetic.placement_telling import Telling, Version
from producers.synthetic.workdays import DAY
from schemas import placements as p
from schemas.codes import Party, SigningMethod

UNKNOWN: Final = "unknown"


class Here(NamedTuple):
    """With a provider since an instant and a day."""

    at: datetime
    on: date
    provider: str
    care_form: str


class Known(NamedTuple):
    """A placement as it is known. possible: it truly began; end None: it goes on."""

    key: str
    subject: str
    about: p.PlacementStarted
    main_cause: str
    award_reason: str
    here: list[Here]
    moves: list[p.PlacementMoved]
    prices: list[p.PriceSet]
    end: datetime | None
    ended: p.PlacementEnded | None
    possible: bool
    day_rule: str

    @property
    def who(self) -> str:
        """The person, else the placement itself."""
        return self.about.person or self.subject

    def at(self, instant: datetime) -> Here | None:
        """Where the person is at an instant, if placed then."""
        if not self.possible or (self.end is not None and instant >= self.end):
            return None
        there = [here for here in self.here if here.at <= instant]
        return there[-1] if there else None

    def on(self, day: date) -> Here:
        """Where the person is on a day; before the first one, where it began."""
        return ([here for here in self.here if here.on <= day] or self.here[:1])[-1]

    def price_on(self, day: date) -> float | None:
        """Daily price of a day: of those that began by then the one that began last, told last."""
        valid = [(price.from_on, number) for number, price in enumerate(self.prices) if price.from_on <= day]
        return self.prices[max(valid)[1]].daily_price_kr if valid else None

    def days(self, today: date, rule: str = "") -> Iterator[date]:
        """Care days one by one, by a day rule, until but not including `today` where it goes on."""
        rule = rule or self.day_rule
        day = self.about.on + DAY * (rule == "start_out_end_in")
        after = today
        if self.ended is not None:
            after = self.ended.on + DAY * (rule != "start_in_end_out")
        while self.possible and day < after:
            yield day
            day += DAY

    def nights(self, today: date) -> Iterator[date]:
        """Days on which somebody is there, whatever the rule: not the day of discharge."""
        return self.days(today, "start_in_end_out")


class Paper(NamedTuple):
    """A contract as it is known. until_on: the day after the last one covered."""

    subject: str
    placement: str
    about: p.ContractCreated
    created_at: datetime
    sent_at: datetime | None
    signatures: Mapping[Party, tuple[datetime, SigningMethod]]
    until_on: date

    @property
    def signed_at(self) -> datetime | None:
        """When the last that must sign had signed."""
        times = [self.signatures[party][0] for party in self.about.required if party in self.signatures]
        return max(times) if len(times) == len(self.about.required) else None


class Charge(NamedTuple):
    """A line of an invoice as it is known."""

    subject: str
    placement: str
    received_at: datetime
    line: p.InvoiceReceived
    verdict: str
    credited_kr: float
    booked: p.InvoiceBooked | None
    planted: str


def version_at(telling: Telling, known_at: datetime) -> Version | None:
    """The version that holds, if it was told by then and not taken back."""
    told = [version for version in telling.versions if version.recorded <= known_at]
    return None if not told or told[-1].retracted else told[-1]


Living = list[tuple[Telling, Version]]


def by_entity(tellings: Iterable[Telling], known_at: datetime) -> dict[str, Living]:
    """What holds, by entity, in the order in which it happened; without what should not have been told."""
    found: dict[str, Living] = {}
    for telling in tellings:
        if (version := version_at(telling, known_at)) and version.counts:
            found.setdefault(telling.subject, []).append((telling, version))
    return {subject: sorted(told, key=lambda one: one[1].at) for subject, told in found.items()}


def kind_of(subject: str) -> str:
    """What kind of entity."""
    return subject.split("/")[1]


def placement_of(subject: str, told: Living, day_rule: str) -> Known | None:
    """The placement, unless nobody knows that it began."""
    start = next((v for _, v in told if isinstance(v.fact, p.PlacementStarted)), None)
    if start is None or not isinstance(start.fact, p.PlacementStarted):
        return None
    about = start.fact
    here = [Here(start.at, about.on, about.provider, about.care_form)]
    moves = [(v.at, v.fact) for _, v in told if isinstance(v.fact, p.PlacementMoved)]
    for at, move in moves:
        here.append(Here(at, move.on, move.to_provider, move.care_form or here[-1].care_form))
    end = next(((v.at, v.fact) for _, v in told if isinstance(v.fact, p.PlacementEnded)), None)
    why = [v.fact.reason for _, v in told if isinstance(v.fact, p.DirectAwardJustified)]
    return Known(
        subject.split("/")[2], subject, about, start.cause or about.main_cause, why[-1] if why else UNKNOWN,
        here, [move for _, move in moves], [v.fact for _, v in told if isinstance(v.fact, p.PriceSet)],
        end[0] if end else None, end[1] if end else None,
        all(v.flaw != "ended_before_started" for _, v in told), day_rule,
    )  # fmt: skip


def paper_of(subject: str, told: Living) -> Paper | None:
    """The contract, unless nobody knows what it says."""
    made = next(((v.at, v.fact) for _, v in told if isinstance(v.fact, p.ContractCreated)), None)
    if made is None:
        return None
    at, about = made
    assert about.until_on is not None
    ends = [about.until_on, *(v.fact.on for _, v in told if isinstance(v.fact, p.ContractEnded))]
    signed = {v.fact.party: (v.at, v.fact.method) for _, v in told if isinstance(v.fact, p.ContractSigned)}
    sent = next((v.at for _, v in told if isinstance(v.fact, p.ContractSent)), None)
    return Paper(subject, about.placement, about, at, sent, signed, min(ends) + timedelta(days=1))


def charge_of(subject: str, told: Living) -> Charge | None:
    """The line, unless it has not been received."""
    got = next(((t, v.at, v.fact) for t, v in told if isinstance(v.fact, p.InvoiceReceived)), None)
    if got is None:
        return None
    telling, at, line = got
    reviews = [v.fact for _, v in told if isinstance(v.fact, p.InvoiceReviewed)]
    booked = [v.fact for _, v in told if isinstance(v.fact, p.InvoiceBooked)]
    return Charge(
        subject, line.placement, at, line, reviews[-1].verdict if reviews else "open",
        reviews[-1].credited_kr if reviews else 0.0, booked[-1] if booked else None, telling.planted,
    )  # fmt: skip
