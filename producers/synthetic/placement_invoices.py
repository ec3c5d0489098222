"""Invoices of placements: one line a month and provider, some with two days or 150 kronor too many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from random import Random
from typing import Final, NamedTuple

from producers.synthetic import model
from producers.synthetic.life import pseudonym
from producers.synthetic.placement_life import Placement, Price, price_on
from producers.synthetic.placement_model import CHANCES
from producers.synthetic.placement_telling import Book, mark
from producers.synthetic.workdays import DAY, OPENS_S, at_second, office_time
from schemas import placements as p
from schemas.codes import InvoiceVerdict

DAYS_TOO_MANY: Final = 2
KR_TOO_HIGH: Final = 150.0


class Line(NamedTuple):
    """What a provider rightly charges for: so many days at one price."""

    provider: str
    first: date
    last: date
    price: Price

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


def lines_of(it: Placement) -> Iterator[Line]:
    """By month, provider and price; the days are those of the contract's day rule."""
    first = it.start_on + DAY * (it.day_rule == "start_out_end_in")
    after = it.end_on + DAY * (it.day_rule != "start_in_end_out")
    marks = {stay.at.date() for stay in it.stays} | {price.from_on for price in it.prices}
    marks |= {date(year, month, 1) for year in range(first.year, after.year + 1) for month in range(1, 13)}
    starts = sorted({first} | {day for day in marks if first < day < after}) if first < after else []
    for start, until in zip(starts, [*starts[1:], after], strict=False):
        stay = [stay for stay in it.stays if stay.at.date() <= start][-1]
        yield Line(stay.provider, start, until - DAY, price_on(it.prices, start))


def tell_invoices(rng: Random, seed: int, book: Book, it: Placement) -> None:
    """Each line is received in the month after, reviewed and booked."""
    lines = list(lines_of(it))
    for number, line in enumerate(lines):
        subject = f"{model.CODE}/invoice/{pseudonym(seed, 'invoice', f'{it.key}/{number}')}"
        odd = it.oddity == "amount_differs" and number == 0
        planted = "amount" if odd else "" if it.oddity else _planted(rng)
        told = _received(rng, line, it, planted, odd)
        received = book.tell(subject, "0", *told, planted=planted)
        mark(received, "amount_differs" if odd else "")
        _handled(rng, book, subject, told[0], told[1], planted)


def _planted(rng: Random) -> str:
    drawn = rng.random()
    if drawn < CHANCES["too_many_days"]:
        return "days"
    return "price" if drawn < CHANCES["too_many_days"] + CHANCES["too_high_price"] else ""


def _received(
    rng: Random, line: Line, it: Placement, planted: str, odd: bool
) -> tuple[datetime, p.InvoiceReceived]:
    month_after = (line.last.replace(day=1) + 32 * DAY).replace(day=1)
    at = office_time(
        rng, at_second(month_after + DAY * rng.randrange(12), 0), at_second(month_after, OPENS_S)
    )
    days = line.days + DAYS_TOO_MANY * (planted == "days")
    kr = line.price.kr + KR_TOO_HIGH * (planted == "price")
    return at, p.InvoiceReceived(
        placement=it.key, provider=line.provider, from_on=line.first, last_on=line.last, days=float(days),
        daily_price_kr=kr, amount_kr=days * kr + (1000.0 if odd else 0.0),
    )  # fmt: skip


def _handled(
    rng: Random, book: Book, subject: str, received: datetime, line: p.InvoiceReceived, planted: str
) -> None:
    """What deviates is mostly disputed and credited; some pass unseen."""
    at = office_time(rng, received + DAY * (2 + rng.randrange(12)), received)
    drawn = rng.random() if planted in ("days", "price") else 1.0
    too_much = DAYS_TOO_MANY * line.daily_price_kr if planted == "days" else KR_TOO_HIGH * line.days
    seen = drawn < (1 + CHANCES["credited"]) / 2
    verdict: InvoiceVerdict = "disputed" if seen else "accepted"
    book.tell(subject, "0", at, p.InvoiceReviewed(verdict=verdict))
    booked = line.amount_kr
    if drawn < CHANCES["credited"]:
        at = office_time(rng, at + DAY * (15 + rng.randrange(20)), at)
        fact = p.InvoiceReviewed(verdict="credited", credited_kr=too_much)
        book.tell(subject, "1", at, fact)
        booked -= too_much
    elif seen:
        return
    at = office_time(rng, at + DAY * (5 + rng.randrange(12)), at)
    book.tell(subject, "0", at, p.InvoiceBooked(on=at.date(), amount_kr=booked))
