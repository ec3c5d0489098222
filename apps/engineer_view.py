"""The engineer view as HTML: a pure function of plain lists of dicts.

Every number names the command that shows more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final

from apps import places, proofs, terms, wording
from apps.terms import term
from apps.wording import say
from schemas.calendar import zone

Rows = list[dict[str, Any]]
Row = Mapping[str, Any]
Cell = Callable[[Row, datetime], str]
SWEDEN: Final = zone("Europe/Stockholm")
STATUS: Final = "./puls status"
SILENT: Final = "./puls figures producer_freshness --municipality KOD --by source"
FLAWED: Final = "./puls figures flawed_cases --municipality KOD --by flaw"
QUIET_SCREEN_S: Final = 120
STUCK_ROTATION_S: Final = 300
OLD_FIGURE_S: Final = 900


@dataclass(frozen=True)
class Health:
    """What was found at `now`; None where it could not be read. failed: what did not answer, and why."""

    now: datetime
    alarms: Rows | None = None
    producers: Rows | None = None
    partitions: Rows | None = None
    refused: Rows | None = None
    flaws: Rows | None = None
    conflicts: Rows | None = None
    figures: Rows | None = None
    screens: Rows | None = None
    processes: Rows | None = None
    proofs: Rows | None = None
    failed: tuple[str, ...] = ()


def content(health: Health) -> str:
    """The whole view."""
    faults = "".join(
        f'<p class="fault"><span class="flag serious">{say("no_answer", what=_english(what))}</span></p>'
        for what in health.failed
    )
    tables = "".join(
        _table(title, getattr(health, name), columns, health.now, command)
        for name, title, columns, command in _TABLES
    )
    return (
        f'<article class="page health" lang="sv"><header><h1>{say("engineer")}</h1><p class="lead">'
        f"{say('fetched', when=_clock(health.now))}</p></header>{faults}{_cards(health)}{tables}</article>"
    )


def _english(text: str) -> str:
    """An error's own words, marked as English for those who listen to the page."""
    return f'<span lang="en">{escape(text)}</span>'


