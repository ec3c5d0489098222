"""The work of `./puls produce`: read a file, make events, send the good, report the bad, say that we live.

Running it again is always safe: ids and contents are the same, so that what is unchanged vanishes in the hub.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from producers import pseudonym
from producers.grouping import single, subjects
from producers.publish import Publisher
from producers.readers import read
from producers.run import Context, Made, Refused, Run, checked
from producers.source import Source, load
from schemas.codec import event_type, make
from schemas.envelope import Event, event_id
from schemas.errors import BadEvent, Misconfigured
from schemas.identity import find_identity
from schemas.municipality import municipality
from schemas.reference import ProducerAlive
from schemas.settings import Settings

EXAMPLES: Final = 5
KEPT: Final = 1_000  # refusals that the report holds in full; all are counted
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Order:
    """What the person asked for. limit: only the first rows (or subjects), 0 for all."""

    source: str
    file: Path
    dry_run: bool = False
    municipality: str = ""
    recorded_at: datetime | None = None
    limit: int = 0


@dataclass
class Report:
    """What a run did. `events` counts by event type; `refused` holds the first thousand of `refusals`."""

    source: str
    file: str
    dry_run: bool
    events: Counter[str] = field(default_factory=Counter)
    examples: list[bytes] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    refusals: int = 0
    notices: list[tuple[str, str]] = field(default_factory=list)
    historical: bool = False
    complete_until: dict[str, datetime] = field(default_factory=dict)
    recorded: dict[str, datetime] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def sent(self) -> int:
        """Events made; acknowledged by the broker, unless it was a dry run."""
        return sum(self.events.values())

    @property
    def exit_code(self) -> int:
        """1 when any row was refused."""
        return 1 if self.refusals else 0

    def count(self, made: Made) -> None:
        """Count an event. Complete until: a closed import its newest event, a live one its newest record."""
        event = made.event
        self.events[event_type(event)] += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(made.raw)
        until = event.time if self.historical else event.recordedtime
        self.complete_until[event.kommunkod] = max(until, self.complete_until.get(event.kommunkod, until))
        known = self.recorded.get(event.kommunkod, event.recordedtime)
        self.recorded[event.kommunkod] = max(event.recordedtime, known)

    def refuse(self, refused: Refused) -> None:
        """Count a refusal, and keep it while there is room."""
        self.refusals += 1
        if len(self.refused) < KEPT:
            self.refused.append(refused)


class Sink(Protocol):
    """Where events go: a Publisher, or nowhere."""

    def send(self, event: Event, raw: bytes | None = None) -> None:
        """Take one event."""

    def flush(self) -> None:
        """Wait until all are safe."""


class _Nowhere:
    """The sink of a dry run."""

    def send(self, event: Event, raw: bytes | None = None) -> None:
        pass

    def flush(self) -> None:
        pass


def produce(settings: Settings, order: Order, progress: Progress = lambda events, refusals: None) -> Report:
    """Send a file's events, or only say what would be sent.

    Raises Misconfigured (source, key, municipality), Unavailable (broker); the report has the file's faults.
    """
    source = load(order.source)
    _judge(order, source)
    report = Report(source.name, order.file.name, order.dry_run, historical=source.historical)
    started = time.monotonic()
    try:
        outcomes = _outcomes(settings, order, source, report)
    except BadEvent as error:
        report.refuse(Refused(report.file, 0, error.field, "", error.reason, error.sv, error.en))
        return report
    with nullcontext(_Nowhere()) if order.dry_run else Publisher(settings) as sink:
        _send(sink, outcomes, report, progress)
        sink.flush()
        if not order.limit:
            _tell_alive(sink, source, report)
    report.seconds = time.monotonic() - started
    return report


def _judge(order: Order, source: Source) -> None:
    if not order.municipality and not source.municipality_column:
        raise Misconfigured("Which municipality? Add --municipality, e.g. --municipality 9901")
    if order.municipality:
        municipality(order.municipality)
    if find_identity(order.file.name):
        raise Misconfigured("The file's name holds an identity; rename the file")
    if not order.file.is_file():
        raise Misconfigured(f"{order.file} is not there")


def _outcomes(settings: Settings, order: Order, source: Source, report: Report) -> Iterator[Made | Refused]:
    table, records = read(order.file, source.wanted, source.sheet)
    table.zone, table.formats, table.missing = source.zone, source.formats, source.missing
    report.notices = table.notices
    run = Run(source, table, _context(settings, order, source, report))
    if source.group:
        units = subjects(lambda: read(order.file, source.wanted, source.sheet)[1], table.index[source.group])
    else:
        units = single(records)
    return run.outcomes(islice(units, order.limit or None))


def _context(settings: Settings, order: Order, source: Source, report: Report) -> Context:
    written = datetime.fromtimestamp(order.file.stat().st_mtime, UTC)
    return Context(
        pseudonymiser=_Keyring(settings.key_folder, source.domain, report),
        exported_at=written, now=datetime.now(UTC),
        municipality=order.municipality, recorded_at=order.recorded_at,
    )  # fmt: skip


@dataclass
class _Keyring:
    """Keys by municipality, read once. For foreign and invented ones a missing key is made and told."""

    folder: Path
    domain: str
    report: Report
    found: dict[str, pseudonym.Pseudonymiser] = field(default_factory=dict)

    def __call__(self, code: str) -> pseudonym.Pseudonymiser:
        if code not in self.found:
            self.found[code] = self._key(code)
        return self.found[code]

    def _key(self, code: str) -> pseudonym.Pseudonymiser:
        path = pseudonym.path_of(self.folder, code, self.domain)
        if path.exists() or (not code.startswith("99") and not self.report.dry_run):
            return pseudonym.load(self.folder, code, self.domain)
        if self.report.dry_run:
            self._tell(f"Nyckel för {code} saknas; provkörningens pseudonymer gäller bara här.",
                       f"No key for {code} yet; pseudonyms of this dry run hold here only.")  # fmt: skip
            return pseudonym.throwaway()
        with suppress(Misconfigured):  # another run was quicker
            pseudonym.create(self.folder, code, self.domain)
        self._tell(f"Nyckeln {path} är skapad; spara en kopia.", f"Made the key {path}; keep a copy.")
        return pseudonym.load(self.folder, code, self.domain)

    def _tell(self, sv: str, en: str) -> None:
        self.report.notices.append((sv, en))


def _send(sink: Sink, outcomes: Iterator[Made | Refused], report: Report, progress: Progress) -> None:
    for count, outcome in enumerate(outcomes, 1):
        if isinstance(outcome, Refused):
            report.refuse(outcome)
        else:
            sink.send(outcome.event, outcome.raw)
            report.count(outcome)
        if count % 2_000 == 0:
            progress(report.sent, report.refusals)
    progress(report.sent, report.refusals)


def _tell_alive(sink: Sink, source: Source, report: Report) -> None:
    """One sign of life per municipality, made from the file alone: the same file adds nothing."""
    for code, until in sorted(report.complete_until.items()):
        made = alive(source, code, until, report.recorded[code])
        sink.send(made.event, made.raw)
    sink.flush()


def alive(source: Source, code: str, until: datetime, recorded_at: datetime) -> Made:
    """The source's sign of life: it has told everything that happened in the municipality before `until`."""
    fact = ProducerAlive(source.topic, until, historical=source.historical, max_age_s=source.max_age_s)
    subject = f"{code}/{fact.KIND}/{source.name}.{until:%Y%m%d%H}"
    event = make(
        fact, id=event_id(subject, "reference.producer-alive"), source=source.name, subject=subject,
        time=until, recordedtime=recorded_at, kommunkod=code, historical=source.historical,
    )  # fmt: skip
    return checked(event, datetime.now(UTC))
