"""Writes down why figures of complete periods were changed by a run, when it is published: the public screens
see the published layer alone, and what a count of events may say is decided once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

import pyarrow as pa

from schemas.codec import BEGINNINGS
from schemas.municipality import Municipality
from schemas.registry import EVENTS
from warehouse.causes import Change, Revision, Told, end_of, revised_periods, revision
from warehouse.client import Warehouse
from warehouse.compute import Slot
from warehouse.contracts import Contract
from warehouse.figures import text_of
from warehouse.privacy import Key

SLACK: Final = timedelta(seconds=5)
"""A batch is written a little after its own clock reading: what the run before could not see yet."""
_SCHEMA: Final = pa.schema(
    [("run", pa.uint64()), ("municipality", pa.string()), ("metric", pa.string()), ("audience", pa.string()),
     ("period", pa.string()), ("period_on", pa.date32()), ("from_version", pa.uint16()),
     ("masked", pa.uint32()), ("moved", pa.uint32()), ("corrections", pa.uint32()), ("late", pa.uint32()),
     ("known_at", pa.timestamp("us", tz="UTC")), ("epoch", pa.uint64())]
)  # fmt: skip


class Before(NamedTuple):
    """The run that was shown until now: since when, how the world was told then, and the metric's version."""

    known_at: datetime
    as_of: datetime
    version: int


class After(NamedTuple):
    """The run that shows something else."""

    number: int
    now: datetime
    epoch: int


class Revised:
    """Finds and writes the revisions of one municipality."""

    def __init__(self, warehouse: Warehouse, place: Municipality) -> None:
        self._warehouse = warehouse
        self._place = place
        self._window: tuple[datetime, datetime] | None = None
        self._told: dict[str, Told] = {}

    def write(
        self, contract: Contract, changes: Mapping[tuple[Slot, Key], Change], before: Before, after: After
    ) -> None:
        """Revisions of the periods that were complete before and are told otherwise now."""
        zone, versions = self._place.zone, (before.version, contract.version)
        about = {(slot.period, slot.on) for slot, _ in changes if slot.period != "now"}
        over = {each for each in about if end_of(*each, zone) <= before.as_of}
        told = (((slot.period, slot.on), change) for (slot, _), change in changes.items())
        found = revised_periods(((each, change) for each, change in told if each in over), versions)
        if not found:
            return
        meanwhile = self._told_between(contract, (before.known_at - SLACK, after.now))
        rows = [revision(each, causes, meanwhile, versions) for each, causes in sorted(found.items())]
        self._warehouse.insert_arrow("revisions", self._table(contract, rows, after))

    def _told_between(self, contract: Contract, window: tuple[datetime, datetime]) -> Told:
        """What was told of the topics that the metric needs; metrics of one beat ask the same."""
        if self._window != window:
            self._window, self._told = window, {}
        for topic in contract.needs:
            if topic not in self._told:
                self._told[topic] = self._ask(topic, window)
        told = [self._told[topic] for topic in contract.needs]
        return Told(_sum([one.corrected for one in told]), _sum([one.late for one in told]))

    def _ask(self, topic: str, window: tuple[datetime, datetime]) -> Told:
        names = sorted({name for fact in EVENTS if topic == fact.TOPIC for name in BEGINNINGS[fact]})
        asked = {
            "topic": topic, "municipality": self._place.code, "zone": self._place.time_zone, "names": names,
            "since": text_of(window[0]), "until": text_of(window[1]),
        }  # fmt: skip
        rows = self._warehouse.rows(_TOLD, asked)
        return Told({row["day"]: row["corrected"] for row in rows}, {row["day"]: row["late"] for row in rows})

    def _table(self, contract: Contract, rows: Sequence[Revision], after: After) -> pa.Table:
        common: dict[str, Any] = {
            "run": after.number, "municipality": self._place.code, "metric": contract.name,
            "audience": contract.audience, "known_at": after.now, "epoch": after.epoch,
        }  # fmt: skip
        return pa.Table.from_pylist([row._asdict() | common for row in rows], schema=_SCHEMA)


def _sum(counts: Sequence[Mapping[date, int]]) -> dict[date, int]:
    days = {day for one in counts for day in one}
    return {day: sum(one.get(day, 0) for one in counts) for day in days}


_TOLD: Final = """
SELECT toDate32(toTimeZone(from_at, {zone:String})) AS day, countIf(NOT is_new) AS corrected,
       countIf(is_new) AS late
FROM
(
    SELECT min(earliest) AS from_at, min(heard_at) > {since:DateTime64(6, 'UTC')} AS is_new
    FROM
    (
        SELECT entity, id, min(received_at) AS heard_at,
               arrayMap(name -> JSONExtractString(any(body), 'data', name), {names:Array(String)}) AS said,
               arrayMap(text -> parseDateTime64BestEffortOrNull(text, 6, 'UTC'), said) AS days,
               arrayMin(arrayConcat([any(occurred_at)],
                                    arrayMap(at -> assumeNotNull(at), arrayFilter(at -> at IS NOT NULL, days))
               )) AS earliest
        FROM events
        WHERE topic = {topic:String} AND (entity, id) IN
        (
            SELECT entity, id FROM events
            WHERE topic = {topic:String} AND municipality = {municipality:String}
              AND received_at > {since:DateTime64(6, 'UTC')} AND received_at <= {until:DateTime64(6, 'UTC')}
              AND splitByChar('/', entity)[2] != 'producer'
        )
        GROUP BY entity, id, recorded_at, content_hash
    )
    GROUP BY entity, id
    HAVING max(heard_at) > {since:DateTime64(6, 'UTC')}
)
GROUP BY day
"""
"""Versions written twice count from their earliest receipt, as the archive keeps them in the end."""