def _cards(health: Health) -> str:
    silent = [p for p in health.producers if p["silent"]] if health.producers is not None else None
    heard = (
        [s for s in health.screens if not _is_quiet(s, health.now)] if health.screens is not None else None
    )
    numbers = (
        ("e_alarms", _count(health.alarms), 0, STATUS),
        ("e_lag", _sum(health.partitions, "behind"), 0, "./puls status --json"),
        ("e_refused", _sum(health.refused, "events"), 0, "./puls logs worker"),
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


def _table(title: str, rows: Rows | None, columns: Sequence[_Column], now: datetime, command: str) -> str:
    if rows is None:
        body = f'<p class="none">{say("missing")}</p>'
    elif not rows:
        body = f'<p class="none">{say("nothing_here")}</p>'
    else:
        head = "".join(f'<th scope="col"{_look(column)}>{say(column.title)}</th>' for column in columns)
        lines = "".join(_group(name, group, columns, now) for name, group in places.apart(rows))
        body = (
            f'<div class="scroll" role="region" aria-label="{say(title)}" tabindex="0">'
            f"<table><thead><tr>{head}</tr></thead>{lines}</table></div>"
        )
    more = f'<p class="more">{say("more_with")} {_command(command)}</p>'
    return f"<section><h2>{say(title)}</h2>{body}{more}</section>"


def _group(name: str, rows: Sequence[Row], columns: Sequence[_Column], now: datetime) -> str:
    head = f'<tr class="group"><td colspan="{len(columns)}">{name}</td></tr>' if name else ""
    lines = "".join(f"<tr>{''.join(_cell(column, row, now) for column in columns)}</tr>" for row in rows)
    return f"<tbody>{head}{lines}</tbody>"


@dataclass(frozen=True)
class _Column:
    title: str
    cell: Cell
    number: bool = False


def _cell(column: _Column, row: Row, now: datetime) -> str:
    return f"<td{_look(column)}>{column.cell(row, now)}</td>"


def _look(column: _Column) -> str:
    return ' class="num"' if column.number else ""


def _text(name: str) -> Cell:
    return lambda row, _: "–" if row.get(name) in (None, "") else escape(str(row[name]))


def _number(name: str) -> Cell:
    return lambda row, _: wording.number(row[name]) if row.get(name) is not None else "–"


def _word(name: str, table: dict[str, str]) -> Cell:
    return lambda row, _: escape(term(table, row[name]))


def _ago(name: str, nothing: str = "never") -> Cell:
    """How long ago, never a bare time: an age is what an engineer looks for."""

    def cell(row: Row, now: datetime) -> str:
        if row.get(name) is None:
            return say(nothing)
        return say("ago", age=wording.duration((now - row[name]).total_seconds()))

    return cell


def _moment(name: str) -> Cell:
    return lambda row, now: wording.when(row[name], now, SWEDEN) if row.get(name) is not None else "–"


def _clock(now: datetime) -> str:
    return wording.clock(now, SWEDEN) + f".{now.second:02d}"


def _flag(look: str, words: str) -> str:
    return f'<span class="flag {look}">{escape(words)}</span>'


def _producer(row: Row, _: datetime) -> str:
    if row["historical"]:
        return _flag("rest", say("historical"))
    if row["silent"]:
        return _flag("serious", say("silent", limit=wording.duration(row["max_age_s"])))
    return _flag("good", say("alive"))


def _figure(row: Row, now: datetime) -> str:
    if row["state"] == "held":
        return _flag("attention", say("held_because", reason=row["reason"]))
    old = not row["historical"] and (now - row["as_of"]).total_seconds() > OLD_FIGURE_S
    return _flag("rest" if row["historical"] else "attention" if old else "good", say("published"))


def _is_quiet(row: Row, now: datetime) -> bool:
    return bool((now - row["seen_at"]).total_seconds() > QUIET_SCREEN_S)


def _wall(row: Row, now: datetime) -> str:
    if _is_quiet(row, now):
        return _flag("serious", say("unheard"))
    turned = row.get("rotated_at")
    if turned is not None and (row["seen_at"] - turned).total_seconds() > STUCK_ROTATION_S:
        return _flag("attention", say("stopped"))
    return _flag("good", say("alive"))


def _process(row: Row, _: datetime) -> str:
    going = row["state"] == "running"
    return _flag("good" if going else "serious", say("running" if going else "not_running"))


def _proof(row: Row, now: datetime) -> str:
    return _flag(*proofs.state(row, now))


def _pointer(row: Row, _: datetime) -> str:
    return escape(f"{row['topic']}/{row['partition']}/{row['offset']}")


def _place(row: Row, _: datetime) -> str:
    return escape(places.named(row))


_TABLES: Final = (
    ("alarms", "e_alarms", (
        _Column("c_what", _text("text_sv")), _Column("c_time", _ago("changed_at")),
    ), STATUS),
    ("producers", "e_producers", (
        _Column("c_municipality", _place), _Column("c_source", _text("source")),
        _Column("c_heard", _ago("told_at")), _Column("c_complete", _moment("complete_until")),
        _Column("c_state", _producer),
    ), SILENT),
    ("partitions", "e_partitions", (
        _Column("c_topic", _text("topic")), _Column("c_partition", _text("partition")),
        _Column("c_end", _number("end"), True), _Column("c_folded", _number("folded"), True),
        _Column("c_behind", _number("behind"), True), _Column("c_complete", _moment("told_until")),
    ), "./puls status --json"),
    ("refused", "e_reasons", (
        _Column("c_reason", _word("reason", terms.REASONS)), _Column("c_field", _text("field")),
        _Column("c_count", _number("events"), True), _Column("c_newest", _ago("newest_at")),
        _Column("c_pointer", _pointer), _Column("c_retry", _moment("retry_until")),
    ), "./puls logs worker"),
    ("flaws", "e_flaw_kinds", (
        _Column("c_municipality", _place), _Column("c_flaw", _word("flaw", terms.FLAWS)),
        _Column("c_count", _number("cases"), True),
    ), FLAWED),
    ("conflicts", "e_conflicts", (
        _Column("c_municipality", _place), _Column("c_kind", _text("kind")),
        _Column("c_count", _number("entities"), True),
    ), FLAWED),
    ("figures", "e_figures", (
        _Column("c_municipality", _place), _Column("c_metric", _text("metric")),
        _Column("c_audience", _word("audience", terms.AUDIENCES)), _Column("c_shown", _ago("known_at")),
        _Column("c_as_of", _moment("as_of")), _Column("c_state", _figure),
    ), "./puls figures caseload_balance --municipality KOD --published"),
    ("screens", "e_walls", (
        _Column("c_screen", _text("screen")), _Column("c_municipality", _place),
        _Column("c_page", _text("page")),
        _Column("c_heard", _ago("seen_at")),
        _Column("c_as_of", _moment("data_at")), _Column("c_rotated", _ago("rotated_at", "stays")),
        _Column("c_state", _wall),
    ), "./puls logs public"),
    ("proofs", "e_proofs", (
        _Column("c_what", lambda row, _: escape(proofs.name(row))), _Column("c_last", _ago("at")),
        _Column("c_state", _proof),
    ), "./puls verify"),
    ("processes", "e_processes", (
        _Column("c_process", _text("name")), _Column("c_state", _process),
        _Column("c_pid", _text("pid"), True),
        _Column("c_memory", _number("resident_mb"), True), _Column("c_restarts", _number("restarts"), True),
    ), "./puls logs"),
)  # fmt: skip
