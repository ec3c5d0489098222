"""Tells the hub that a report of the law has been delivered: one event, of the day that somebody says.

Saying it again changes nothing; saying another day corrects it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from producers.publish import Publisher
from producers.run import Made, checked
from schemas.calendar import midnight
from schemas.codec import make
from schemas.envelope import event_id
from schemas.errors import Misconfigured
from schemas.municipality import municipality
from schemas.reporting import ReportDelivered
from schemas.settings import Settings

SOURCE: Final = "report"


def delivered(code: str, fact: ReportDelivered, period: str, on: date, now: datetime) -> Made:
    """The event. period: its name in the entity's, as `2026Q3`. Misconfigured for a day before the period's
    end or in the future.
    """
    zone = municipality(code).zone
    at = midnight(on, zone)
    if on < fact.until_on:
        raise Misconfigured(
            f"{on}: perioden är inte slut förrän {fact.until_on} (the period is not over until then)"
        )
    if at > now:
        raise Misconfigured(f"{on}: dagen har inte kommit än (that day is still to come)")
    subject = f"{code}/{fact.KIND}/{fact.report}.{period}.{fact.to}"
    event = make(
        fact, id=event_id(subject, "reference.report-delivered"), source=SOURCE, subject=subject, time=at,
        recordedtime=now, kommunkod=code,
    )  # fmt: skip
    return checked(event, now)


def deliver(settings: Settings, made: Made) -> None:
    """Send the event. Raises Unavailable when no broker takes it."""
    with Publisher(settings) as publisher:
        publisher.send(made.event, made.raw)
