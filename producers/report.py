"""A run of `produce` in words, Swedish and English, and as JSON for programs. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Final

import msgspec

from producers.report_list import rows_in_words
from producers.run import Refused
from producers.share import Report
from producers.units import rewritten

_ORIGINS: Final = {
    "option": "--recorded-at",
    "column": "källans kolumn / the source's column",
    "file": "filens tid / the file's time",
    "source": "källans funktion / the source's function",
}


_UNITS: Final = 20  # rewritten names of units that are shown


def to_json(report: Report) -> str:
    """The whole report as one JSON object; examples are the events themselves."""
    told = asdict(report) | {
        "events": dict(report.events),
        "passed": dict(report.passed),
        "fates": dict(report.fates),
        "corrected": dict(report.corrected),
        "taken_back": dict(report.taken_back),
        "sent": 0 if report.dry_run else report.sent,
        "examples": [msgspec.Raw(raw) for raw in report.examples],
        "exit_code": report.exit_code,
    }
    return msgspec.json.encode(told).decode()


def as_text(report: Report, most: int | None = 20) -> str:
    """The report for a person; `most` refused rows, all where it is None."""
    return "\n".join(_lines(report, most))


def _lines(report: Report, most: int | None) -> Iterator[str]:
    for sv, en in report.notices:
        yield f"! {sv}\n  {en}"
    if report.dry_run:
        yield from _examples(report)
    yield from _counts(report)
    for refused in report.refused[:most]:
        yield _refusal(refused)
    hidden = report.refusals - len(report.refused[:most])
    if hidden:
        yield f"… och {hidden} till (-v visar fler) / and {hidden} more (-v shows more)"
    yield from rows_in_words(report, most)
    yield _verdict(report)


def _examples(report: Report) -> Iterator[str]:
    yield "Så här skulle händelserna se ut / The first events as they would be sent:"
    for raw in report.examples:
        yield msgspec.json.format(raw, indent=2).decode()


def _counts(report: Report) -> Iterator[str]:
    for name, count in sorted(report.events.items()):
        yield f"{count:>10,}  {name}"
    yield from _passed(report)
    for code, until in sorted(report.complete_until.items()):
        yield f"{code}: allt före {until:%Y-%m-%d %H:%M:%S} UTC är med / everything before that is told"
    if report.recorded_first:
        yield from _recorded(report, report.recorded_first)
    if told := rewritten(report.units):
        shown = ", ".join(f"{name} → {code}" for name, code in sorted(told.items())[:_UNITS])
        yield f"Enhetskoder/unit codes: {shown}" + (f", … ({len(told)})" if len(told) > _UNITS else "")


def _passed(report: Report) -> Iterator[str]:
    """How many rows told no event, and why: none vanishes in silence."""
    if report.passed:
        yield f"{report.passed.total():,} rader som inte är någon händelse / rows that tell no event:"
        for why, count in report.passed.most_common():
            yield f"{count:>10,}  {why}"


def _recorded(report: Report, first: datetime) -> Iterator[str]:
    """When the facts count as recorded and who said so: a changed cell with the same time is a conflict."""
    span = " – ".join(f"{at:%Y-%m-%d %H:%M:%S}" for at in sorted({first, max(report.recorded.values())}))
    yield f"Noterat/recorded: {span} UTC ({_ORIGINS[report.recorded_from]})"
    if report.recorded_from != "option":
        sv, en = (
            "Ändrad fil med samma tid? Ange --recorded-at",
            "A changed file with the same time? Say --recorded-at",
        )
        yield f"    {sv} / {en}"


def place(refused: Refused) -> str:
    """Where the row stands: file, line or Excel cell, column."""
    parts = [refused.file]
    if refused.line:
        parts.append(refused.cell or f"rad/line {refused.line}")
    if refused.column:
        parts.append(refused.column)
    return ", ".join(parts)


def _refusal(refused: Refused) -> str:
    return f"✗ {place(refused)} [{refused.reason}]\n    {refused.sv}\n    {refused.en}"


def _verdict(report: Report) -> str:
    bad = _refused_rows(report)
    if report.dry_run:
        sv, en = "Provkörning: inget skickat", "dry run: nothing sent"
        return f"{sv} / {en}; {report.sent:,} händelser/events, {bad}"
    speed = report.sent / report.seconds if report.seconds else 0
    return (
        f"{report.sent:,} händelser skickade och kvitterade / events sent and acknowledged "
        f"({report.seconds:.1f} s, {speed:,.0f}/s), {bad}"
    )


def _refused_rows(report: Report) -> str:
    """How many rows were refused; of a list, where a row may have several faults, both are told."""
    if not report.fates:
        return f"{report.refusals:,} nekade rader/rows refused"
    return f"{report.fates['refused']:,} nekade rader/rows refused ({report.refusals:,} fel/faults)"
