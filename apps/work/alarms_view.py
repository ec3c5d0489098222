"""Device alarms (O5) as HTML: what waits longest first, silent devices or an alarm's history beside. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any, Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work import alarm_row, filters
from apps.work.address import Address
from apps.work.alarm_questions import QUESTIONS, Question, answer, asked
from apps.work.alarm_row import Alarm, Earlier, Silent, Unfilled, age
from apps.work.asking import Told
from apps.work.history import History, as_html
from apps.work.row import days, named
from apps.work.table import Column, flag, ordered, table
from schemas.municipality import Municipality
from warehouse.alarmed import REFILL_DAYS, SILENT_H

LATE_S: Final = 90
"""Sources say that they live each half minute; what is older than three times that is told."""


@dataclass(frozen=True)
class View:
    """What one look at the alarms is made from. counts: of every question under the filters."""

    town: Municipality
    address: Address
    counts: Mapping[str, Any]
    rows: Sequence[Alarm] = field(default=())

    @property
    def question(self) -> Question:
        """The question that is answered."""
        return asked(self.address["visa"])


def age_of(told: Told) -> str:
    """The notice that data are old, and the one that shows itself when the page is no longer renewed.

    An alarm that is not there reads as all is well, so both stand above everything else.
    """
    frozen = f'<p class="desk frozen" role="status">{say("l_frozen")}.</p>'
    late = ""
    if told.mark is None:
        late = say("l_unknown")
    elif (old_s := (told.now - told.mark.as_of).total_seconds()) > LATE_S:
        late = say("l_late", age=wording.duration(old_s))
    return frozen + (f'<p class="desk old" role="status">{flag("serious", late + ".")}</p>' if late else "")


def fetched(told: Told) -> str:
    """`Uppgifter till kl. 16.04 · Hämtat kl. 16.05.20`: the seconds show that the page lives."""
    clock = wording.clock(told.now, told.town.zone) + f".{told.now.second:02d}"
    return f"{told.words} · {say('l_seen', when=clock)}"


def questions(view: View) -> str:
    """The questions, each a link with its count."""
    tiles = "".join(_tile(question, view) for question in QUESTIONS)
    return f'<nav class="desk questions five" aria-label="{say("questions")}"><ul>{tiles}</ul></nav>'


def _tile(question: Question, view: View) -> str:
    is_on = question == view.question
    link = escape(view.address.link(visa="" if question == QUESTIONS[0] else question.code, rad=""))
    words = f"<b>{wording.number(view.counts[question.question])}</b> <span>{escape(question.name)}</span>"
    here = ' aria-current="page"' if is_on else ""
    on = " class=on" if is_on else ""
    return f'<li{on}><a class="main" target="_self" href="{link}"{here}>{words}</a></li>'


def choices(view: View) -> str:
    """The filters."""
    lists = {"enhet": ("k_unit", "unit", "units"), "orsak": ("k_about", "about", "abouts")}
    return filters.form(
        view.address,
        [
            filters.Choice(parameter, word, {code: named(view.town, of, code) for code in view.counts[found]})
            for parameter, (word, of, found) in lists.items()
        ],
        kept=("visa", "ordning", "kommun"),
        search=filters.Search("search_device", "search_device_hint", "D-7F3A2C"),
    )


def rows(view: View) -> str:
    """The answer and its alarms."""
    told = answer(view.question, view.counts)
    body = f'<p class="none">{say("no_alarm_fits")}.</p>'
    if view.rows:
        listed = columns(view.town, view.address)
        shown = ordered(view.rows, listed, view.address["ordning"])
        body = table(shown, listed, view.address, told, lambda one: one.key == view.address["rad"])
    return (
        f'<section class="desk rows" aria-label="{say("alarms")}"><h2>{escape(told)}</h2>{body}'
        f'<p class="foot">{say("l_foot")}.</p></section>'
    )


def columns(town: Municipality, address: Address) -> tuple[Column[Alarm], ...]:
    """The columns of the table, each with what it is ordered by."""
    return (
        Column("larm", "k_alarm", lambda one: _way(alarm_row.short(one.key), address.link(rad=one.key)),
               lambda one: one.key),
        Column("vantat", "k_waited", _waited, lambda one: one.waited_s),
        Column("lage", "k_state", lambda one: flag(*alarm_row.state(one)), lambda one: _STATES[one.state]),
        Column("orsak", "k_about", lambda one: escape(named(town, "about", one.about)),
               lambda one: named(town, "about", one.about)),
        Column("utrustning", "k_device", lambda one: _device(one.device_key, address),
               lambda one: one.device_key or None),
        Column("enhet", "k_unit", lambda one: escape(town.unit_name(one.unit)),
               lambda one: town.unit_name(one.unit)),
        Column("utlost", "k_raised", lambda one: _when(one.raised_at, town),
               lambda one: one.raised_at.timestamp()),
    )  # fmt: skip


_STATES: Final = {"open": 0, "acknowledged": 1, "handled": 2}


def _way(words: str, link: str) -> str:
    return f'<a target="_self" href="{escape(link)}">{escape(words)}</a>'


def _waited(one: Alarm) -> str:
    return flag("serious" if one.is_over else "", age(one.waited_s))


def _device(key: str, address: Address) -> str:
    """The way to everything that waits from the device."""
    if not key:
        return say("device_unknown")
    return _way(alarm_row.device(key), address.link(sok=alarm_row.device(key), rad=""))


def _when(at: datetime, town: Municipality) -> str:
    local = at.astimezone(town.zone)
    words = f"{wording.short_day(local.date())}, {wording.clock(at, town.zone)}"
    return f'<time datetime="{at.isoformat(timespec="seconds")}">{escape(words)}</time>'


def silent(
    found: Sequence[Silent], active: int, view_of: tuple[Municipality, Address], late: Sequence[Unfilled] = ()
) -> str:
    """Devices that nobody has heard for a day, beside the table: no alarm comes from them; and those that
    should have been filled.
    """
    town, address = view_of
    word = "silent_of" if found else "silent_none" if active else "silent_no_device"
    lead = say(word, silent=wording.number(len(found)), active=wording.number(active), hours=SILENT_H)
    items = "".join(_silent(one, town, address) for one in found)
    listed = f"<ul>{items}</ul>" if items else ""
    look = "attention" if found else ""
    return (
        f'<aside class="desk silent"><h2>{say("silent_title")}</h2>'
        f"<p>{flag(look, lead + '.')}</p>{listed}{_unfilled(late, town, address)}</aside>"
    )


def _unfilled(late: Sequence[Unfilled], town: Municipality, address: Address) -> str:
    """Devices that have not been filled for too long; nothing where there is none."""
    if not late:
        return ""
    lead = say("unfilled_of", n=wording.number(len(late)), days=days(REFILL_DAYS))
    items = "".join(
        _named((one.device_key, one.device_type, one.unit), _filled(one, town), town, address) for one in late
    )
    return f"<h3>{say('unfilled_title')}</h3><p>{flag('attention', lead + '.')}</p><ul>{items}</ul>"


def _filled(one: Unfilled, town: Municipality) -> str:
    when, word = (one.filled_at, "filled_at") if one.filled_at else (one.installed_at, "filled_never")
    return say(word, when=wording.day(when.astimezone(town.zone).date()), days=days(one.days))


def _silent(one: Silent, town: Municipality, address: Address) -> str:
    when, word = (one.heard_at, "heard_at") if one.heard_at else (one.installed_at, "heard_never")
    silent_for = wording.duration(one.silent_s).replace(" ", wording.NBSP)
    heard = say(word, when=_moment(when, town), age=silent_for)
    return _named((one.device_key, one.device_type, one.unit), heard, town, address)


def _named(device: tuple[str, str, str], told: str, town: Municipality, address: Address) -> str:
    """A device by its key, kind and unit, and what is told of it."""
    key, device_type, unit = device
    about = f"{named(town, 'device_type', device_type)}, {town.unit_name(unit)}"
    name = f"<b>{_device(key, address)}</b>"
    return f"<li>{name}<small>{escape(about)}</small><small>{told}</small></li>"


def _moment(at: datetime, town: Municipality) -> str:
    return f"{wording.day(at.astimezone(town.zone).date())}, {wording.clock(at, town.zone)}"


def past(history: History | None, others: Sequence[Earlier], view_of: tuple[Municipality, Address]) -> str:
    """The chosen alarm's history, and what else came from the same device."""
    town, address = view_of
    own = as_html(alarm_row.short(address["rad"]), history, address, "alarm_none")
    listed = "".join(_earlier(one, town, address) for one in others)
    more = f"<ul>{listed}</ul>" if listed else f"<p>{say('earlier_none')}.</p>"
    lead = f"<p>{say('earlier_say')}</p>" if listed else ""
    beside = f"<h3>{say('earlier')}</h3>{lead}{more}" if history and history.lines else ""
    return f'<aside class="desk chosen">{own}{beside}</aside>'


def _earlier(one: Earlier, town: Municipality, address: Address) -> str:
    how = term(terms.ALARM_CONTACTS, one.how)
    state = say("s_open") if one.state == "open" else say(f"s_{one.state}_short", how=how)
    about = escape(named(town, "about", one.about))
    way = _way(alarm_row.short(one.key), address.link(rad=one.key))
    return f"<li>{way} {about}<small>{_when(one.raised_at, town)} · {escape(state)}</small></li>"
