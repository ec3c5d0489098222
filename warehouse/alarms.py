"""Alarms: what a person should look at. Raised and cleared by worker and publisher, acknowledged by a person,
shown in the engineer view and by `./puls status`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from schemas.calendar import zone
from schemas.errors import Misconfigured
from warehouse import alarm_kinds
from warehouse.client import Warehouse
from warehouse.figures import text_of

Text = tuple[str, str]
"""Swedish and English."""

REFUSED: Final = "refused."
HUB: Final = "hub"
PASSING: Final = {"history": timedelta(days=1)}
"""Kinds that tell of what has happened: how long after it happened last they stay on."""
SWEDEN: Final = zone("Europe/Stockholm")
_SATURDAY: Final = 5


def raise_alarm(warehouse: Warehouse, name: str, text: Text, now: datetime) -> None:
    """Raise an alarm with its text in Swedish and English; raising it again renews its time."""
    _write(warehouse, name, "raised", text, now)


def set_alarm(warehouse: Warehouse, name: str, on: bool, text: Text, now: datetime) -> None:
    """Raise the alarm or clear it; nothing is written while it stays on (acknowledged or not) or off."""
    if on != (_newest(warehouse, name) is not None):
        _write(warehouse, name, "raised" if on else "cleared", text, now)


def clear_alarm(warehouse: Warehouse, name: str, now: datetime, role: str = HUB) -> bool:
    """Clear the alarm, with the text that it has; False where it is not on."""
    return _follow(warehouse, name, "cleared", now, role)


def acknowledge(warehouse: Warehouse, name: str, now: datetime, role: str) -> bool:
    """Say that somebody looks at it. It stays on until it is cleared; False where it is not on."""
    return _follow(warehouse, name, "acknowledged", now, role)


def is_on(warehouse: Warehouse, name: str) -> bool:
    """Whether it is raised, acknowledged or not."""
    return _newest(warehouse, name) is not None


def on(warehouse: Warehouse, prefix: str) -> set[str]:
    """Names of the alarms that are on, acknowledged or not, and begin so."""
    return {row["name"] for row in warehouse.rows(_RAISED, {"prefix": prefix})}


def _follow(warehouse: Warehouse, name: str, state: str, now: datetime, role: str) -> bool:
    found = _newest(warehouse, name)
    if found is not None:
        at = max(now, found["changed_at"] + timedelta(microseconds=1))  # another machine's clock may be ahead
        _write(warehouse, name, state, (found["text_sv"], found["text_en"]), at, role)
    return found is not None


def _newest(warehouse: Warehouse, name: str) -> dict[str, Any] | None:
    """The newest row of an alarm that is on."""
    rows = warehouse.rows(
        "SELECT * FROM alarms WHERE name = {name:String} ORDER BY changed_at DESC LIMIT 1", {"name": name}
    )
    return rows[0] if rows and rows[0]["state"] != "cleared" else None


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


def end_old(warehouse: Warehouse, now: datetime) -> None:
    """End the alarms of refused events that a working day has brought no new ones to, or that are all dealt
    with; and those of what has passed (`PASSING`) and has not happened again.
    """
    for row in warehouse.rows(_RAISED, {"prefix": ""}):
        if _is_over(warehouse, row["name"], row["last_at"], now):
            _write(warehouse, row["name"], "cleared", (row["text_sv"], row["text_en"]), now)


def _is_over(warehouse: Warehouse, name: str, last_at: datetime, now: datetime) -> bool:
    if name.startswith(REFUSED):
        is_old = now >= after_a_working_day(last_at.astimezone(SWEDEN))
        return is_old or not _is_left(warehouse, name)
    stays = PASSING.get(alarm_kinds.kind(name))
    return stays is not None and now - last_at > stays


def _is_left(warehouse: Warehouse, name: str) -> bool:
    _, topic, reason = name.split(".", 2)
    sql = (
        "SELECT 1 FROM refused_now AS r WHERE r.topic = {topic:String} AND r.reason = {reason:String}"
        " AND r.status IN ('open', 'waiting') LIMIT 1"
    )
    return bool(warehouse.rows(sql, {"topic": topic, "reason": reason}))


def after_a_working_day(local: datetime) -> datetime:
    """When a whole working day (Monday to Friday; holidays count as such) has passed, in local time."""
    if local.weekday() >= _SATURDAY:
        monday = local + timedelta(days=7 - local.weekday())
        local = monday.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = local + timedelta(days=1)
    return ends + timedelta(days=2) if ends.weekday() == _SATURDAY else ends


def _write(warehouse: Warehouse, name: str, state: str, text: Text, now: datetime, role: str = HUB) -> None:
    if alarm_kinds.kind(name) not in alarm_kinds.TO_DO:
        raise Misconfigured(f"alarm {name}: warehouse/alarm_kinds.py does not say what to do about it")
    warehouse.command(
        "INSERT INTO alarms (name, state, text_sv, text_en, changed_at, role) VALUES ({name:String}, "
        "{state:String}, {sv:String}, {en:String}, {now:DateTime64(6, 'UTC')}, {role:String})",
        {"name": name, "state": state, "sv": text[0], "en": text[1], "now": text_of(now), "role": role},
    )


_REFUSED: Final = """
SELECT count() AS events, min(r.refused_at) AS first_at FROM refused AS r FINAL
WHERE r.topic = {topic:String} AND r.reason = {reason:String} AND r.refused_at >
    (SELECT max(a.changed_at) FROM alarms AS a WHERE a.name = {name:String} AND a.state = 'cleared')
"""

_RAISED: Final = """
SELECT a.name AS name, argMax(a.state, a.changed_at) AS state, argMax(a.text_sv, a.changed_at) AS text_sv,
       argMax(a.text_en, a.changed_at) AS text_en, maxIf(a.changed_at, a.state = 'raised') AS last_at
FROM alarms AS a WHERE startsWith(a.name, {prefix:String}) GROUP BY name HAVING state != 'cleared'
"""
