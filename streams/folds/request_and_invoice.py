"""Requests to providers (förfrågan) and lines of their invoices: two short lives. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from schemas import placements as p
from streams.folds.days import day_number
from streams.history import Living

CENTS_APART: Final = 0.5
"""Kronor that an amount may differ from days × price: invoices are rounded."""


class RequestRow(NamedTuple):
    """Columns of table `requests` after the key."""

    placement: str
    provider: str
    tender_area: str
    care_form: str
    sent_at: int | None
    answered_at: int | None
    answer: str
    flaws: list[str]


class InvoiceRow(NamedTuple):
    """Columns of table `invoices` after the key: one line. until_on: the day after the last one charged."""

    placement: str
    provider: str
    received_at: int | None
    from_on: int | None
    until_on: int | None
    days: float
    daily_kr: float
    amount_kr: float
    reviewed_at: int | None
    verdict: str
    credited_kr: float
    booked_on: int | None
    booked_kr: float | None
    flaws: list[str]


def fold_request(facts: Sequence[Living]) -> RequestRow:
    """One request and its (last) answer."""
    flaws = {flaw for living in facts for flaw in living.flaws}
    sent, sent_at, answered_at, answer = None, None, None, ""
    for living in facts:
        if isinstance(living.fact, p.RequestSent) and sent is None:
            sent, sent_at = living.fact, living.occurred_at
        elif isinstance(living.fact, p.RequestAnswered):
            answered_at, answer = living.occurred_at, living.fact.answer
    if facts and sent is None:
        flaws.add("never_sent")
    if sent_at is not None and answered_at is not None and answered_at < sent_at:
        flaws.add("answered_before_sent")
    return RequestRow(
        sent.placement if sent else "", sent.provider if sent else "unknown",
        sent.tender_area if sent else "unknown", sent.care_form if sent else "unknown",
        sent_at, answered_at, answer, sorted(flaws),
    )  # fmt: skip


def fold_invoice(facts: Sequence[Living]) -> InvoiceRow:
    """One line of an invoice, what the review said and what the ledger holds."""
    flaws = {flaw for living in facts for flaw in living.flaws}
    received = next((v for v in facts if isinstance(v.fact, p.InvoiceReceived)), None)
    reviewed = next((v for v in reversed(facts) if isinstance(v.fact, p.InvoiceReviewed)), None)
    booked = next((v for v in reversed(facts) if isinstance(v.fact, p.InvoiceBooked)), None)
    line = received.fact if received else None
    verdict = reviewed.fact if reviewed else None
    entry = booked.fact if booked else None
    assert line is None or isinstance(line, p.InvoiceReceived)
    assert verdict is None or isinstance(verdict, p.InvoiceReviewed)
    assert entry is None or isinstance(entry, p.InvoiceBooked)
    if facts:
        flaws |= _line_flaws(line)
    return InvoiceRow(
        line.placement if line else "", line.provider if line else "unknown",
        received.occurred_at if received else None,
        day_number(line.from_on) if line else None, day_number(line.last_on) + 1 if line else None,
        line.days if line else 0.0, line.daily_price_kr if line else 0.0, line.amount_kr if line else 0.0,
        reviewed.occurred_at if reviewed else None, verdict.verdict if verdict else "open",
        verdict.credited_kr if verdict else 0.0,
        day_number(entry.on) if entry else None, entry.amount_kr if entry else None, sorted(flaws),
    )  # fmt: skip


def _line_flaws(line: p.InvoiceReceived | None) -> set[str]:
    if line is None:
        return {"never_received"}
    flaws = {"last_before_first"} if line.last_on < line.from_on else set()
    if abs(line.days * line.daily_price_kr - line.amount_kr) > CENTS_APART:
        flaws.add("amount_differs")
    return flaws
