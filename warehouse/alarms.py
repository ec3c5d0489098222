"""Alarms: what a person should look at. Raised by worker and publisher, shown in the engineer view."""

from __future__ import annotations

from datetime import datetime

from warehouse.client import Warehouse
from warehouse.figures import text_of


def raise_alarm(warehouse: Warehouse, name: str, text: tuple[str, str], now: datetime) -> None:
    """Raise an alarm with its text in Swedish and English; raising it again renews its time."""
    _write(warehouse, name, "raised", text, now)


def set_alarm(warehouse: Warehouse, name: str, on: bool, text: tuple[str, str], now: datetime) -> None:
    """Raise the alarm or say that it is over; nothing is written while its state stays."""
    rows = warehouse.rows(
        "SELECT state FROM alarms WHERE name = {name:String} ORDER BY changed_at DESC LIMIT 1", {"name": name}
    )
    was_on = bool(rows) and rows[0]["state"] == "raised"
    if on != was_on:
        _write(warehouse, name, "raised" if on else "over", text, now)


def _write(warehouse: Warehouse, name: str, state: str, text: tuple[str, str], now: datetime) -> None:
    warehouse.command(
        "INSERT INTO alarms (name, state, text_sv, text_en, changed_at) VALUES "
        "({name:String}, {state:String}, {sv:String}, {en:String}, {now:DateTime64(6, 'UTC')})",
        {"name": name, "state": state, "sv": text[0], "en": text[1], "now": text_of(now)},
    )
