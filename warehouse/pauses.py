"""Partitions that wait for a person: said in a table, so that a restart or a rebalance forgets no pause,
every worker hears of a resumption, and one can be told while no worker runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from warehouse.alarms import Text, clear_alarm
from warehouse.archive import Place
from warehouse.client import Warehouse

ALARM: Final = "paused"
WORKER: Final = "worker"


def paused(warehouse: Warehouse) -> set[Place]:
    """Topic and partition of all that wait now."""
    return {(row["topic"], row["partition"]) for row in warehouse.rows(_PAUSED)}


def pause(warehouse: Warehouse, place: Place, role: str = WORKER) -> None:
    """Say that the partition waits."""
    _write(warehouse, place, True, role)


def resume(warehouse: Warehouse, places: Iterable[Place], role: str, now: datetime) -> None:
    """Say that the partitions go on, and clear their alarms."""
    for place in places:
        _write(warehouse, place, False, role)
        clear_alarm(warehouse, alarm(place), now, role)


def alarm(place: Place) -> str:
    """The name of the alarm of a partition that waits."""
    return f"{ALARM}.{place[0]}.{place[1]}"


def words(place: Place) -> Text:
    """What the alarm says."""
    where = f"{place[0]} {place[1]}"
    return (
        f"Partition {where} ger för många fel och väntar",
        f"Partition {where} gives too many bad events and waits",
    )


def _write(warehouse: Warehouse, place: Place, is_paused: bool, role: str) -> None:
    warehouse.command(
        "INSERT INTO pauses (topic, partition, paused, role) VALUES"
        " ({topic:String}, {partition:UInt16}, {paused:UInt8}, {role:String})",
        {"topic": place[0], "partition": place[1], "paused": int(is_paused), "role": role},
    )


_PAUSED: Final = """
SELECT p.topic AS topic, p.partition AS partition FROM pauses AS p
GROUP BY topic, partition HAVING argMax(p.paused, p.said_at) = 1
"""
