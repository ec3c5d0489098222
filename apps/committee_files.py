"""A committee page's downloads: the same cells as on the page, and what the figures mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import streamlit as st

from apps import shown_then, wall, wording
from apps.boards import SAID
from apps.committee_view import View
from apps.sections import remarks
from apps.sections.made import Made
from apps.sections.targets import targets_sheet
from apps.sheet import Sheet, as_csv, as_excel
from apps.wording import say

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def definitions(view: View, made: Sequence[Made]) -> list[tuple[str, str]]:
    """What the figures mean, as the downloads carry it."""
    names = dict.fromkeys(view.name_of(metric) for each in made for metric in each.section.defines)
    listed = [view.contracts[name] for name in names]
    found = [(metric.title_sv, f"{metric.definition} ({metric.law})") for metric in listed]
    about = [
        (say("period"), view.choice.period.words),
        (wall.about(view.place), say("how_sure_say", when=when(view))),
    ]
    notes = [(each.section.question, each.section.note) for each in made if each.section.note]
    then = [(say("shown_on"), " ".join([shown_then.title(view), *shown_then.others(view)]))]
    small = ("", say("small_hidden", small=view.place.small, rate=view.place.rate_n))
    return [*(then if view.choice.shown_on else ()), *about, *found, *notes, small]


def downloads(view: View, made: Sequence[Made], more: Sequence[Sheet] = ()) -> None:
    """The buttons that give the page as files. more: tables beside those of its sections."""
    told = [*(sheet for each in made for sheet in each.sheets), *said_sheets(view, made), *more]
    sheets, stem = shown_then.marked(view, told), shown_then.stem(view)
    with st.container(horizontal=True, key="downloads"):
        _download(say("get_csv"), lambda: as_csv(sheets), f"{stem}.csv", "text/csv")
        _download(say("get_excel"), lambda: as_excel(sheets, definitions(view, made)), f"{stem}.xlsx", EXCEL)


def said_sheets(view: View, made: Sequence[Made]) -> list[Sheet]:
    """Tables of the page's targets and notes; a page that shows all of them as tables has them already."""
    if {each.section.form for each in made} & {*SAID}:
        return []
    told = [note for each in made for note in each.notes]
    goals = targets_sheet(view, [metric for each in made for metric in each.section.metrics])
    noted = remarks.notes_sheet(view, told, say("notes_title")) if told else None
    return [sheet for sheet in (goals, noted) if sheet]


def _download(label: str, make: Callable[[], bytes], name: str, mime: str) -> None:
    data: Any = make()
    st.download_button(label, data, name, mime, on_click="ignore", key=name)


def when(view: View) -> str:
    """How old the page's figures are; of an earlier day with its date, for nobody reads it then."""
    if view.as_of is None:
        return say("never")
    now = datetime.now(UTC) if view.choice.shown_on else view.now
    return wording.when(view.as_of, now, view.place.zone)
