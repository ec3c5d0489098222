"""The placements' work view as HTML: questions, filters, table, and the row's history beside it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Final

from apps import wording
from apps.wording import say
from apps.work import filters, row
from apps.work.address import Address
from apps.work.history import History, as_html
from apps.work.providers import Provider, counted, panel
from apps.work.questions import TILES, Question, answer, asked
from apps.work.row import Placed, named, short
from apps.work.table import Column, flag, ordered, table
from schemas.municipality import Municipality

MOST_SPREAD: Final = 8


@dataclass(frozen=True)
class View:
    """What one look at the placements is made from. counts: of every question under the filters."""

    town: Municipality
    address: Address
    today: date
    counts: Mapping[str, Any]
    rows: Sequence[Placed]
    providers: Sequence[Provider] = field(default=())
    history: History | None = None

    @property
    def question(self) -> Question:
        """The question that is answered."""
        return asked(self.address["visa"])

    @property
    def shown(self) -> list[Placed]:
        """The rows in the asked order."""
        return ordered(self.rows, columns(self.town, self.today, self.address), self.address["ordning"])


def result(view: View) -> str:
    """The answer, its rows, and what stands beside them."""
    if view.address["rad"]:
        aside = as_html(short(view.address["rad"]), view.history, view.address) + _invoices(view)
    else:
        aside = panel(view.providers, view.address, view.today) + _spread(view)
    way = "chosen" if view.address["rad"] else "free"
    parts = [
        f'<section class="rows" aria-label="{say("placements")}">{_rows(view)}</section>',
        f"<aside>{aside}</aside>",
    ]
    ordered_parts = parts[::-1] if view.address["rad"] else parts
    return f'<div class="desk grid {way}">{"".join(ordered_parts)}</div>'


def _rows(view: View) -> str:
    prices = [one.daily_kr for one in view.rows]
    longest = max((one.waits_days for one in view.rows if one.is_waiting), default=0)
    told = answer(view.question, view.counts, longest, prices)
    body = f'<p class="none">{say("nothing_fits")}.</p>'
    if view.rows:
        listed = columns(view.town, view.today, view.address)
        body = table(view.shown, listed, view.address, told, lambda one: one.key == view.address["rad"])
    foot = say("ongoing_on", day=wording.day(view.today))
    return f'<h2>{escape(told)}</h2>{body}<p class="foot">{foot}.</p>'


def questions(view: View) -> str:
    """The questions, each a link with its count."""
    tiles = "".join(
        f"<li{' class=on' if _is_on(tile.main, tile.narrower, view) else ''}>{_way(tile.main, view, 'main')}"
        + (f"<p>{''.join(_way(q, view, 'narrow') for q in tile.narrower)}</p>" if tile.narrower else "")
        + "</li>"
        for tile in TILES
    )
    return f'<nav class="desk questions" aria-label="{say("questions")}"><ul>{tiles}</ul></nav>'


def _is_on(main: Question, narrower: Sequence[Question], view: View) -> bool:
    return view.question in (main, *narrower)


def _way(question: Question, view: View, look: str) -> str:
    here = ' aria-current="page"' if question == view.question else ""
    link = escape(view.address.link(visa="" if question.question == "all" else question.code, rad=""))
    count = wording.number(view.counts[question.count])
    words = f"<b>{count}</b> <span>{escape(question.name)}</span>"
    return f'<a class="{look}" target="_self" href="{link}"{here}>{words}</a>'


def choices(view: View) -> str:
    """The filters."""
    counts, town = view.counts, view.town
    codes = sorted({*counts["providers"], *(one.code for one in view.providers if not one.is_hidden)})
    return filters.form(
        view.address,
        (
            filters.Choice("vardform", "k_care_form", _named(town, "care_form", counts["care_forms"])),
            filters.Choice(
                "malgrupp", "k_target_group", _named(town, "target_group", counts["target_groups"])
            ),
            filters.Choice("utforare", "k_provider", {code: code for code in codes}),
        ),
        kept=("visa", "ort", "ordning", "kommun"),
    )


def _named(town: Municipality, dimension: str, codes: Sequence[str]) -> dict[str, str]:
    """Codes that rows have, in the municipality's order and words."""
    order = list(town.names(dimension))
    return {
        code: wording.capital(named(town, dimension, code))
        for code in sorted(codes, key=lambda code: (order.index(code) if code in order else len(order), code))
    }


