"""The engineer view as HTML: a pure function of plain lists of dicts.

Every number names the command that shows more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final

from apps import places, wording
from apps.engineer_tables import (
    ALARMS,
    FLAWED,
    MOVED,
    SILENT,
    TABLES,
    Column,
    Row,
    cell,
    clock,
    is_quiet,
    look,
)
from apps.wording import say

Rows = list[dict[str, Any]]
STATUS: Final = "./puls status"
REFUSED: Final = "./puls refused list"


@dataclass(frozen=True)
class Health:
    """What was found at `now`; None where it could not be read. failed: what did not answer, and why."""

    now: datetime
    health: Rows | None = None
    alarms: Rows | None = None
    ended: Rows | None = None
    producers: Rows | None = None
    partitions: Rows | None = None
    refused: Rows | None = None
    dealt: Rows | None = None
    flaws: Rows | None = None
    conflicts: Rows | None = None
    figures: Rows | None = None
    screens: Rows | None = None
    processes: Rows | None = None
    proofs: Rows | None = None
    reconciled: Rows | None = None
    failed: tuple[str, ...] = ()


def content(health: Health) -> str:
    """The whole view."""
    faults = "".join(map(fault, health.failed))
    tables = "".join(
        _table(title, getattr(health, name), columns, health.now, command)
        for name, title, columns, command in TABLES
    )
    return (
        f'<article class="page health" lang="sv"><header><h1>{say("engineer")}</h1><p class="lead">'
        f"{say('fetched', when=clock(health.now))}</p></header>{faults}{_cards(health)}{tables}</article>"
    )


def fault(what: str) -> str:
    """What did not answer, and why, in the error's own words."""
    return f'<p class="fault"><span class="flag serious">{say("no_answer", what=_english(what))}</span></p>'


def moved(rows: Rows, now: datetime) -> str:
    """How far a metric's figures moved after they were shown."""
    _, title, columns, command = MOVED
    return f'<article class="page health" lang="sv">{_table(title, rows, columns, now, command)}</article>'


def _english(text: str) -> str:
    """An error's own words, marked as English for those who listen to the page."""
    return f'<span lang="en">{escape(text)}</span>'


def _cards(health: Health) -> str:
    silent = [p for p in health.producers if p["silent"]] if health.producers is not None else None
    heard = [s for s in health.screens if not is_quiet(s, health.now)] if health.screens is not None else None
    numbers = (
        ("e_alarms", _count(health.alarms), 0, ALARMS),
        ("e_lag", _sum(health.partitions, "behind"), 0, "./puls status --json"),
        ("e_refused", _sum(health.refused, "events"), 0, REFUSED),
        (
            "e_flaws",
            *places.counted(health.flaws, "cases"),
            FLAWED,
        ),
        (
            "e_silent",
            *places.counted(silent),
            SILENT,
        ),
        ("e_screens", _count(heard), 0, "./puls logs public"),
    )
    return f'<div class="cards">{"".join(_card(*number) for number in numbers)}</div>'


def _card(key: str, count: int | None, other: int, command: str) -> str:
    """other: how many there are besides among invented municipalities and foreign data."""
    shown = say("missing") if count is None else wording.number(count)
    beside = f'<span class="other">{say("e_other", n=wording.number(other))}</span>' if other else ""
    return f'<div class="card"><b>{shown}</b><span>{say(key)}</span>{beside}{_command(command)}</div>'


def _command(command: str) -> str:
    """Its options are never broken over two lines."""
    words = (escape(word) for word in command.split(" "))
    return f"<code>{' '.join(f'<span>{w}</span>' if w.startswith('--') else w for w in words)}</code>"


def _count(rows: Rows | None) -> int | None:
    return None if rows is None else len(rows)


def _sum(rows: Rows | None, name: str) -> int | None:
    return None if rows is None else sum(row[name] for row in rows)


def _table(title: str, rows: Rows | None, columns: Sequence[Column], now: datetime, command: str) -> str:
    if rows is None:
        body = f'<p class="none">{say("missing")}</p>'
    elif not rows:
        body = f'<p class="none">{say("nothing_here")}</p>'
    else:
        head = "".join(f'<th scope="col"{look(column)}>{say(column.title)}</th>' for column in columns)
        lines = "".join(_group(name, group, columns, now) for name, group in places.apart(rows))
        body = (
            f'<div class="scroll" role="region" aria-label="{say(title)}" tabindex="0">'
            f"<table><thead><tr>{head}</tr></thead>{lines}</table></div>"
        )
    more = f'<p class="more">{say("more_with")} {_command(command)}</p>'
    return f"<section><h2>{say(title)}</h2>{body}{more}</section>"


def _group(name: str, rows: Sequence[Row], columns: Sequence[Column], now: datetime) -> str:
    head = f'<tr class="group"><td colspan="{len(columns)}">{name}</td></tr>' if name else ""
    lines = "".join(f"<tr>{''.join(cell(column, row, now) for column in columns)}</tr>" for row in rows)
    return f"<tbody>{head}{lines}</tbody>"
