"""Notes (tolkningar) under the figures that they are about, and what the committee decided. Pure.

A note stands once on a page: under the line of its metric, where it has one, else under the first section
that shows it; those of a line are numbered in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Final

from apps import terms, wording
from apps.boards import Section
from apps.choice import Period
from apps.committee_view import View
from apps.sections.goals import part_words, title_of
from apps.sections.made import Made
from apps.sheet import Sheet, text_cell
from apps.terms import term
from apps.wording import say
from schemas.calendar import later_period
from warehouse.governance import Decision, Note

DAY: Final = timedelta(days=1)
LINE: Final = "trend"


def with_notes(view: View, made: Sequence[Made]) -> list[Made]:
    """The sections with the notes that stand under each."""
    homes = _homes(view, made)
    return [
        each._replace(notes=notes_of(view.of(each.section), each.section, homes, number))
        for number, each in enumerate(made)
    ]


def _homes(view: View, made: Sequence[Made]) -> dict[str, int]:
    """By metric: the place of the section that its notes stand under."""
    homes: dict[str, int] = {}
    in_order = sorted(range(len(made)), key=lambda number: (made[number].section.form != LINE, number))
    for number in in_order:
        for metric in made[number].section.metrics:
            homes.setdefault(view.name_of(metric), number)
    return homes


def notes_of(view: View, section: Section, homes: Mapping[str, int], number: int) -> tuple[Note, ...]:
    """Notes under one section, the oldest first: of what its figures are of, not older than what it shows."""
    own = {view.name_of(metric): view.where(metric) for metric in section.metrics}
    since = _since(view, section)
    found = [
        note
        for note in view.said.notes
        if homes.get(note.metric) == number and note.metric in own
        and _is_about(note, own[note.metric]) and last_of(note) >= since
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda note: (last_of(note), note.on, note.text)))


def _since(view: View, section: Section) -> date:
    """The first day that a section tells of: of a line all that is there, else the period compared with."""
    if section.form == LINE:
        kind = view.choice.period.kind
        return min((f.period_on for f in view.figures if f.period == kind), default=view.choice.period.first)
    return min(period.first for period in (view.choice.period, view.choice.against) if period)


def _is_about(note: Note, where: Mapping[str, str]) -> bool:
    return all(note.dimensions[name] == code for name, code in where.items() if name in note.dimensions)


def last_of(note: Note) -> date:
    """The last day of what a note speaks of."""
    return note.first if note.period == "day" else later_period(note.period, note.first) - DAY


def marks(notes: Sequence[Note], line: Iterable[Period]) -> list[tuple[Period, str]]:
    """The numbers that stand in a line at the periods that notes speak of; several in one stand together."""
    periods = sorted(line)
    found: dict[Period, list[str]] = {}
    for number, note in enumerate(notes, 1):
        at = next((period for period in periods if period.first <= last_of(note) < period.until), None)
        if at:
            found.setdefault(at, []).append(str(number))
    return [(period, ", ".join(numbers)) for period, numbers in found.items()]


def about_words(view: View, note: Note) -> str:
    """When and what a note speaks of: `september 2026, Norra gruppen`."""
    when = wording.day(note.first) if note.period == "day" else _period(note).words
    return ", ".join(part for part in (when, part_words(view, note.dimensions)) if part)


def _period(note: Note) -> Period:
    assert note.period != "day"
    return Period(note.first, note.period)  # type: ignore[arg-type]


def author_words(note: Note) -> str:
    """`Avdelningschef, 14 oktober 2026`."""
    return f"{wording.capital(term(terms.COMMITTEE_ROLES, note.author))}, {wording.day(note.on)}"


def as_html(view: View, made: Made) -> str:
    """The notes under a section, numbered as in its line."""
    if not made.notes:
        return ""
    own = view.of(made.section)
    items = "".join(f"<li>{_item(own, made.section, note)}</li>" for note in made.notes)
    return f'<div class="remarks"><h3>{say("notes_title")}</h3><ol>{items}</ol></div>'


def _item(view: View, section: Section, note: Note) -> str:
    named = f"{title_of(view, note.metric, {})}, " if len(section.metrics) > 1 else ""
    about = wording.capital(f"{named}{about_words(view, note)}")
    return f"<p>{escape(note.text)}</p><small>{escape(f'{about}. {author_words(note)}.')}</small>"


def notes(view: View, section: Section) -> Made:
    """Every note that there is, the newest first."""
    told = sorted(view.said.notes, key=lambda note: (note.on, note.text), reverse=True)
    answer = "" if told else say("notes_none")
    return Made(section, answer, "", (notes_sheet(view, told, section.question),))


def notes_sheet(view: View, told: Sequence[Note], title: str) -> Sheet:
    """Notes as a table: when written, of what, about when, by whom, what."""
    heads = ("head_day", "head_metric", "head_about", "head_author", "head_note")
    rows = [(wording.day(note.on), tuple(map(text_cell, _cells(view, note)))) for note in told]
    return Sheet(title, tuple(map(say, heads)), tuple(rows))


def _cells(view: View, note: Note) -> tuple[str, ...]:
    author = wording.capital(term(terms.COMMITTEE_ROLES, note.author))
    return title_of(view, note.metric, {}), about_words(view, note), author, note.text


def decisions(view: View, section: Section) -> Made:
    """The log of decisions, the newest first, each with the metrics that it rests on."""
    told = sorted(view.said.decisions, key=lambda each: (each.on, each.decision, each.metric), reverse=True)
    heads = tuple(map(say, ("head_decision", "head_day", "head_rests_on", "head_version", "head_sets")))
    rows = [(each.decision, tuple(map(text_cell, _decided(view, each)))) for each in told]
    answer = "" if told else say("decisions_none")
    return Made(section, answer, "", (Sheet(section.question, heads, tuple(rows)),))


def _decided(view: View, each: Decision) -> tuple[str, ...]:
    metric = title_of(view, each.metric, {}) if each.metric else say("rests_on_none")
    version = wording.number(each.version) if each.version else "–"
    set_by = [t for t in view.said.targets if t.decision == each.decision]
    sets = "; ".join(dict.fromkeys(title_of(view, t.metric, t.dimensions) for t in set_by))
    return wording.day(each.on), metric, version, sets or "–"
