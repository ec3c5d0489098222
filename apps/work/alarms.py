"""The work view of device alarms (O5) as a Streamlit page. Asks by itself every few seconds.

What waits is read from the entity rows at once; silent devices change by the hour and are asked for by the
minute. One watch per session says when a refresh is a row in the audit log (`apps/access/watch.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import streamlit as st

from apps import styles
from apps.access.reader import Reader, reader
from apps.access.watch import Watch
from apps.work import address, alarm_row, alarms_view, asking, history
from apps.work.address import Address
from apps.work.alarm_questions import asked
from apps.work.alarms_view import View
from apps.work.header import header
from schemas.municipality import Municipality, municipality

PAGE: Final = "larm"
REFRESH_S: Final = 5
BESIDE_S: Final = 60


class Look:
    """One run of the page: who reads, what the address asks for, and as of when."""

    def __init__(self, read: Reader, wanted: Address, watch: Watch, now: datetime) -> None:
        self._read = read
        self._watch = watch
        self.wanted = wanted
        self.now = now
        self.town: Municipality = municipality(read.municipality(wanted["kommun"] or None))

    @property
    def towns(self) -> tuple[str, ...]:
        """Codes that the login may choose among."""
        return self._read.municipalities

    def counts(self) -> View:
        """How many alarms each question has."""
        return View(self.town, self.wanted, self._ask("alarm_counts", self._filters)[0])

    def rows(self) -> View:
        """The alarms that answer the question, with the counts of the same moment."""
        question = {"question": asked(self.wanted["visa"]).question}
        found = self._ask("alarms", self._filters | question)
        return View(self.town, self.wanted, self.counts().counts, [alarm_row.read(row) for row in found])

    def beside(self) -> str:
        """Silent devices and those to fill; the chosen alarm's history where one is chosen."""
        place = self.town, self.wanted
        if not self.wanted["rad"]:
            unit = {"unit": self.wanted["enhet"]}
            active = self._ask("device_counts", unit)[0]["active"]
            found = [alarm_row.silent(row) for row in self._ask("silent_devices", unit)]
            late = self._ask("unfilled_devices", unit | {"zone": self.town.time_zone})
            return alarms_view.silent(found, active, place, [alarm_row.unfilled(row) for row in late])
        key = {"key": self.wanted["rad"]}
        events = self._ask("alarm_history", key)
        others = [alarm_row.earlier(row) for row in self._ask("alarm_earlier", key)]
        return alarms_view.past(history.read(events, self.town, has_clock=True), others, place)

    @property
    def _filters(self) -> dict[str, Any]:
        wanted = self.wanted
        return {"unit": wanted["enhet"], "about": wanted["orsak"], "search": wanted.search}

    def _ask(self, query: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        told = parameters | {"at": self.now}
        return self._read.watched(query, told, self._watch, municipality=self.town.code)


def page() -> None:
    """What the address asks for, and nothing else; the table and what stands beside it each by its timer."""
    st.html(styles.sheets("work.css", "alarms.css"))
    _again(REFRESH_S, _above)
    with st.container(key="beside"):
        _again(REFRESH_S, _rows)
        _again(REFRESH_S if _look().wanted["rad"] else BESIDE_S, _beside)


def _rows(look: Look) -> None:
    st.html(alarms_view.rows(look.rows()))


def _beside(look: Look) -> None:
    st.html(look.beside())


def _above(look: Look) -> None:
    told = asking.told(look.town, look.now, "devices")
    view = look.counts()
    st.html(alarms_view.age_of(told) + header("alarms", look.town, alarms_view.fetched(told), look.towns))
    st.html(alarms_view.questions(view))
    st.html(alarms_view.choices(view))


def _again(every_s: int, show: Callable[[Look], None]) -> None:
    """Show it now and every so many seconds."""

    @st.fragment(run_every=every_s)
    def live() -> None:
        show(_look())

    live()


def _look() -> Look:
    watch: Watch = st.session_state.setdefault(PAGE, Watch())
    return Look(reader(PAGE), address.read(st.query_params.to_dict()), watch, datetime.now(UTC))
