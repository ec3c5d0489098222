"""The work of `./puls produce`: send a file's events, report its bad rows, say that the source lives.

Running it again is always safe: ids and contents are the same, so that what is unchanged vanishes in the hub.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from typing import Final

from producers.listing import send_list
from producers.processes import in_processes
from producers.publish import Publisher
from producers.run import Made, checked
from producers.share import EXAMPLES, KEPT, WHOLE, Order, Progress, Report, send, silent
from producers.source import Source, load
from producers.units import merged_units
from schemas.codec import make
from schemas.envelope import event_id
from schemas.errors import Misconfigured
from schemas.identity import find_identity
from schemas.municipality import municipality
from schemas.reference import ProducerAlive
from schemas.settings import Settings

SHARED_BYTES: Final = 1_000_000  # a smaller file is sent before a second process has started
PROCESSES: Final = 4

__all__ = ["Order", "Report", "alive", "produce"]


def produce(settings: Settings, order: Order, progress: Progress = silent) -> Report:
    """Send a file's events and the source's sign of life, or only say what would be sent.

    Raises Misconfigured (source, key, municipality), Unavailable (broker); the report has the file's faults.
    """
    source = load(order.source)
    _judge(order, source)
    started = time.monotonic()
    processes = _processes(order, source)
    if source.ledger:
        report = send_list(settings, source, order, progress)
    elif processes > 1:
        report = merged(in_processes(settings, order, processes, progress))
    else:
        report = send(settings, order, WHOLE, progress)
    if not report.sent and not report.refusals:
        report.notices.append(("Filen gav inga händelser.", "The file made no events."))
    report.notices += merged_units(report.units)
    if report.early and report.recorded_from == "file":
        report.notices.append(_too_early(report))
    if not order.dry_run and not order.limit:
        _tell_alive(settings, source, report)
    report.seconds = round(time.monotonic() - started, 3)
    return report


def _too_early(report: Report) -> tuple[str, str]:
    at = f"{max(report.recorded.values()):%Y-%m-%d %H:%M:%S} UTC"
    sv = f"Filens tid ({at}) är tidigare än {report.early} av dess händelser, så den är inte exportens tid."
    en = f"The file's time ({at}) is before {report.early} of its events, so it is not the export's."
    return (f"{sv} Ange exportens tid med --recorded-at.", f"{en} Say the export's with --recorded-at.")


def _judge(order: Order, source: Source) -> None:
    if not order.municipality and not source.municipality_column:
        raise Misconfigured("Which municipality? Add --municipality, e.g. --municipality 9901")
    if order.municipality:
        municipality(order.municipality)
    if source.ledger and (order.limit or not order.municipality):
        raise Misconfigured("This list is read whole: name its --municipality, and leave --limit out")
    if not source.ledger and (order.retract_missing or order.missing_ok):
        raise Misconfigured("--retract-missing and --missing-ok are for lists that are told whole, as listan")
    if find_identity(order.file.name):
        raise Misconfigured(
            "Filens namn innehåller en identitetsuppgift; döp om filen / "
            "The file's name holds an identity; rename the file"
        )
    if order.file.is_dir():
        raise Misconfigured(f"{order.file} is a folder; name one file in it")
    if not order.file.is_file():
        raise Misconfigured(f"{order.file} is not there")


def _processes(order: Order, source: Source) -> int:
    """How many share the work. Counting equal rows needs the whole file in one."""
    small = order.file.stat().st_size < SHARED_BYTES or order.limit
    if small or order.dry_run or not source.identity:
        return 1
    return min(PROCESSES, os.cpu_count() or 1)


def merged(reports: list[Report]) -> Report:
    """The reports of all shares as one, refused rows in the order of the file."""
    whole = reports[0]
    for report in reports[1:]:
        whole.events += report.events
        whole.refusals += report.refusals
        whole.passed += report.passed
        whole.early += report.early
        whole.units |= report.units
        whole.refused += report.refused
        whole.examples += report.examples
        whole.notices += [notice for notice in report.notices if notice not in whole.notices]
        for code, until in report.complete_until.items():
            whole.complete_until[code] = max(until, whole.complete_until.get(code, until))
        for code, recorded in report.recorded.items():
            whole.recorded[code] = max(recorded, whole.recorded.get(code, recorded))
    told = [report.recorded_first for report in reports if report.recorded_first]
    whole.recorded_first = min(told, default=None)
    whole.recorded_from = next((r.recorded_from for r in reports if r.recorded_from != "file"), "file")
    whole.refused = sorted(whole.refused, key=lambda refused: refused.line)[:KEPT]
    del whole.examples[EXAMPLES:]
    return whole


def _tell_alive(settings: Settings, source: Source, report: Report) -> None:
    """One sign of life per municipality, made from the file alone: the same file adds nothing."""
    if report.complete_until:
        with Publisher(settings) as publisher:
            for code, until in sorted(report.complete_until.items()):
                made = alive(source, code, until, report.recorded[code])
                publisher.send(made.event, made.raw)


def alive(source: Source, code: str, until: datetime, recorded_at: datetime) -> Made:
    """The source's sign of life: it has told everything that happened in the municipality before `until`."""
    fact = ProducerAlive(source.topic, until, historical=source.historical, max_age_s=source.max_age_s)
    hour = f"{until:%Y%m%dT%H}"  # ten digits alone may be somebody's number: 2201121718
    subject = f"{code}/{fact.KIND}/{source.name}.{hour}"
    event = make(
        fact, id=event_id(subject, "reference.producer-alive"), source=source.name, subject=subject,
        time=until, recordedtime=recorded_at, kommunkod=code, historical=source.historical,
    )  # fmt: skip
    return checked(event, datetime.now(UTC))
