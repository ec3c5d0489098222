"""Alarms: what a person should look at. Raised by worker and publisher, shown in the engineer view and by
`./puls status`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from schemas.calendar import zone
from warehouse.client import Warehouse
from warehouse.figures import text_of

Text = tuple[str, str]
"""Swedish and English."""

REFUSED: Final = "refused."
SWEDEN: Final = zone("Europe/Stockholm")
_SATURDAY: Final = 5


def raise_alarm(warehouse: Warehouse, name: str, text: Text, now: datetime) -> None:
    """Raise an alarm with its text in Swedish and English; raising it again renews its time."""
    _write(warehouse, name, "raised", text, now)


def set_alarm(warehouse: Warehouse, name: str, on: bool, text: Text, now: datetime) -> None:
    """Raise the alarm or say that it is over; nothing is written while its state stays."""
    rows = warehouse.rows(
        "SELECT state FROM alarms WHERE name = {name:String} ORDER BY changed_at DESC LIMIT 1", {"name": name}
    )
    was_on = bool(rows) and rows[0]["state"] == "raised"
    if on != was_on:
        _write(warehouse, name, "raised" if on else "over", text, now)


def since(text: Text, at: datetime, local: ZoneInfo = SWEDEN) -> Text:
    """The text with since when, in local time."""
    when = at.astimezone(local)
    return f"{text[0]} (sedan {when:%Y-%m-%d kl. %H.%M})", f"{text[1]} (since {when:%Y-%m-%d %H:%M})"


def refused_since(warehouse: Warehouse, name: str, topic: str, reason: str) -> tuple[int, datetime]:
    """How many events of the topic were refused for the reason since the alarm was last over, and when the
    first was. The instant means nothing where there are none.
    """
    (row,) = warehouse.rows(_REFUSED, {"name": name, "topic": topic, "reason": reason})
    return row["events"], row["first_at"]


def end_refused(warehouse: Warehouse, now: datetime) -> None:
    """End the alarms of refused events that a working day has brought no new ones to."""
    for row in warehouse.rows(_RAISED, {"prefix": REFUSED}):
        if now >= after_a_working_day(row["last_at"].astimezone(SWEDEN)):
            _write(warehouse, row["name"], "over", (row["text_sv"], row["text_en"]), now)


def after_a_working_day(local: datetime) -> datetime:
    """When a whole working day (Monday to Friday; holidays count as such) has passed, in local time."""
    if local.weekday() >= _SATURDAY:
        monday = local + timedelta(days=7 - local.weekday())
        local = monday.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = local + timedelta(days=1)
    return ends + timedelta(days=2) if ends.weekday() == _SATURDAY else ends


def _write(warehouse: Warehouse, name: str, state: str, text: Text, now: datetime) -> None:
    warehouse.command(
        "INSERT INTO alarms (name, state, text_sv, text_en, changed_at) VALUES "
        "({name:String}, {state:String}, {sv:String}, {en:String}, {now:DateTime64(6, 'UTC')})",
        {"name": name, "state": state, "sv": text[0], "en": text[1], "now": text_of(now)},
    )


_REFUSED: Final = """
SELECT count() AS events, min(r.refused_at) AS first_at FROM refused AS r FINAL
WHERE r.topic = {topic:String} AND r.reason = {reason:String} AND r.refused_at >
    (SELECT max(a.changed_at) FROM alarms AS a WHERE a.name = {name:String} AND a.state = 'over')
"""

_RAISED: Final = """
SELECT a.name AS name, argMax(a.state, a.changed_at) AS state, argMax(a.text_sv, a.changed_at) AS text_sv,
       argMax(a.text_en, a.changed_at) AS text_en, max(a.changed_at) AS last_at
FROM alarms AS a WHERE startsWith(a.name, {prefix:String}) GROUP BY name HAVING state = 'raised'
"""
