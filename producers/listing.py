"""Sends a list that is told whole each time: judge its rows, compare it with the last file, keep the ledger.

Nothing is dropped: every row has a fate, and a row that was there last time and is gone is asked about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, get_args

from producers import ledger as ledgers
from producers.comparing import Comparison
from producers.fates import Sheet
from producers.judging import Judged, judged
from producers.keyring import Keyring
from producers.ledger import Fate, Import, Ledger
from producers.publish import Publisher
from producers.run import Context, Made, Refused
from producers.share import Missing, Nowhere, Order, Progress, Remark, Report, prepare, saved_at
from producers.sheets import read_list
from producers.source import Source
from schemas.codes import CorrectionReason
from schemas.errors import BadEvent, Misconfigured
from schemas.settings import Settings

MANY: Final = 10  # so many rows gone, and more than half of all: the file is likely the wrong one or damaged
NAMED: Final = (
    "changed",
    "title",
    "heading",
    "section",
    "sum",
    "unread",
    "double",
    "older",
)  # told with their addresses


@dataclass
class Work:
    """What a file comes to: the report, the events to send, and the ledger as it should be afterwards."""

    report: Report
    events: list[Made]
    ledger: Ledger


def send_list(settings: Settings, source: Source, order: Order, progress: Progress) -> Report:
    """Send the list's events, or only say what would be sent, and keep its ledger.

    Raises Misconfigured (key, ledger, an older file, an answer about missing rows), Unavailable (broker).
    """
    path = ledgers.path_of(settings.home, order.municipality, source.name)
    with nullcontext() if order.dry_run else ledgers.alone(path):
        work = worked_out(settings, source, order, datetime.now(UTC))
        if work.ledger.rows and not order.dry_run:
            ledgers.save(path, work.ledger)
        _send(settings, order, work, progress)
    recorded = _recorded(order)
    work.report.complete_until = work.report.recorded = {order.municipality: recorded} if work.events else {}
    work.report.recorded_from = "option" if order.recorded_at else "file"
    return work.report


def worked_out(settings: Settings, source: Source, order: Order, now: datetime) -> Work:
    """Judge the file and compare it with the ledger; nothing is sent or written. Raises Misconfigured."""
    report = Report(source.name, order.file.name, order.dry_run)
    keys = Keyring(settings.key_folder, source.domain, order.dry_run, report.notices)
    context = Context(keys, saved_at(order.file), now, order.municipality, order.recorded_at)
    path = ledgers.path_of(settings.home, order.municipality, source.name)
    kept = ledgers.load(path, source.name, order.municipality, keys(order.municipality).key_id)
    digest = sha256(order.file.read_bytes()).hexdigest()
    _demand_newer(kept, _recorded(order), digest)
    try:
        sheets = read_list(order.file, source, report.notices)
    except BadEvent as error:
        report.refuse(Refused(report.file, 0, error.field, "", error.reason, error.sv, error.en))
        kept.rows = []
        return Work(report, [], kept)
    _prepare(sheets, source, order, now)
    rows = judged(sheets, source, context)
    comparison = Comparison(kept, _recorded(order), now)
    events = [made for row in rows for made in comparison.tell(row)]
    _settle_missing(comparison, order, rows, report)
    events += comparison.retractions()
    _report(report, sheets, rows)
    report.corrected, report.taken_back = comparison.corrected, comparison.taken_back
    report.notices += [*_own_codes(sheets), *_many_missing(comparison, report)]
    kept.rows = [Fate(row.sheet, row.number, row.fate, row.key, row.hash) for row in rows]
    kept.imports.append(Import(digest, _recorded(order), now, dict(report.fates)))
    return Work(report, events, kept)


def _recorded(order: Order) -> datetime:
    """When what is new or changed in the file counts as recorded."""
    return order.recorded_at or saved_at(order.file)


def _demand_newer(kept: Ledger, recorded: datetime, digest: str) -> None:
    """Misconfigured for another file that is not newer than the last: its changes would lose, or undo."""
    if kept.imports and kept.imports[-1].sha256 != digest and recorded <= kept.imports[-1].recorded:
        last = kept.imports[-1].recorded
        raise Misconfigured(
            f"The file was saved {recorded:%Y-%m-%d %H:%M:%S} UTC, not after the last one that was read "
            f"({last:%Y-%m-%d %H:%M:%S}): an older copy? If it is right, say its time with --recorded-at"
        )


def _prepare(sheets: Sequence[Sheet], source: Source, order: Order, now: datetime) -> None:
    for sheet in sheets:
        prepare(sheet.table, source, order.municipality, now)


def _settle_missing(comparison: Comparison, order: Order, rows: Sequence[Judged], report: Report) -> None:
    """Acknowledge or retract what the person said so; the rest is asked about."""
    missing = comparison.missing()
    unknown = set(order.missing_ok) - {known.cell for known in missing.values()}
    if unknown:
        raise Misconfigured(
            f"No row is missing from {', '.join(sorted(unknown))}; the report names those that are"
        )
    for key, known in missing.items():
        if known.cell in order.missing_ok:
            known.absent = True
            report.fates["missing_ok"] += 1
        elif order.retract_missing:
            _demand_sure(comparison, rows)
            comparison.retract(known, _reason(order.retract_missing))
            report.fates["retracted"] += 1
        else:
            report.missing.append(Missing(known.cell, key.partition(".")[2][:8]))
            report.fates["missing"] += 1


def _reason(text: str) -> CorrectionReason:
    reasons: tuple[CorrectionReason, ...] = get_args(CorrectionReason)
    found = next((reason for reason in reasons if reason == text), None)
    if found is None:
        raise Misconfigured(f"--retract-missing needs a reason: {', '.join(reasons)}")
    return found


def _demand_sure(comparison: Comparison, rows: Sequence[Judged]) -> None:
    """Misconfigured where rows may only seem to be missing."""
    if any(row.fate == "refused" and not row.key for row in rows):
        raise Misconfigured("Some rows have no number, so they may be the missing ones: mend those first")
    gone, all_known = (
        len(comparison.missing()),
        sum(known.stands for known in comparison.ledger.known.values()),
    )
    if gone > MANY and 2 * gone > all_known:
        raise Misconfigured(
            f"{gone} of {all_known} rows are gone: is the file damaged or another one? Nothing is "
            "taken back; acknowledge rows one by one with --missing-ok"
        )


def _report(report: Report, sheets: Sequence[Sheet], rows: Sequence[Judged]) -> None:
    """Count the fates, and tell refusals, remarks and what lies between the rows."""
    report.fates += Counter(row.fate for row in rows)
    between: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for refused in row.refused:
            report.refuse(refused)
        if row.fate in NAMED:
            between[row.fate].append(f"{row.sheet}!{row.number}" if row.sheet else str(row.number))
    report.between = dict(between)
    report.remarks = [remark for sheet in sheets for remark in _remarks(sheet)]
    for sheet in sheets:
        report.units |= sheet.table.units


def _own_codes(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """A notice for each column whose texts became codes, because the municipality has no list of them."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for sheet in sheets:
        for column, found in sheet.table.own_codes.items():
            codes[column] |= found
    for column, found in codes.items():
        yield (
            f"{column}: {len(found)} texter blev egna koder: kommunens inställningar har ingen lista.",
            f"{column}: {len(found)} texts became codes: the municipality's settings have no list.",
        )


def _many_missing(comparison: Comparison, report: Report) -> Iterator[tuple[str, str]]:
    gone, before = len(report.missing), len(report.missing) + len(comparison.seen)
    if gone > MANY and 2 * gone > before:
        yield (
            f"{gone} rader från förra filen saknas: är filen skadad eller en annan? Inget togs tillbaka.",
            f"{gone} rows of the last file are missing: damaged, or another file? Nothing was taken back.",
        )


def _remarks(sheet: Sheet) -> Iterator[Remark]:
    table = sheet.table
    for (number, column, sv), en in table.remarks.items():
        yield Remark(table.address(number, column) or f"rad/line {number}", column, sv, en)


def _send(settings: Settings, order: Order, work: Work, progress: Progress) -> None:
    report = work.report
    with nullcontext(Nowhere()) if order.dry_run else Publisher(settings) as sink:
        for count, made in enumerate(work.events, 1):
            sink.send(made.event, made.raw, made.source_ref)
            report.count(made)
            if count % 2_000 == 0:
                progress(report.sent, report.refusals)
        sink.flush()
