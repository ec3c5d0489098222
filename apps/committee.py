"""The committee's Streamlit page: choices on top and in the address, sections below, downloads at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

import streamlit as st

from apps import committee_chart, lobby, reading, terms, wall, wording
from apps.boards import Board, Section, boards
from apps.choice import COMPARE, SHOW, SPLITS, Choice, Period, chosen
from apps.committee_sections import Made, sections, series
from apps.committee_view import View, heading
from apps.sheet import as_csv, as_excel, as_html
from apps.terms import term
from apps.wording import say
from schemas.errors import Misconfigured
from schemas.municipality import Municipality, municipality
from warehouse import contracts

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page() -> None:
    """The page. Query: kommun, sida, and what `apps.choice` reads."""
    st.html(lobby.styles("page.css", "committee.css"))
    asked = st.query_params.to_dict()
    board = boards().get(asked.get("sida", ""))
    try:
        place = municipality(asked.get("kommun", ""))
    except Misconfigured:
        place = None
    if place is None or board is None:
        st.html(_nothing(say("not_found"), say("not_found_say")))
        return
    there = reading.source().periods(place.code, board)
    st.html(_top(place, board))
    if not there:
        st.html(_nothing(say("board_nothing", name=place.name), say("retry_say")))
        return
    choice = _choices(board, there, asked)
    _show(board, place, choice)


def _nothing(title: str, words: str) -> str:
    return (
        f'<article class="page board" lang="sv"><h1>{escape(title)}</h1><p class="lead">{escape(words)}</p>'
        f'<footer><a href="/" target="_self">{say("to_start")}</a></footer></article>'
    )


def _top(place: Municipality, board: Board) -> str:
    links = "".join(_link(place, each, each is board) for each in boards().values())
    return (
        f'<nav class="page boards" lang="sv" aria-label="{say("boards")}">'
        f'<a class="brand" href="/" target="_self">Kommunpuls</a>'
        f"<span>{escape(wall.about(place))}</span>{links}</nav>"
    )


def _link(place: Municipality, board: Board, here: bool) -> str:
    current = ' aria-current="page"' if here else ""
    address = f"/namnd?kommun={place.code}&amp;sida={board.name}"
    return f'<a href="{address}" target="_self"{current}>{escape(board.title)}</a>'


def _choices(board: Board, there: Sequence[Period], asked: Mapping[str, str]) -> Choice:
    """The row of choices; each writes itself into the address."""
    now = chosen(asked, there, datetime.now(UTC).date())
    with st.container(horizontal=True, key="choices"):
        newest = sorted(there, key=lambda each: (each.kind, each.first), reverse=True)
        _select("period", [p.code for p in newest], now.period.code, {p.code: _words(p) for p in newest})
        if "compare" in board.chooses:
            _select("jamfor", list(COMPARE), now.compare, {code: say(key) for code, key in COMPARE.items()})
        if "show" in board.chooses:
            _select("visa", list(SHOW), now.show, {code: say(key) for code, key in SHOW.items()})
        if "split" in board.chooses:
            names = {code: wording.capital(term(terms.DIMENSIONS, code)) for code in SPLITS}
            _select("dela", list(SPLITS), now.split, names)
    return now


def _words(period: Period) -> str:
    """What a period is called in the list; one that goes on says so."""
    words = wording.capital(period.words)
    return say("going_on", period=words) if period.until > datetime.now(UTC).date() else words


_LABELS = {
    "period": "choose_period",
    "jamfor": "choose_compare",
    "visa": "choose_show",
    "dela": "choose_split",
}


def _select(name: str, codes: Sequence[str], now: str, names: Mapping[str, str]) -> None:
    def write() -> None:
        st.query_params[name] = st.session_state[name]

    st.session_state[name] = now
    st.selectbox(say(_LABELS[name]), codes, key=name, format_func=lambda code: names[code], on_change=write)


def _show(board: Board, place: Municipality, choice: Choice) -> None:
    figures = reading.source().board(place.code, board, choice)
    official = reading.source().official(place.code, board)
    view = View(board, place, choice, figures, contracts.load(), datetime.now(UTC), official)
    made = sections(view)
    st.html(f'<article class="page board" lang="sv"><h1>{escape(heading(view))}</h1></article>')
    for each in made:
        st.html(before(view, each))
        if each.section.form == "trend":
            _trend(view, each)
        st.html(after(view, each))
    _downloads(view, made)
    st.html(foot(view))


def before(view: View, made: Made) -> str:
    """Question, answer and the chart that is HTML."""
    answer = f'<p class="answer">{escape(made.answer)}</p>' if made.answer else ""
    return (
        f'<section class="page board" lang="sv"><h2>{escape(made.section.question)}</h2>{answer}'
        f"{made.chart}</section>"
    )


def after(view: View, made: Made) -> str:
    """Note, table and definition; a section without a chart shows its table at once."""
    tables = "".join(as_html(sheet) for sheet in made.sheets)
    if len(made.sheets) > 1:
        tables = f'<div class="beside">{tables}</div>'
    has_chart = bool(made.chart) or made.section.form == "trend"
    shown = f"<details><summary>{say('as_table')}</summary>{tables}</details>" if has_chart else tables
    note = f'<p class="note">{escape(made.section.note)}</p>' if made.section.note else ""
    return f'<section class="page board" lang="sv">{shown}{note}{_definitions(view, made.section)}</section>'


def _definitions(view: View, section: Section) -> str:
    parts = []
    for metric in section.defines:
        contract = view.contract(metric)
        who = say("who_answers_say", owner=contract.owner, version=contract.version, law=contract.law)
        parts.append(
            f"<dt>{escape(contract.title_sv)}</dt>"
            f"<dd>{escape(contract.definition)} <small>{escape(who)}</small></dd>"
        )
    return f"<details class='how'><summary>{say('how_counted')}</summary><dl>{''.join(parts)}</dl></details>"


def _trend(view: View, made: Made) -> None:
    told = series(view, made.section.metrics[0])
    known = [(period, found.value) for period, found in told]
    title = view.contract(made.section.metrics[0]).title_sv
    if len([1 for _, value in known if value is not None]) < 2:
        return
    chart = committee_chart.line(known, title, dark=st.context.theme.type == "dark")
    st.altair_chart(chart, theme=None, width="stretch", alt=say("trend_alt", title=title, words=made.answer))


def definitions(view: View, made: Sequence[Made]) -> list[tuple[str, str]]:
    """What the figures mean, as the downloads carry it."""
    names = dict.fromkeys(view.name_of(metric) for each in made for metric in each.section.defines)
    listed = [view.contracts[name] for name in names]
    found = [(metric.title_sv, f"{metric.definition} ({metric.law})") for metric in listed]
    about = [
        (say("period"), view.choice.period.words),
        (wall.about(view.place), say("how_sure_say", when=_when(view))),
    ]
    notes = [(each.section.question, each.section.note) for each in made if each.section.note]
    return [*about, *found, *notes, ("", say("small_hidden", small=view.place.small))]


def _downloads(view: View, made: Sequence[Made]) -> None:
    sheets = [sheet for each in made for sheet in each.sheets]
    stem = f"{view.place.code}-{view.board.name}-{view.choice.period.code}"
    with st.container(horizontal=True, key="downloads"):
        _download(say("get_csv"), lambda: as_csv(sheets), f"{stem}.csv", "text/csv")
        _download(say("get_excel"), lambda: as_excel(sheets, definitions(view, made)), f"{stem}.xlsx", EXCEL)


def _download(label: str, make: Callable[[], bytes], name: str, mime: str) -> None:
    data: Any = make()
    st.download_button(label, data, name, mime, on_click="ignore", key=name)


def _when(view: View) -> str:
    return wording.when(view.as_of, view.now, view.place.zone) if view.as_of else say("never")


def foot(view: View) -> str:
    """Age of the figures, what is hidden, whose data they are."""
    historical = any(figure.historical for figure in view.figures)
    sure = say("how_sure_history" if historical else "how_sure_say", when=_when(view))
    shown = (*view.figures, *view.official)
    held = sorted({view.contracts[f.metric].title_sv for f in shown if f.held})
    checked = say("how_sure_held", names=", ".join(held)) if held else ""
    words = [wall.about(view.place), sure, checked, say("small_hidden", small=view.place.small)]
    return (
        f'<footer class="page board" lang="sv"><p>{escape(" · ".join(word for word in words if word))}</p>'
        f'<p class="screen"><a href="/katalog" target="_self">{say("to_catalogue")}</a></p></footer>'
    )
