"""One share of a file's rows: make events of them, send the good ones, report the bad ones.

A big file has several shares, each with a process of its own: making and sending events is work for a core.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from producers.grouping import Unit, single, subjects
from producers.keyring import Keyring
from producers.publish import Publisher
from producers.readers import read
from producers.rows import Table
from producers.run import Context, Keys, Made, Outcome, Refused, Run
from producers.said import Passed
from producers.source import Source, load
from schemas.codec import event_type
from schemas.envelope import Event
from schemas.errors import BadEvent
from schemas.municipality import municipality
from schemas.settings import Settings

EXAMPLES: Final = 5
KEPT: Final = 1_000  # refusals that the report holds in full; all are counted
BLOCK: Final = 500  # rows or subjects of one share that stand together
Progress = Callable[[int, int], None]


def silent(events: int, refusals: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Order:
    """What the person asked for. limit: only the first rows (or subjects), 0 for all.

    Of a list that is told whole: why rows that are gone are taken back; cells of rows that are rightly gone.
    """

    source: str
    file: Path
    dry_run: bool = False
    municipality: str = ""
    recorded_at: datetime | None = None
    limit: int = 0
    retract_missing: str = ""
    missing_ok: tuple[str, ...] = ()


class Remark(NamedTuple):
    """Something odd in a row that was sent all the same."""

    cell: str
    column: str
    sv: str
    en: str


class Missing(NamedTuple):
    """A row of the last file that this one lacks: where it stood, the beginning of its number's pseudonym."""

    cell: str
    key: str


@dataclass
class Report:
    """What a run did. `events` counts by event type; `refused` holds the first thousand of `refusals`;
    `passed` counts rows that tell no event, by the source's word for why.

    recorded: newest recorded time by municipality; recorded_first: the oldest; recorded_from: who said it,
    `option`, `column`, `file` or the `source`'s function; early: events recorded before they happened;
    units: names of units and the codes they became. Of a list that is told whole: fates of its rows, where
    those stand that changed or are no data, remarks, rows that are missing and were not answered for, and by
    event type what is corrected and taken back.
    """

    source: str
    file: str
    dry_run: bool
    events: Counter[str] = field(default_factory=Counter)
    examples: list[bytes] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    refusals: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    notices: list[tuple[str, str]] = field(default_factory=list)
    historical: bool = False
    complete_until: dict[str, datetime] = field(default_factory=dict)
    recorded: dict[str, datetime] = field(default_factory=dict)
    recorded_first: datetime | None = None
    recorded_from: str = "file"
    early: int = 0
    units: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    fates: Counter[str] = field(default_factory=Counter)
    between: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    corrected: Counter[str] = field(default_factory=Counter)
    taken_back: Counter[str] = field(default_factory=Counter)

    @property
    def sent(self) -> int:
        """Events made; acknowledged by the broker, unless it was a dry run."""
        return sum(self.events.values())

    @property
    def exit_code(self) -> int:
        """1 when any row was refused, or is missing and was not answered for."""
        return 1 if self.refusals or self.missing else 0

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
        self.recorded_first = min(event.recordedtime, self.recorded_first or event.recordedtime)
        if event.recordedtime < event.time <= datetime.now(UTC):  # what lies ahead may well be known before
            self.early += 1

    def refuse(self, refused: Refused) -> None:
        """Count a refusal, and keep it while there is room."""
        self.refusals += 1
        if len(self.refused) < KEPT:
            self.refused.append(refused)


