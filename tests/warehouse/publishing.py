"""A small town under publication: told event by event, with the clock in the test's hand."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from msgspec.structs import replace

from schemas.cases import ReportReceived
from schemas.codec import make
from schemas.envelope import Event, event_id
from schemas.reference import ProducerAlive
from streams.batch import Batch, decode_all
from streams.history import micros
from streams.memory import Memory
from tests.telling import messages, tell
from warehouse import archive
from warehouse.archive import Position
from warehouse.client import Warehouse
from warehouse.contracts import Contract, load
from warehouse.lease import Lease
from warehouse.publish import Publisher
from warehouse.published import Figure, shown

Figures = dict[str, Figure]


def now_only(name: str) -> Contract:
    """A metric that publishes its figures of now alone: the days and years of it cost seconds."""
    contract = load()[name]
    return replace(contract, publish=tuple(each for each in contract.publish if each.period == "now"))


def publisher(warehouse: Warehouse, *metrics: str, holder: str = "hub") -> Publisher:
    """A publisher of these metrics: all of them would take seconds for each tick."""
    return Publisher(warehouse, Lease(warehouse, holder), metrics)


class Town:
    """Events go in as the worker would write them, at the instant that the test says."""

    def __init__(self, warehouse: Warehouse, code: str = "9999", topic: str = "cases") -> None:
        self.warehouse = warehouse
        self.code = code
        self.topic = topic

    def tell(self, now: datetime, events: Iterable[Event] = (), closed_at: datetime | None = None) -> None:
        """Fold the events, and let the source say that it has told everything until now.

        closed_at: the source is an import that tells until then.
        """
        told = [*events, self._alive(closed_at or now, closed_at is not None)]
        with ThreadPoolExecutor(2) as pool:
            batch = Batch(self.warehouse, Memory(1_000), pool)
            batch.learn_archive()
            assert batch.apply(decode_all(messages(told), now), now).refused == []
        until = micros(now + timedelta(seconds=1))
        archive.write(self.warehouse, [Position(self.topic, 0, len(told), until, 0, 0, 0)])

    def _alive(self, now: datetime, historical: bool) -> Event:
        subject = f"{self.code}/producer/register.{now:%Y%m%d%H}"
        fact = ProducerAlive(self.topic, now, historical=historical)
        return make(
            fact, id=event_id(subject, "alive", now.isoformat()), source="register", subject=subject,
            time=now, recordedtime=now, kommunkod=self.code, historical=historical,
        )  # fmt: skip

    def opened(self, unit: str, count: int, when: datetime) -> list[Event]:
        """So many cases that open in the unit then, of names that nobody else uses."""
        names = [f"{unit}-{when:%d%H%M}-{number}" for number in range(count)]
        return [tell(name, ReportReceived(unit=unit), when, municipality=self.code) for name in names]

    def figures(self, metric: str = "caseload_balance", known_at: datetime | None = None) -> Figures:
        """Shown figures of now by unit; the total under ''."""
        found = shown(self.warehouse, self.code, [metric], known_at=known_at)
        return {
            figure.dimensions.get("unit", ""): figure
            for figure in found
            if figure.period == "now" and figure.dimensions.keys() <= {"unit"}
        }

    def days(self, unit: str, metric: str = "caseload_balance") -> dict[str, float | None]:
        """Shown values of past days of a unit, '' for all."""
        return {
            figure.period_on.isoformat(): figure.value
            for figure in shown(self.warehouse, self.code, [metric])
            if figure.period == "day" and figure.dimensions.get("unit", "") == unit
        }

    def written(self, metric: str = "caseload_balance") -> list[int]:
        """How many rows each run wrote, oldest first; a run that wrote none is 0."""
        rows = self.warehouse.rows(
            "SELECT p.run AS run, countIf(f.run = p.run) AS n FROM publications AS p"
            " LEFT JOIN figures AS f ON f.run = p.run AND f.metric = p.metric"
            " WHERE p.metric = {metric:String} GROUP BY run ORDER BY run",
            {"metric": metric},
        )
        return [row["n"] for row in rows]
