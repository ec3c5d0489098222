"""The access report as HTML: a pure function of what was found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any, Final

from babel.dates import format_date

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.words import WORDS
from schemas.calendar import month_start, next_month
from schemas.municipality import Municipality
from warehouse.audit_check import Broken, Verdict

Row = Mapping[str, Any]
READS: Final = ("read", "export")


@dataclass(frozen=True)
class Report:
    """One municipality and month. sums: by role, page, query, act and purpose; rows: the newest, in full."""

    town: Municipality
    month: date
    now: datetime
    is_current: bool
    towns: tuple[Municipality, ...]
    sums: tuple[Row, ...]
    rows: tuple[Row, ...]
    verdict: Verdict


def content(report: Report) -> str:
    """The whole page."""
    reads = sum(row["times"] for row in report.sums if row["act"] in READS)
    heading = say(
        "a_reads_one" if reads == 1 else "a_reads", n=wording.number(reads), month=_month(report.month)
    )
    return (
        f'<article class="page access" lang="sv"><header><h1>{heading}</h1>'
        f'<p class="lead">{escape(report.town.name)}. {say("a_lead")}</p>{_choice(report)}</header>'
        f"{_chain(report.verdict)}{_cards(report.sums, reads)}"
        f"{_table('a_by_page', report.sums, _SUMS, report)}{_table('a_newest', report.rows, _ROWS, report)}"
        f'<p class="more">{say("a_shown", n=wording.number(len(report.rows)))}</p></article>'
    )


def _choice(report: Report) -> str:
    """Months before and after, and the login's other municipalities, as links: all is in the address."""
    before = month_start(date.fromordinal(report.month.toordinal() - 1))
    after = [] if report.is_current else [next_month(report.month)]
    links = [_link(report.town, month, _month(month)) for month in (before, *after)]
    links += [_link(town, report.month, town.name) for town in report.towns if town != report.town]
    return f'<p class="choice">{" ".join(links)}</p>'


def _link(town: Municipality, month: date, words: str) -> str:
    address = f"/lasningar?kommun={town.code}&amp;manad={month:%Y-%m}"
    return f'<a href="{address}" target="_self">{escape(words)}</a>'


def _chain(verdict: Verdict) -> str:
    """Whether the log is whole, first of all: else nothing below can be trusted."""
    if not verdict.broken:
        words = say("a_whole", rows=wording.number(verdict.rows))
        return f'<p class="chain"><span class="flag good">{words}</span></p>'
    lines = "".join(f"<li>{_broken(fault)}</li>" for fault in verdict.broken)
    return (
        f'<section class="chain broken" role="alert"><h2><span class="flag serious">{say("a_broken")}</span>'
        f"</h2><ul>{lines}</ul><p>{say('a_broken_say')}</p></section>"
    )


def _broken(fault: Broken) -> str:
    return say("a_fault_" + fault.why, number=fault.number, chain=f"<code>{escape(fault.chain[:12])}</code>")


def _cards(sums: Iterable[Row], reads: int) -> str:
    listed = list(sums)
    numbers = (
        ("a_card_reads", reads),
        ("a_card_rows", sum(row["rows_given"] for row in listed if row["act"] in READS)),
        ("a_card_exports", sum(row["times"] for row in listed if row["act"] == "export")),
        ("a_card_refused", sum(row["times"] for row in listed if row["act"] == "refused")),
        ("a_card_logins", sum(row["times"] for row in listed if row["act"] == "login")),
    )
    cards = (
        f'<div class="card"><b>{wording.number(n)}</b><span>{say(key)}</span></div>' for key, n in numbers
    )
    return f'<div class="cards">{"".join(cards)}</div>'


Cell = Callable[[Row, Report], str]


def _table(title: str, rows: Sequence[Row], columns: Sequence[tuple[str, Cell, bool]], report: Report) -> str:
    if not rows:
        return f'<section><h2>{say(title)}</h2><p class="none">{say("nothing_here")}</p></section>'
    head = "".join(f'<th scope="col"{_look(number)}>{say(key)}</th>' for key, _, number in columns)
    lines = "".join(
        f"<tr>{''.join(f'<td{_look(number)}>{cell(row, report)}</td>' for _, cell, number in columns)}</tr>"
        for row in rows
    )
    return (
        f"<section><h2>{say(title)}</h2>"
        f'<div class="scroll" role="region" aria-label="{say(title)}" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div></section>"
    )


def _look(number: bool) -> str:
    return ' class="num"' if number else ""


def _word(table: dict[str, str], name: str) -> Cell:
    return lambda row, _: escape(term(table, row[name])) or "–"


def _number(name: str) -> Cell:
    return lambda row, _: wording.number(row[name])


def _moment(name: str) -> Cell:
    return lambda row, report: wording.when(row[name], report.now, report.town.zone)


def _page(row: Row, _: Report) -> str:
    return escape(str(WORDS.get("w_" + row["page"]) or row["page"] or "–"))


def _query(row: Row, _: Report) -> str:
    return f"<code>{escape(row['query'])}</code>" if row["query"] else "–"


def _actor(row: Row, _: Report) -> str:
    """The beginning tells people apart at a glance; the whole is there for who needs it."""
    return f'<code title="{escape(row["actor"])}">{escape(row["actor"].partition(".")[2][:8])}</code>'


def _filters(row: Row, _: Report) -> str:
    told = json.loads(row["filters"] or "{}")
    shown = {name: value for name, value in told.items() if name not in ("since", "until", "most")}
    return "; ".join(f"{escape(name)} {escape(_plain(value))}" for name, value in shown.items()) or "–"


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _entities(row: Row, _: Report) -> str:
    return "<br>".join(f"<code>{escape(entity)}</code>" for entity in row["entities"]) or "–"


def _month(on: date) -> str:
    return format_date(on, "MMMM y", locale=wording.LOCALE)


_ROLE: Final = ("a_role", _word(terms.ROLES, "role"), False)
_WHY: Final = ("a_purpose", _word(terms.PURPOSES, "purpose"), False)
_WHAT: Final = (
    ("a_act", _word(terms.ACTS, "act"), False), ("a_page", _page, False), ("a_query", _query, False),
)  # fmt: skip
_SUMS: Final[tuple[tuple[str, Cell, bool], ...]] = (
    _ROLE, *_WHAT, _WHY,
    ("a_times", _number("times"), True), ("a_given", _number("rows_given"), True),
    ("a_actors", _number("actors"), True), ("a_last", _moment("last_at"), False),
)  # fmt: skip
_ROWS: Final[tuple[tuple[str, Cell, bool], ...]] = (
    ("c_time", _moment("at"), False), ("a_actor", _actor, False), _ROLE, *_WHAT,
    ("a_filters", _filters, False), ("a_given", _number("row_count"), True), ("a_entities", _entities, False),
    _WHY,
)  # fmt: skip
