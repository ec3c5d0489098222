"""Alarms: what a person should look at. Raised by worker and publisher, shown in the engineer view."""

from __future__ import annotations

from datetime import datetime

from warehouse.client import Warehouse


def raise_alarm(warehouse: Warehouse, name: str, text: tuple[str, str], now: datetime) -> None:
    """Raise an alarm with its text in Swedish and English; raising it again renews its time."""
    _write(warehouse, name, "raised", text, now)


def end_alarm(warehouse: Warehouse, name: str, text: tuple[str, str], now: datetime) -> None:
    """Say that the alarm is over."""
    _write(warehouse, name, "over", text, now)


def _write(warehouse: Warehouse, name: str, state: str, text: tuple[str, str], now: datetime) -> None:
    warehouse.command(
        "INSERT INTO alarms (name, state, text_sv, text_en, changed_at) VALUES "
        "({name:String}, {state:String}, {sv:String}, {en:String}, {now:DateTime64(6)})",
        {"name": name, "state": state, "sv": text[0], "en": text[1], "now": now},
    )
