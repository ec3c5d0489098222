"""The answer key's part for papers: contracts, invoices, follow-ups, deficiencies, flaws."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from producers.synthetic.placement_answer import PlacementKey
from producers.synthetic.placement_known import UNKNOWN, Charge, Known, Paper
from producers.synthetic.placement_providers_answer import followed_up
from producers.synthetic.workdays import DAY, local_date

Cell = tuple[str, ...]
By = Sequence[str]
Span = tuple[date, date]
_TICK = timedelta(microseconds=1)


class Deviation(NamedTuple):
    """A line of an invoice that is not what it should be: charged less computed."""

    subject: str
    days: float
    kr: float
    daily_kr: float


def day_of(at: datetime) -> date:
    """The local day that an instant ends: midnight belongs to the day before."""
    return local_date(at - _TICK)


def _text(key: PlacementKey, paper: Paper, name: str) -> str:
    if name in ("provider", "contract_type"):
        return str(getattr(paper.about, name))
    it = key.known.get(paper.placement)
    if it is None:
        return UNKNOWN
    return it.about.target_group if name == "target_group" else it.here[-1].care_form


def _cell(key: PlacementKey, paper: Paper, by: By) -> Cell:
    return tuple(_text(key, paper, name) for name in by)


def coverage(key: PlacementKey, at: datetime, by: By = ()) -> dict[Cell, float]:
    """Share of the placements that go on which a wholly signed contract covers (P8)."""
    signed = defaultdict(list)
    for paper in key.papers:
        if paper.signed_at and paper.signed_at <= at:
            signed[paper.placement].append((paper.about.from_on, paper.until_on))
    there = [(it, here) for it in key.placements if (here := it.at(at))]
    all_of = Counter(key.cell(it, here, by) for it, here in there)
    covered = Counter(
        key.cell(it, here, by)
        for it, here in there
        if any(first <= day_of(at) < until for first, until in signed[it.key])
    )
    return {cell: covered[cell] / many for cell, many in all_of.items()}


def covered_days(key: PlacementKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Share of the care days that a contract covers which all had signed by that day."""
    signed: defaultdict[str, list[tuple[date, date]]] = defaultdict(list)
    for paper in key.papers:
        if at := paper.signed_at:
            signed[paper.placement].append((max(paper.about.from_on, local_date(at)), paper.until_on))
    days = [(day, it, key.cell(it, here, by)) for day, it, here in key.care(span)]
    covered = Counter(
        cell for day, it, cell in days if any(first <= day < until for first, until in signed[it.key])
    )
    return {cell: covered[cell] / many for cell, many in Counter(cell for *_, cell in days).items()}


