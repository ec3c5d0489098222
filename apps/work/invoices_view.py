"""Invoice control (O2) as HTML: each line charged beside computed, and the line's history. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from apps import wording
from apps.wording import say
from apps.work import filters, invoice_row
from apps.work.address import Address
from apps.work.history import History, as_html
from apps.work.invoice_questions import QUESTIONS, Question, answer, asked
from apps.work.invoice_row import Line, amount, off
from apps.work.table import Column, flag, ordered, table
from schemas.municipality import Municipality


@dataclass(frozen=True)
class View:
    """What one look at the invoices is made from."""

    town: Municipality
    address: Address
    today: date
    counts: Mapping[str, Any]
    rows: Sequence[Line]
    history: History | None = None
    links_placements: bool = False

    @property
    def question(self) -> Question:
        """The question that is answered."""
        return asked(self.address["visa"])

    @property
    def shown(self) -> list[Line]:
        """The lines in the asked order."""
        return ordered(self.rows, columns(self.address, self.links_placements), self.address["ordning"])


def questions(view: View) -> str:
    """The questions, each a link with its count."""
    tiles = "".join(_tile(question, view) for question in QUESTIONS)
    return f'<nav class="desk questions" aria-label="{say("questions")}"><ul>{tiles}</ul></nav>'


def choices(view: View) -> str:
    """The filters."""
    counts = view.counts
    return filters.form(
        view.address,
        (
            filters.Choice("manad", "k_month", {month: _month(month) for month in counts["months"]}),
            filters.Choice("utforare", "k_provider", {code: code for code in counts["providers"]}),
        ),
        kept=("visa", "ordning", "kommun"),
    )


def _tile(question: Question, view: View) -> str:
    is_on = question == view.question
    link = escape(view.address.link(visa="" if question == QUESTIONS[0] else question.code, rad=""))
    words = f"<b>{wording.number(view.counts[question.question])}</b> <span>{escape(question.name)}</span>"
    here = ' aria-current="page"' if is_on else ""
    return (
        f'<li{" class=on" if is_on else ""}><a class=main target=_self href="{link}"{here}>{words}</a></li>'
    )


def _month(month: str) -> str:
    return wording.month(date(int(month[:4]), int(month[5:]), 1))


def result(view: View) -> str:
    """The answer and its lines; beside them the chosen line's history."""
    told = answer(view.question, view.counts)
    body = f'<p class="none">{say("no_line_fits")}.</p>'
    if view.rows:
        listed = columns(view.address, view.links_placements)
        body = table(view.shown, listed, view.address, told, lambda one: one.key == view.address["rad"])
    label = say("invoices")
    rows = f'<section class="rows" aria-label="{label}"><h2>{escape(told)}</h2>{body}{_foot(view)}</section>'
    if not view.address["rad"]:
        return f'<div class="desk">{rows}</div>'
    aside = as_html("F-" + view.address["rad"][:6], view.history, view.address)
    return f'<div class="desk grid chosen"><aside>{aside}</aside>{rows}</div>'


def _foot(view: View) -> str:
    found = view.counts[view.question.question]
    cut = say("i_cut", n=wording.number(len(view.rows)), all=wording.number(found)) + " "
    more = cut if found > len(view.rows) else ""
    return f'<p class="foot">{more}{say("i_foot", day=wording.day(view.today))}</p>'


def columns(address: Address, links_placements: bool) -> tuple[Column[Line], ...]:
    """The columns of the table. links_placements: whether the reader may open the placements."""
    return (
        Column("rad", "k_line", lambda one: _link(one, address), lambda one: one.key),
        Column("arende", "k_case", lambda one: _placement(one, links_placements), lambda one: one.placement),
        Column("utforare", "k_provider", _provider, lambda one: one.provider or None),
        Column("period", "k_period", _period,
               lambda one: one.from_on.toordinal()),
        *_three("dagar", "k_days", "days"),
        *_three("pris", "k_price", "daily_kr"),
        *_three("kr", "k_kr", "kr"),
        Column("status", "k_status", lambda one: flag(*invoice_row.status(one)),
               lambda one: invoice_row.status(one)[1]),
    )  # fmt: skip


def _three(name: str, word: str, about: str) -> tuple[Column[Line], ...]:
    """Charged, computed, and their difference."""
    charged = "amount_kr" if about == "kr" else about

    def of(attribute: str) -> tuple[Any, Any]:
        return (lambda one: amount(getattr(one, attribute)), lambda one: getattr(one, attribute))

    return (
        Column(name, word, *of(charged), is_number=True),
        Column(name + "ber", word + "_computed", *of(f"computed_{about}"), is_number=True),
        Column(name + "avv", word + "_off", lambda one: _off(getattr(one, f"{about}_off")),
               lambda one: getattr(one, f"{about}_off"), is_number=True),
    )  # fmt: skip


def _off(value: float | None) -> str:
    is_off = value is not None and abs(value) > invoice_row.SMALL
    return f'<b class="off">{off(value)}</b>' if is_off else off(value)


def _link(one: Line, address: Address) -> str:
    return f'<a target="_self" href="{escape(address.link(rad=one.key))}">{one.short}</a>'


def _placement(one: Line, linked: bool) -> str:
    if not one.is_placed:
        return f"{one.placement}<small>{say('placement_unknown')}</small>"
    if not linked:
        return one.placement
    return f'<a target="_self" href="/placeringar?rad={one.placement_key}">{one.placement}</a>'


def _period(one: Line) -> str:
    return f'<span class="whole">{escape(invoice_row.period(one))}</span>'


def _provider(one: Line) -> str:
    return say("concealed") if one.is_hidden else escape(one.provider or say("missing"))
