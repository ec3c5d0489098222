"""A list beside what it told the last time: what is new, what changed, what is gone.

What is unchanged is made byte for byte as before, with the time and the reason that it was sent with; what
changed is a correction with its reason; a fact that a row no longer tells is taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from producers.judging import Judged
from producers.ledger import Known, Ledger, Told
from producers.run import Made, checked
from schemas.codec import content_hash, event_type, make
from schemas.codes import CorrectionReason
from schemas.envelope import Event, Fact
from schemas.registry import BY_TYPE

CHANGED: Final[CorrectionReason] = "changed_at_source"


@dataclass
class Comparison:
    """One file against a ledger, which learns what is told. recorded: the time of what is new or changed.

    corrected, taken_back: how many facts of each type this file changes.
    """

    ledger: Ledger
    recorded: datetime
    now: datetime
    seen: set[str] = field(default_factory=set)
    corrected: Counter[str] = field(default_factory=Counter)
    taken_back: Counter[str] = field(default_factory=Counter)

    def tell(self, row: Judged) -> list[Made]:
        """The events to send for a row, whose fate becomes sent, unchanged or changed."""
        if row.key:
            self.seen.add(row.key)
        if not row.made:
            return []
        known = self.ledger.known.get(row.key)
        before = known.facts if known else {}
        facts = {made.event.id: self._told(made.event, before.get(made.event.id)) for made in row.made}
        events = [self._event(made, facts[made.event.id]) for made in row.made]
        gone = {id: self._taken_back(told, CHANGED) for id, told in before.items() if id not in facts}
        row.fate = "unchanged" if {**facts, **gone} == before else "changed" if known else "sent"
        self.ledger.known[row.key] = Known(row.address, {**facts, **gone})
        where = row.made[0].source_ref
        return events + [self._retraction(id, told, where) for id, told in gone.items()]

    def missing(self) -> dict[str, Known]:
        """Rows that the ledger knows, that still stand, and that this file does not have."""
        return {
            key: known
            for key, known in self.ledger.known.items()
            if key not in self.seen and known.stands and not known.absent
        }

    def retract(self, known: Known, reason: CorrectionReason) -> None:
        """Take back everything that a row has told."""
        known.facts = {id: self._taken_back(told, reason) for id, told in known.facts.items()}

    def retractions(self) -> Iterator[Made]:
        """What is taken back of rows that are gone, also what was so before: it is told again as it was."""
        for key, known in self.ledger.known.items():
            if key not in self.seen:
                yield from (self._retraction(id, told) for id, told in known.facts.items() if told.retracted)

    def _told(self, event: Event, before: Told | None) -> Told:
        digest = content_hash(event)
        if before is None:
            return Told(event.subject, event_type(event), digest, self.recorded, event.reason)
        if before.hash == digest and not before.retracted:
            return before
        self.corrected[event_type(event)] += 1
        return Told(event.subject, event_type(event), digest, self._later(before), CHANGED)

    def _taken_back(self, told: Told, reason: CorrectionReason) -> Told:
        if told.retracted:
            return told
        self.taken_back[told.type] += 1
        return msgspec.structs.replace(told, recorded=self._later(told), reason=reason, retracted=True)

    def _later(self, before: Told) -> datetime:
        """When a change counts as recorded: after what it changes, also where codes changed, no file."""
        if self.recorded > before.recorded:
            return self.recorded
        return max(self.now, before.recorded + timedelta(seconds=1))

    def _event(self, made: Made, told: Told) -> Made:
        if (told.recorded, told.reason) == (made.event.recordedtime, made.event.reason):
            return made
        event = msgspec.structs.replace(made.event, recordedtime=told.recorded, reason=told.reason)
        return checked(event, self.now, made.source_ref)

    def _retraction(self, id: str, told: Told, where: str = "") -> Made:
        subject = told.subject
        event = make(
            blank(BY_TYPE[told.type], subject, told.recorded),
            id=id,
            source=self.ledger.source,
            subject=subject,
            time=told.recorded,
            recordedtime=told.recorded,
            kommunkod=self.ledger.municipality,
            retracted=True,
            reason=told.reason,
        )
        return checked(event, self.now, where)


def blank(fact: type[Fact], subject: str, at: datetime) -> Fact:
    """The least that a fact of this type can say: what is taken back says nothing, and we kept none of it."""
    values = {f.encode_name: _blank(f.type, subject, at) for f in _required(fact)}
    return msgspec.convert(values, fact, strict=False)


def _required(fact: type[Fact]) -> list[Any]:
    described: Any = msgspec.inspect.type_info(fact)
    return [one for one in described.fields if one.required]


def _blank(described: Any, subject: str, at: datetime) -> Any:
    if isinstance(described, msgspec.inspect.Metadata):
        pattern = (described.extra_json_schema or {}).get("pattern", "")
        return subject.rsplit("/", 1)[1] if "{43}" in pattern else _blank(described.type, subject, at)
    if isinstance(described, msgspec.inspect.LiteralType):
        return described.values[0]
    if isinstance(described, msgspec.inspect.DateType):
        return at.date()
    if isinstance(described, msgspec.inspect.DateTimeType):
        return at
    if isinstance(described, (msgspec.inspect.IntType, msgspec.inspect.FloatType)):
        return described.ge or 0
    if isinstance(described, msgspec.inspect.BoolType):
        return False
    return "unknown"
