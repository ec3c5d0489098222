"""How long an event takes at a trickle: sent, then seen in the case's row, then in an engineer's figure."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from producers.publish import Publisher
from schemas.cases import ReportReceived
from schemas.codec import make
from schemas.envelope import Event, event_id
from schemas.settings import Settings
from tests.bench.ground import Ground, child
from tests.bench.load import CODE, UNITS, pseudonym
from tests.bench.ours import WORKER
from warehouse.client import Warehouse, connect
from warehouse.contracts import contract
from warehouse.figures import at_instants

PROBED: Final = "probed"
_ASK_AGAIN_S: Final = 0.02
_TOGETHER: Final = 10  # events that the trickle hands over at once
_PATIENCE_S: Final = 60


class Latency(NamedTuple):
    """Seconds from an event's sending until it was seen. Sorted."""

    rows: list[float]
    figures: list[float]


def quantile(told: Sequence[float], share: float) -> float:
    """The value that this share of the sorted values does not exceed."""
    return told[min(len(told) - 1, int(len(told) * share))]


def measured(ground: Ground, per_s: int, seconds: int) -> Latency:
    """Probes, one after the other, among a trickle of other cases."""
    settings = ground.fresh("latency", "live")
    warehouse = connect(settings)
    over = threading.Event()
    with child(WORKER, settings), Publisher(settings) as probes:
        trickle = threading.Thread(target=_trickle, args=(settings, per_s, over))
        trickle.start()
        try:
            _probe(warehouse, probes, 0)  # the first waits for the worker's start
            found = _probe_for(warehouse, probes, seconds)
        finally:
            over.set()
            trickle.join()
    return found


def _probe_for(warehouse: Warehouse, probes: Publisher, seconds: int) -> Latency:
    until = time.monotonic() + seconds
    rows: list[float] = []
    figures: list[float] = []
    while time.monotonic() < until:
        row, figure = _probe(warehouse, probes, len(rows) + 1)
        rows.append(row)
        figures.append(figure)
        time.sleep(random.random() * 0.2)  # not in step with the worker's beat
    return Latency(sorted(rows), sorted(figures))


def _trickle(settings: Settings, per_s: int, over: threading.Event) -> None:
    began, number = time.monotonic(), 0
    with Publisher(settings) as publisher:
        while not over.is_set():
            for _ in range(_TOGETHER):
                publisher.send(_opened(f"trickle{number}", UNITS[number % len(UNITS)]))
                number += 1
            publisher.flush()
            time.sleep(max(0.0, began + number / per_s - time.monotonic()))


def _opened(name: str, unit: str) -> Event:
    now = datetime.now(UTC)
    subject = f"{CODE}/case/{pseudonym('latency', 0)[:-12]}{name[-12:]:a>12}"
    return make(
        ReportReceived(unit=unit), id=event_id(subject, "opened"), source="bench", subject=subject, time=now,
        recordedtime=now, kommunkod=CODE,
    )  # fmt: skip


def _probe(warehouse: Warehouse, probes: Publisher, number: int) -> tuple[float, float]:
    event = _opened(f"probe{number}", PROBED)
    sent = time.monotonic()
    probes.send(event)
    probes.flush()
    row = _seen(sent, lambda: _has_row(warehouse, event.subject))
    return row, _seen(sent, lambda: _balance(warehouse) > number)


def _seen(since: float, ask: Callable[[], bool]) -> float:
    while not ask():
        if time.monotonic() - since > _PATIENCE_S:
            raise RuntimeError(f"not seen after {_PATIENCE_S} s")
        time.sleep(_ASK_AGAIN_S)
    return time.monotonic() - since


def _has_row(warehouse: Warehouse, entity: str) -> bool:
    return bool(
        warehouse.rows(
            "SELECT 1 FROM cases WHERE municipality = {code:String} AND entity = {entity:String} LIMIT 1",
            {"code": CODE, "entity": entity},
        )
    )


def _balance(warehouse: Warehouse) -> float:
    rows = at_instants(warehouse, contract("caseload_balance"), CODE, [datetime.now(UTC)], by=("unit",))
    return next((row.value or 0 for row in rows if row.dimensions["unit"] == PROBED), 0)
