"""The history of one entity: every version of every fact, as the archive holds it, and how a new one is
judged.

The outcome depends only on what was delivered, never on the order: per id and content it keeps the earliest
and the latest time that the source recorded it; the content recorded last wins, at a tie the smaller hash.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.codec import BEGINNINGS, content_hash
from schemas.envelope import Event, Fact
from schemas.errors import BadEvent

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_OPENING: Final = 0
_ZONES: Final = timedelta(hours=14)  # that a local day may begin before it does in UTC


def micros(instant: datetime) -> int:
    """Microseconds since 1970, UTC, exactly."""
    return (instant - EPOCH) // _MICROSECOND


def reach(at: int, fact: Fact) -> int:
    """The earliest instant that a fact of this time tells of: hours may be granted, ended or booked for days
    long gone by.
    """
    for name in BEGINNINGS[type(fact)]:
        said = getattr(fact, name)
        if said is not None:
            at = min(at, micros(said) if isinstance(said, datetime) else _begun(said))
    return at


def _begun(day: date) -> int:
    """Before the local day begins anywhere."""
    return micros(datetime(day.year, day.month, day.day, tzinfo=UTC) - _ZONES)


class Verdict(Enum):
    """What a delivered event is to its history; all but the two last change the archive."""

    NEW = "new"
    CORRECTION = "correction"
    RETRACTION = "retraction"
    CONFLICT = "conflict"
    CONFIRMATION = "confirmation"
    DUPLICATE = "duplicate"

    @property
    def archived(self) -> bool:
        """Whether the version is written to the archive and the entity folded again."""
        return self not in (Verdict.CONFIRMATION, Verdict.DUPLICATE)


class Living(Struct, gc=False):
    """A fact as it stands today: the winning version of its id, in the order that folds read."""

    occurred_at: int
    fact: Fact
    flaws: tuple[str, ...]


class Version(Living, gc=False):
    """One content of one fact. Times are microseconds since 1970 UTC."""

    id: str
    content_hash: int
    first_recorded: int
    last_recorded: int
    sequence: int
    retracted: bool
    reason: str | None = None


class History(Struct):
    """All versions of all facts of one entity. `archived` counts the archive's rows; it is the row's
    version.
    """

    versions: list[Version]
    archived: int = 0

    def hear(self, event: Event, recorded_at: int) -> tuple[Verdict, int, int]:
        """Judge an event and remember it. Returns the verdict, its content hash, and since when things may
        change.

        BadEvent `id_reused` when the id is known as another type of fact.
        """
        digest, told = content_hash(event), event.id
        rivals = [version for version in self.versions if version.id == told]
        if rivals:  # most facts are told once
            return self._hear_rival(event, recorded_at, digest, rivals)
        self._remember(event, recorded_at, digest)
        return Verdict.NEW, digest, self._since(event, [])

    def _hear_rival(
        self, event: Event, recorded_at: int, digest: int, rivals: list[Version]
    ) -> tuple[Verdict, int, int]:
        for rival in rivals:
            if type(rival.fact) is not type(event.data):
                raise BadEvent(
                    "id_reused", "$.id",
                    "Id:t finns redan för en annan händelsetyp. Ge varje händelse ett eget.",
                    "This id is already another type of event. Give each event its own.",
                )  # fmt: skip
        since = self._since(event, rivals)
        known = next((rival for rival in rivals if rival.content_hash == digest), None)
        if known is not None:
            return self._hear_again(known, rivals, recorded_at), digest, since
        self._remember(event, recorded_at, digest)
        return _first_time(event, rivals, recorded_at), digest, since

    def _since(self, event: Event, rivals: list[Version]) -> int:
        """Since when things may change: since the earliest that any version of the fact tells of. What an
        opening says of its entity (whose it is, of what kind) holds for all of its life, however late it is.
        """
        told = self.versions if event.data.RANK == _OPENING else rivals
        earliest = [reach(version.occurred_at, version.fact) for version in told]
        return min([reach(micros(event.time), event.data), *earliest])

    def _remember(self, event: Event, recorded_at: int, digest: int) -> None:
        self.archived += 1
        self.versions.append(
            Version(
                micros(event.time),
                event.data,
                event.flaws,
                event.id,
                digest,
                recorded_at,
                recorded_at,
                event.sequence,
                event.retracted,
                event.reason,
            )
        )

    def _hear_again(self, known: Version, rivals: list[Version], recorded_at: int) -> Verdict:
        if known.first_recorded <= recorded_at <= known.last_recorded:
            return Verdict.DUPLICATE
        if recorded_at > known.last_recorded and _wins_alone(known, rivals):
            known.last_recorded = recorded_at
            return Verdict.CONFIRMATION
        known.first_recorded = min(known.first_recorded, recorded_at)
        known.last_recorded = max(known.last_recorded, recorded_at)
        self.archived += 1
        return Verdict.CORRECTION

    def recall(self, event: Event, recorded_at: int, digest: int) -> None:
        """Remember a version that the archive holds."""
        for version in self.versions:
            if version.content_hash == digest and version.id == event.id:
                version.first_recorded = min(version.first_recorded, recorded_at)
                version.last_recorded = max(version.last_recorded, recorded_at)
                self.archived += 1
                return
        self._remember(event, recorded_at, digest)

    def confirm(self, event_id: str, digest: int, recorded_at: int) -> None:
        """Remember that the archive heard an unchanged fact again at recorded_at."""
        for version in self.versions:
            if version.content_hash == digest and version.id == event_id:
                version.last_recorded = max(version.last_recorded, recorded_at)

    def living(self) -> tuple[list[Version], bool]:
        """The facts that stand today, ordered by (occurred, sequence, first recorded, rank, id), and
        whether any id has two contents recorded at the same last time (the smaller hash is taken).
        """
        if len({version.id for version in self.versions}) < len(self.versions):
            return self._living_of_rivals()
        standing = [version for version in self.versions if not version.retracted]
        if len(standing) > 1:
            standing.sort(key=lambda v: (v.occurred_at, v.sequence, v.first_recorded, v.fact.RANK, v.id))
        return standing, False

    def took_back_unknown(self) -> bool:
        """Whether a fact was taken back that nobody has told, or not yet."""
        taken = {version.id for version in self.versions if version.retracted}
        return bool(taken) and not taken <= {version.id for version in self.versions if not version.retracted}

    def _living_of_rivals(self) -> tuple[list[Version], bool]:
        best: dict[str, Version] = {}
        first: dict[str, int] = {}
        torn = False
        for version in self.versions:
            rival = best.get(version.id)
            if rival is None:
                best[version.id], first[version.id] = version, version.first_recorded
                continue
            first[version.id] = min(first[version.id], version.first_recorded)
            if _beats(version, rival):
                best[version.id] = version
        if len(best) < len(self.versions):
            torn = any(
                v.last_recorded == best[v.id].last_recorded and v.content_hash != best[v.id].content_hash
                for v in self.versions
            )
        standing = [self._as_frozen(version) for version in best.values() if not version.retracted]
        if len(standing) > 1:
            standing.sort(key=lambda v: (v.occurred_at, v.sequence, first[v.id], v.fact.RANK, v.id))
        return standing, torn

    def _as_frozen(self, version: Version) -> Version:
        """The version with the fields that only a reason may change (`FROZEN`) as they were enrolled; flawed
        where it tried to change one without.
        """
        names = version.fact.FROZEN
        if not names:
            return version
        enrolled = _as_enrolled([rival for rival in self.versions if rival.id == version.id]).fact
        kept = {name: getattr(enrolled, name) for name in names}
        if all(getattr(version.fact, name) == kept[name] for name in names):
            return version
        fact, flaws = replace(version.fact, **kept), (*version.flaws, "cause_changed_without_reason")
        return replace(version, fact=fact, flaws=flaws)


def _as_enrolled(versions: list[Version]) -> Version:
    """The version whose frozen fields count: the last that gives a reason, else the one recorded first."""
    told = [version for version in versions if not version.retracted]
    reasoned = [version for version in told if version.reason is not None]
    if reasoned:
        return max(reasoned, key=lambda v: (v.last_recorded, -v.content_hash))
    return min(told, key=lambda v: (v.first_recorded, v.content_hash))


def _beats(one: Version, other: Version) -> bool:
    return (one.last_recorded, -one.content_hash) > (other.last_recorded, -other.content_hash)


def _wins_alone(known: Version, rivals: list[Version]) -> bool:
    """Whether this content is the latest of its id, and no other is recorded as late."""
    return all(rival is known or rival.last_recorded < known.last_recorded for rival in rivals)


def _first_time(event: Event, rivals: list[Version], recorded_at: int) -> Verdict:
    if any(rival.last_recorded == recorded_at for rival in rivals):
        return Verdict.CONFLICT
    return Verdict.RETRACTION if event.retracted else Verdict.CORRECTION