class Share(NamedTuple):
    """Which blocks of the file are meant: those whose number leaves `part` when divided by `parts`."""

    part: int = 0
    parts: int = 1

    def of(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """The units of this share."""
        if self.parts == 1:
            return iter(units)
        return (unit for n, unit in enumerate(units) if n // BLOCK % self.parts == self.part)


WHOLE: Final = Share()


class Sink(Protocol):
    """Where events go: a Publisher, or nowhere."""

    def send(self, event: Event, raw: bytes | None = None, source_ref: str = "") -> None:
        """Take one event."""

    def flush(self) -> None:
        """Wait until all are safe."""


class Nowhere:
    """The sink of a dry run."""

    def send(self, event: Event, raw: bytes | None = None, source_ref: str = "") -> None:
        """Let the event go."""

    def flush(self) -> None:
        """Nothing waits."""


def send(settings: Settings, order: Order, share: Share = WHOLE, progress: Progress = silent) -> Report:
    """Send the share's events, or only say what would be sent, and wait for their acknowledgement.

    Raises Misconfigured (source, key), Unavailable (broker); the report has the file's faults.
    """
    source = load(order.source)
    report = Report(source.name, order.file.name, order.dry_run, historical=source.historical)
    try:
        keys = Keyring(settings.key_folder, source.domain, order.dry_run, report.notices)
        table, made = reading(order, source, keys, report.notices, share)
    except BadEvent as error:
        if share.part == 0:
            report.refuse(Refused(report.file, 0, error.field, "", error.reason, error.sv, error.en))
        return report
    with nullcontext(Nowhere()) if order.dry_run else Publisher(settings) as sink:
        _send(sink, made, report, progress)
        sink.flush()
    report.units = table.units
    report.recorded_from = _recorded_from(order, source, report)
    return report


def _recorded_from(order: Order, source: Source, report: Report) -> str:
    """Who said when the facts were recorded; see `Report`."""
    if order.recorded_at is not None:
        return "option"
    if source.recorded != "export":
        return "column"
    told = {report.recorded_first, *report.recorded.values()} - {None}
    return "file" if told <= {saved_at(order.file)} else "source"


def outcomes(
    order: Order, source: Source, keys: Keys, notices: list[tuple[str, str]], share: Share = WHOLE
) -> Iterator[Outcome]:
    """Every event, refusal and row passed over of the share. BadEvent for a file that cannot be read.

    `keys` gives the key of a municipality; `notices` gets what the sender should know about the file.
    """
    return reading(order, source, keys, notices, share)[1]


def reading(
    order: Order, source: Source, keys: Keys, notices: list[tuple[str, str]], share: Share
) -> tuple[Table, Iterator[Outcome]]:
    """The table and its outcomes; the table learns names of units while they are taken."""
    table, records = read(order.file, source.wanted, source.sheet, source.aliases)
    context = _context(order, keys)
    prepare(table, source, order.municipality, context.now)
    notices += table.notices
    if source.group:
        units = subjects(
            lambda: read(order.file, source.wanted, source.sheet, source.aliases)[1],
            table.index[source.group],
        )
    else:
        units = single(records)
    run = Run(source, table, context)
    return table, run.outcomes(share.of(islice(units, order.limit or None)))


def prepare(table: Table, source: Source, code: str, now: datetime) -> None:
    """What the table needs to read cells: the source's declarations, the day, the municipality's names."""
    table.zone, table.formats, table.missing = source.zone, source.formats, source.missing
    table.today = now.astimezone(source.zone).date()
    if code:
        place = municipality(code)
        table.names = {**place.codes, "unit": place.units}


def _context(order: Order, keys: Keys) -> Context:
    return Context(keys, saved_at(order.file), datetime.now(UTC), order.municipality, order.recorded_at)


def saved_at(file: Path) -> datetime:
    """When the file was written last."""
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _send(sink: Sink, outcomes: Iterator[Outcome], report: Report, progress: Progress) -> None:
    for count, outcome in enumerate(outcomes, 1):
        if isinstance(outcome, Refused):
            report.refuse(outcome)
        elif isinstance(outcome, Passed):
            report.passed[outcome.why] += 1
        else:
            sink.send(outcome.event, outcome.raw, outcome.source_ref)
            report.count(outcome)
        if count % 2_000 == 0:
            progress(report.sent, report.refusals)
    progress(report.sent, report.refusals)