def digital_share(key: PlacementKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Share of the signatures of the period that were made digitally (P9b)."""
    made = [
        (_cell(key, paper, by), method)
        for paper in key.papers
        for at, method in paper.signatures.values()
        if span[0] <= local_date(at) < span[1]
    ]
    digital = Counter(cell for cell, method in made if method == "digital")
    return {cell: digital[cell] / many for cell, many in Counter(cell for cell, _ in made).items()}


def signed(key: PlacementKey, span: Span, by: By = ()) -> dict[Cell, int]:
    """Contracts that became wholly signed in the period (P9)."""
    times = [(paper, paper.signed_at) for paper in key.papers]
    return dict(Counter(_cell(key, it, by) for it, at in times if at and span[0] <= local_date(at) < span[1]))


def lead_days(key: PlacementKey, span: Span, by: By = ()) -> dict[Cell, list[int]]:
    """Days from sent to wholly signed, in rising order (P10)."""
    found: defaultdict[Cell, list[int]] = defaultdict(list)
    for paper in key.papers:
        at, sent = paper.signed_at, paper.sent_at
        if at and sent and at >= sent and span[0] <= local_date(at) < span[1]:
            found[_cell(key, paper, by)].append((local_date(at) - local_date(sent)).days)
    return {cell: sorted(days) for cell, days in found.items()}


def unsigned(key: PlacementKey, at: datetime, over_days: int = -1, by: By = ()) -> dict[Cell, int]:
    """Contracts that run and wait for a signature, for more than so many days (P11)."""
    return dict(Counter(_cell(key, it, by) for it, days in _waiting(key, at) if days > over_days))


def _waiting(key: PlacementKey, at: datetime) -> Iterator[tuple[Paper, int]]:
    for paper in key.papers:
        unsigned_yet = paper.signed_at is None or paper.signed_at > at
        if paper.created_at <= at and unsigned_yet and paper.until_on > day_of(at):
            since = paper.sent_at if paper.sent_at and paper.sent_at <= at else paper.created_at
            yield paper, (day_of(at) - local_date(since)).days


def expiring(key: PlacementKey, at: datetime, within: int = 90, by: By = ()) -> dict[Cell, int]:
    """Contracts that hold and whose last day comes within so many days, while the placement goes on (P12)."""
    day = day_of(at)
    found: Counter[Cell] = Counter()
    for paper in key.papers:
        it = key.known.get(paper.placement)
        goes_on = it is None or not it.possible or it.end is None or it.end > at
        holds = paper.created_at <= at and paper.about.from_on <= day < paper.until_on
        if goes_on and holds and (paper.until_on - DAY - day).days <= within:
            found[_cell(key, paper, by)] += 1
    return dict(found)


def running_after_end(key: PlacementKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """Placements that go on although every contract about them has run out (P12b)."""
    made: defaultdict[str, list[date]] = defaultdict(list)
    for paper in key.papers:
        if paper.created_at <= at:
            made[paper.placement].append(paper.until_on)
    late = [
        (it, here)
        for it in key.placements
        if (here := it.at(at)) and made[it.key] and max(made[it.key]) <= day_of(at)
    ]
    return dict(Counter(key.cell(it, here, by) for it, here in late))


def invoiced(key: PlacementKey, span: Span) -> float:
    """Kronor of the lines' days that lie in the period, credits deducted (P5)."""
    total = 0.0
    for charge in key.charges:
        days = [
            charge.line.from_on + n * DAY for n in range((charge.line.last_on - charge.line.from_on).days + 1)
        ]
        inside = sum(span[0] <= day < span[1] for day in days)
        total += (charge.line.amount_kr - charge.credited_kr) * inside / len(days)
    return total


def booked(key: PlacementKey, span: Span) -> float:
    """Kronor in the ledger with a day in the period (P5)."""
    entries = [charge.booked for charge in key.charges if charge.booked]
    return sum(entry.amount_kr for entry in entries if span[0] <= entry.on < span[1])


def deviations(key: PlacementKey, span: Span) -> list[Deviation]:
    """Lines received in the period whose days, price or amount are not as computed (P13)."""
    return [it for it, _ in _compared(key, span) if _is_off(it)]


def deviation_sums(key: PlacementKey, span: Span) -> dict[str, float]:
    """P13 in days, kronor and lines. A line of a day without a price has no kronor to compare."""
    found = [it for it, _ in _compared(key, span)]
    return {
        "days": sum(it.days for it in found),
        "kr": sum(it.kr for it in found if it.kr == it.kr),
        "lines": float(sum(map(_is_off, found))),
    }


def planted(key: PlacementKey, span: Span) -> dict[str, str]:
    """Lines received in the period that were made to deviate: entity → days, price or amount."""
    received = {it.subject: local_date(it.received_at) for it in key.charges}
    return {
        subject: what
        for subject, what in key.planted
        if subject in received and span[0] <= received[subject] < span[1]
    }


def _is_off(it: Deviation) -> bool:
    return abs(it.days) > 0.005 or abs(it.daily_kr) > 0.005 or abs(it.kr) > 0.5


def _compared(key: PlacementKey, span: Span) -> Iterator[tuple[Deviation, Charge]]:
    for charge in key.charges:
        it = key.known.get(charge.placement)
        if it and it.possible and span[0] <= local_date(charge.received_at) < span[1]:
            yield _compare(it, charge), charge


def _compare(it: Known, charge: Charge) -> Deviation:
    """Day by day; what goes on has no last day here."""
    line, unknown = charge.line, float("nan")
    days = [day for day in it.days(line.last_on + DAY) if line.from_on <= day <= line.last_on]
    prices = [it.price_on(day) for day in days]
    kr = unknown if None in prices else sum(price for price in prices if price is not None)
    daily = kr / len(days) if days else unknown
    return Deviation(charge.subject, line.days - len(days), line.amount_kr - kr, line.daily_price_kr - daily)


def flaws(key: PlacementKey) -> Counter[tuple[str, str]]:
    """Entities that carry each flaw: (kind, flaw)."""
    found = key.flawed | set(_overlapping(key)) | set(_outside_contract(key)) | set(_odd_papers(key))
    return Counter((subject.split("/")[1], flaw) for subject, flaw in found)


def _overlapping(key: PlacementKey) -> Iterator[tuple[str, str]]:
    of_person: defaultdict[str, list[Known]] = defaultdict(list)
    for it in key.placements:
        if it.about.person:
            of_person[it.about.person].append(it)
    for whole in of_person.values():
        ends = [it.ended.on if it.ended else date.max for it in whole]
        ordered = sorted(zip((it.about.on for it in whole), ends, (it.subject for it in whole), strict=True))
        for n, (start, _, subject) in enumerate(ordered):
            if any(end > start for _, end, _ in ordered[:n]):
                yield subject, "overlapping_placements"


def _outside_contract(key: PlacementKey) -> Iterator[tuple[str, str]]:
    """A day without a contract, where there are contracts: of what goes on, until the last one runs out."""
    papers: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in key.papers:
        papers[paper.placement].append(paper)
    for it in key.placements:
        if own := papers[it.key]:
            until = it.ended.on if it.ended else max(paper.until_on for paper in own)
            days = [it.about.on + n * DAY for n in range((until - it.about.on).days)]
            if any(not any(x.about.from_on <= day < x.until_on for x in own) for day in days):
                yield it.subject, "day_outside_contract"


def _odd_papers(key: PlacementKey) -> Iterator[tuple[str, str]]:
    about = [(one.subject, one.placement) for one in key.papers]
    about += [(one.subject, one.placement) for one in key.charges]
    about += [(subject, fact.placement) for subject, fact in followed_up(key) if fact.placement]
    for subject, placement in about:
        if placement not in key.known:
            yield subject, "unknown_placement"
    for paper in key.papers:
        if (it := key.known.get(paper.placement)) and it.possible:
            late = it.ended is not None and paper.about.from_on > it.ended.on
            if late or paper.until_on <= it.about.on:
                yield paper.subject, "contract_outside_placement"
    for one in key.charges:
        if (it := key.known.get(one.placement)) and it.possible:
            late = it.ended is not None and one.line.last_on > it.ended.on
            if late or one.line.from_on < it.about.on:
                yield one.subject, "invoice_outside_placement"