def columns(town: Municipality, today: date, address: Address) -> tuple[Column[Placed], ...]:
    """The columns of the table, each with what it is ordered by."""
    return (
        Column("arende", "k_case", lambda one: _link(one, address), lambda one: one.key),
        Column("vem", "k_whom", lambda one: escape(row.whom(one)), _age_order),
        Column("vardform", "k_care_form", lambda one: escape(named(town, "care_form", one.care_form)),
               lambda one: named(town, "care_form", one.care_form)),
        Column("utforare", "k_provider", _provider, lambda one: one.provider or None),
        Column("orsak", "k_cause", lambda one: escape(named(town, "main_cause", one.main_cause)),
               lambda one: named(town, "main_cause", one.main_cause)),
        Column("pris", "k_price", _price, lambda one: one.daily_kr, is_number=True),
        Column("ramavtal", "k_framework", lambda one: escape(row.framework(one)), row.framework),
        Column("avtal", "k_papers", lambda one: flag(*row.papers(one)), _papers_order),
        Column("slut", "k_ends", lambda one: _end(one, today),
               lambda one: one.last_on.toordinal() if one.last_on else None),
    )  # fmt: skip


def _papers_order(one: Placed) -> float:
    """Worst first: none, run out, waiting by age, signed."""
    return {"missing": 0, "ended": 1, "waiting": 2}.get(one.papers, 3) - min(one.waits_days, 9999) / 10_000


def _age_order(one: Placed) -> float | None:
    return None if one.age_band == "unknown" else float(one.age_band.split("-")[0].rstrip("+"))


def _link(one: Placed, address: Address) -> str:
    link = escape(address.link(rad=one.key))
    return f'<a target="_self" href="{link}">{one.short}</a>'


def _provider(one: Placed) -> str:
    where = "" if one.is_hidden else f"<small>{escape(row.place(one))}</small>"
    lacks = f"<small>{flag('attention', counted(one.deficiencies))}</small>" if one.deficiencies else ""
    return escape(row.provider(one)) + where + lacks


def _price(one: Placed) -> str:
    if one.daily_kr is None:
        return say("missing")
    whole = one.daily_kr == int(one.daily_kr)
    extra = f"<small>{say('extra', kr=wording.number(one.extra_kr))}</small>" if one.extra_kr else ""
    return wording.number(one.daily_kr, 0 if whole else 2) + extra


def _end(one: Placed, today: date) -> str:
    look, words = row.ends(one, today)
    if not one.last_on:
        return escape(words)
    return f'<time datetime="{one.last_on.isoformat()}">{flag(look, words)}</time>'


def _invoices(view: View) -> str:
    """The way to the invoices about the row."""
    link = escape(f"/fakturor?kommun={view.town.code}&visa=alla&sok={short(view.address['rad'])}")
    return f'<p><a target="_self" href="{link}">{say("its_invoices")}</a></p>'


def _spread(view: View) -> str:
    """Where the shown rows are and in what form of care, each a way to those rows."""
    town = view.town
    forms = Counter(one.care_form for one in view.rows)
    places = Counter(one.located_in for one in view.rows if one.located_in)
    names = {one.located_in: row.place(one) for one in view.rows if one.located_in}
    lists = _counted(
        say("spread_care_form"), forms, lambda code: named(town, "care_form", code), "vardform", view
    )
    lists += _counted(say("spread_place"), places, lambda code: names[code], "ort", view)
    return lists and f'<div class="spread"><h2>{say("spread")}</h2>{lists}</div>'


def _counted(title: str, counts: Counter[str], name: Callable[[str], str], parameter: str, view: View) -> str:
    if not counts:
        return ""
    items = "".join(
        f'<li><a target="_self" href="{escape(view.address.link(**{parameter: code}))}">'
        f"{escape(wording.capital(name(code)))}</a> <b>{wording.number(n)}</b></li>"
        for code, n in counts.most_common(MOST_SPREAD)
    )
    return f"<h3>{title}</h3><ul>{items}</ul>"
