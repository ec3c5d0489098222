"""What the work views need to know before they ask: until when their topic is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from apps import reading, wording
from apps.wording import say
from schemas.calendar import local_day
from schemas.municipality import Municipality
from warehouse.client import Warehouse
from warehouse.watermark import Watermark, watermarks


@dataclass(frozen=True)
class Told:
    """Until when, of one municipality. mark: None where no source has told of the topic."""

    town: Municipality
    mark: Watermark | None
    now: datetime

    @property
    def at(self) -> datetime:
        """The instant that rows are asked for."""
        return self.mark.as_of if self.mark else self.now

    @property
    def today(self) -> date:
        """Its local day; midnight belongs to the day before."""
        return wording.last_day(self.at, self.town.zone)

    @property
    def open_day(self) -> date:
        """The local day that is not over: what is counted by the day is counted until then."""
        return local_day(self.at, self.town.zone)

    @property
    def parameters(self) -> dict[str, Any]:
        """For queries that ask for an instant and a day."""
        return {"at": self.at, "today": self.today, "zone": self.town.time_zone}

    @property
    def words(self) -> str:
        """`Uppgifter till kl. 16.04`."""
        if self.mark is None:
            return say("told_unknown")
        key = "history_until" if self.mark.historical else "told_until"
        return say(key, when=wording.when(self.at, self.now, self.town.zone))


def told(town: Municipality, now: datetime, topic: str = "placements") -> Told:
    """Asks the warehouse until when a topic is told. Raises HubError when it does not answer."""
    store = cast(Warehouse, reading.source().store)
    return Told(town, watermarks(store).get(town.code, {}).get(topic), now)
