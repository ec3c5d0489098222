"""A quarter's report of decisions not carried out as HTML: to whom, what, when delivered, and the history of
one of its decisions. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from apps import wording
from apps.wording import say
from apps.work import filters
from apps.work.address import Address
from apps.work.history import History, as_html
from apps.work.table import flag
from apps.work.unexecuted_report import NUMBERS, Report, Row, quarter_name, words
from schemas.codes import ReportTo
from warehouse.quarters import Quarter
from warehouse.unexecuted import Delivery

DAYS: Final = frozenset({"started", "done", "ended"})
ADDRESSES: Final[dict[ReportTo, str]] = {"ivo": "ivo", "auditors": "revisorer", "council": "fullmaktige"}


@dataclass(frozen=True)
class View:
    """What one look is made from. offered: quarters that are over, newest first; sees_all: every unit's
    decisions, without which it is no report to give away; refused: a quarter that was asked for in vain.
    """

    address: Address
    report: Report
    offered: tuple[Quarter, ...]
    deliveries: tuple[Delivery, ...]
    today: date
    sees_all: bool = True
    refused: str = ""
    history: History | None = None

    @property
    def to(self) -> ReportTo:
        """The receiver."""
        return self.report.to

    @property
    def is_shown(self) -> bool:
        """Whether the table is shown: sums of some units beside those of all would tell what is hidden."""
        return self.sees_all or self.to != "council"


def receiver(address: Address) -> ReportTo:
    """To whom the address asks for; IVO where it does not say."""
    return next((to for to, code in ADDRESSES.items() if code == address["mottagare"]), "ivo")


def receivers(view: View) -> str:
    """Each receiver a link, with when its report was delivered."""
    tiles = "".join(_tile(delivery, view) for delivery in view.deliveries)
    return f'<nav class="desk questions three" aria-label="{say("u_receivers")}"><ul>{tiles}</ul></nav>'


def _tile(delivery: Delivery, view: View) -> str:
    is_on = delivery.to == view.to
    link = escape(view.address.link(mottagare=ADDRESSES[delivery.to], rad=""))
    here = ' aria-current="page"' if is_on else ""
    name = wording.capital(say("u_" + delivery.to))
    return (
        f'<li{" class=on" if is_on else ""}><a class=main target=_self href="{link}"{here}><b>{name}</b></a>'
        f"<p>{_delivered(delivery, view)}</p></li>"
    )


def _delivered(delivery: Delivery, view: View) -> str:
    zone, due = view.report.basis.town.zone, wording.day(delivery.due)
    is_late = delivery.is_late(view.today, zone)
    if delivery.delivered_at is None:
        return flag(
            "serious" if is_late else "attention", say("u_open_late" if is_late else "u_open", due=due)
        )
    day = wording.day(delivery.delivered_at.astimezone(zone).date())
    if is_late:
        return flag("serious", say("u_delivered_late", day=day, due=due))
    return flag("good", say("u_delivered", day=day))


def choices(view: View) -> str:
    """The quarters to choose from."""
    names = {one.name: wording.capital(quarter_name(one)) for one in view.offered}
    choice = filters.Choice("kvartal", "u_quarter", names, names[view.offered[0].name])
    return filters.form(view.address, (choice,), kept=("mottagare", "kommun"), search=None)


def result(view: View) -> str:
    """The report as it stands in its files; beside it the chosen decision's history."""
    told = escape(_answer(view))
    table = _table(view) if view.is_shown and view.report.rows else ""
    label = say("unexecuted")
    rows = f'<section class="rows" aria-label="{label}"><h2>{told}</h2>{table}{_foot(view)}</section>'
    if not view.address["rad"]:
        return f'<div class="desk">{rows}</div>'
    aside = as_html(say("u_case"), view.history, view.address, "u_history_none")
    return f'<div class="desk grid chosen"><aside>{aside}</aside>{rows}</div>'


def _answer(view: View) -> str:
    quarter, count = quarter_name(view.report.basis.quarter), len(view.report.rows)
    if view.report.basis.town.kind == "foreign":
        return say("u_foreign")
    if not view.is_shown:
        return say("u_own_council")
    if view.to == "council":
        return say("u_counts", quarter=quarter)
    if not count:
        return say("u_none", quarter=quarter)
    to = say("u_to_" + view.to)
    return say("u_one" if count == 1 else "u_many", n=wording.number(count), to=to, quarter=quarter)


def _table(view: View) -> str:
    heads = zip(view.report.columns, view.report.headings, strict=True)
    head = "".join(f'<th scope="col"{_look(name)}>{escape(heading)}</th>' for name, heading in heads)
    keys = view.report.keys or ("",) * len(view.report.rows)
    lines = "".join(_line(row, key, view) for row, key in zip(view.report.rows, keys, strict=True))
    return (
        f'<div class="scroll" role="region" aria-label="{escape(view.report.title)}" tabindex="0">'
        f'<table class="report"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>'
    )


def _look(name: str) -> str:
    return ' class="num"' if name in NUMBERS - {"number"} else ' class="whole"' if name in DAYS else ""


def _line(row: Row, key: str, view: View) -> str:
    first, *rest = map(words, row)
    link = escape(view.address.link(rad=key))
    head = f'<a target="_self" href="{link}">{escape(first)}</a>' if key else escape(first)
    names = view.report.columns[1:]
    cells = "".join(f"<td{_look(n)}>{escape(text)}</td>" for n, text in zip(names, rest, strict=True))
    is_on = bool(key) and key == view.address["rad"]
    return f'<tr{" class=chosen" if is_on else ""}><th scope="row">{head}</th>{cells}</tr>'


def _foot(view: View) -> str:
    told = [view.report.rule, ". ".join(view.report.basis.words) + "."]
    if view.refused:
        told.insert(0, say("u_not_over", quarter=view.refused))
    if not view.sees_all:
        told.insert(0, say("u_own_units"))
    if view.report.keys:
        told.append(say("u_behind"))
    lines = "".join(f'<p class="foot">{escape(text)}</p>' for text in told)
    if view.to != "council" or not view.is_shown:
        return lines
    link = escape(view.address.link(mottagare="ivo"))
    return f'{lines}<p class="foot"><a target="_self" href="{link}">{say("u_behind_council")}</a></p>'
