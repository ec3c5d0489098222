"""The sum per partition that shows that nothing was lost: offsets seen = archived + duplicates + refused.

Right by construction: each offset is looked up, not counted on the way. What was seen, and what of it said
nothing new, are ranges that cover an offset once however often they are told; archive and refusals name the
offsets themselves. What was found to hold is added to the partition's row and not looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from warehouse.alarms import set_alarm
from warehouse.archive import Place
from warehouse.client import Warehouse
from warehouse.figures import text_of

ALARM: Final = "reconciliation"
EARLIER: Final = timedelta(hours=1)
EVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
STEP: Final = 250_000  # offsets that one look holds in memory


def reconcile(warehouse: Warehouse, folded: Mapping[Place, int], now: datetime, step: int = STEP) -> None:
    """Look at what was folded since the last look, in these partitions; alarm where the sum does not hold.

    folded: up to which offset each partition is written and committed.
    """
    known = {(row["topic"], row["partition"]): row for row in sums(warehouse)}
    for place, end in folded.items():
        _reconcile(warehouse, place, known.get(place), end, now, step)


def sums(warehouse: Warehouse) -> list[dict[str, Any]]:
    """The sum of each partition: see table `reconciled`."""
    return warehouse.rows("SELECT * FROM reconciled FINAL ORDER BY topic, partition")


def _reconcile(
    warehouse: Warehouse, place: Place, known: dict[str, Any] | None, end: int, now: datetime, step: int
) -> None:
    row = known or _begin(warehouse, place)
    if row is None or row["next_offset"] >= end:
        return
    was_broken = bool(row["difference"])
    while row["next_offset"] < end:
        row = _looked(warehouse, place, row, min(end, row["next_offset"] + step))
        if row["difference"]:
            break
    _write(warehouse, row, now)
    if row["difference"] or was_broken:
        set_alarm(warehouse, f"{ALARM}.{place[0]}.{place[1]}", bool(row["difference"]), _words(row), now)


def _begin(warehouse: Warehouse, place: Place) -> dict[str, Any] | None:
    """Where the accounts of a partition begin; None while nothing was told of it."""
    (row,) = warehouse.rows(
        "SELECT count() AS told, min(t.first_offset) AS first FROM offsets_told AS t"
        " WHERE t.topic = {topic:String} AND t.partition = {partition:UInt16} AND t.fate = 'seen'",
        {"topic": place[0], "partition": place[1]},
    )
    nothing = {"seen": 0, "archived": 0, "duplicates": 0, "refused": 0, "difference": 0, "broken_at": 0}
    start = {"first_offset": row["first"], "next_offset": row["first"]}
    return {"topic": place[0], "partition": place[1]} | start | nothing if row["told"] else None


def _looked(warehouse: Warehouse, place: Place, row: dict[str, Any], until: int) -> dict[str, Any]:
    """The sum with the offsets up to `until`; the old one, with the difference, where they do not hold."""
    span = {"topic": place[0], "partition": place[1], "since": row["next_offset"], "until": until}
    found = _found(warehouse, span, row.get("checked_at", EVER) - EARLIER)
    difference = found["seen"] - found["archived"] - found["duplicates"] - found["refused"]
    if found["wrong"]:
        return row | {"difference": difference or found["wrong"], "broken_at": found["broken_at"]}
    counts = {name: row[name] + found[name] for name in ("seen", "archived", "duplicates", "refused")}
    return row | counts | {"next_offset": until, "difference": 0, "broken_at": 0}


def _found(warehouse: Warehouse, span: dict[str, Any], received_since: datetime) -> dict[str, Any]:
    """What became of the offsets. The archive is asked for what came lately, which spares it a reading of
    all; only where something is missing there is it read whole: a crash may have left it there long ago.
    """
    for since in (received_since, EVER):
        (found,) = warehouse.rows(_LOOK, span | {"received_since": text_of(since)})
        if not found["wrong"]:
            break
    return found


def _write(warehouse: Warehouse, row: dict[str, Any], now: datetime) -> None:
    names = ["topic", "partition", "first_offset", "next_offset", "seen", "archived", "duplicates", "refused",
             "difference", "broken_at"]  # fmt: skip
    types = ["String", "UInt16", *["UInt64"] * 6, "Int64", "UInt64"]
    bound = ", ".join(f"{{{name}:{kind}}}" for name, kind in zip(names, types, strict=True))
    warehouse.command(
        f"INSERT INTO reconciled ({', '.join(names)}, checked_at) VALUES ({bound}, "
        "{now:DateTime64(6, 'UTC')})",
        {name: row[name] for name in names} | {"now": text_of(now)},
    )


def _words(row: Mapping[str, Any]) -> tuple[str, str]:
    where, at = f"{row['topic']} {row['partition']}", row["broken_at"]
    return (
        f"Partition {where}: det som lästs går inte ihop med arkivet, från offset {at}",
        f"Partition {where}: what was read does not add up with the archive, from offset {at}",
    )


_LOOK: Final = """
WITH {topic:String} AS of_topic, {partition:UInt16} AS of_partition, {since:UInt64} AS since,
     {until:UInt64} AS until
SELECT countIf(has_seen) AS seen, countIf(in_archive) AS archived,
       countIf(in_refused AND NOT in_archive) AS refused,
       countIf(is_duplicate AND NOT in_archive AND NOT in_refused) AS duplicates,
       countIf(has_seen != (in_archive OR in_refused OR is_duplicate)) AS wrong,
       minIf(place, has_seen != (in_archive OR in_refused OR is_duplicate)) AS broken_at
FROM
(
    SELECT place, max(fate = 1) AS has_seen, max(fate = 2) AS is_duplicate, max(fate = 3) AS in_archive,
           max(fate = 4) AS in_refused
    FROM
    (
        SELECT arrayJoin(range(greatest(t.first_offset, since), least(t.next_offset, until))) AS place,
               if(t.fate = 'seen', 1, 2) AS fate
        FROM offsets_told AS t
        WHERE t.topic = of_topic AND t.partition = of_partition AND t.first_offset < until
          AND t.next_offset > since
        UNION ALL
        SELECT e.offset AS place, 3 AS fate FROM events AS e
        WHERE e.topic = of_topic AND e.partition = of_partition AND e.offset >= since AND e.offset < until
          AND e.received_at >= {received_since:DateTime64(6, 'UTC')}
        UNION ALL
        SELECT r.offset AS place, 4 AS fate FROM refused AS r
        WHERE r.topic = of_topic AND r.partition = of_partition AND r.offset >= since AND r.offset < until
    )
    GROUP BY place
)
"""
