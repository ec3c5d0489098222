"""The committee's Streamlit page: choices on top and in the address, sections below, downloads at the end."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape

import streamlit as st

from apps import board_reading, committee_chart, reading, shown_then, styles, terms, wall, wording
from apps.boards import Board, Section, boards
from apps.choice import COMPARE, SHOW, SPLITS, Choice, Period, chosen
from apps.committee_files import downloads, when
from apps.committee_view import View, heading
from apps.sections import remarks, trend
from apps.sections.goals import history_words
from apps.sections.made import Made, heading_of
from apps.sections.registry import sections
from apps.sections.since import since_shown
from apps.sheet import Sheet, as_html
from apps.terms import term
from apps.wording import say
from schemas.calendar import PERIODS, end_of_day, midnight
from schemas.errors import Misconfigured
from schemas.municipality import Municipality, municipality
from warehouse import contracts


def page() -> None:
    """The page. Query: kommun, sida, and what `apps.choice` reads."""
    st.html(styles.sheets("page.css", "committee.css"))
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
    choice = _choices(board, there, asked, board_reading.today(place.code))
    if no_day := shown_then.not_a_day(asked.get("visat", ""), choice):
        st.html(no_day)
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


def _choices(board: Board, there: Sequence[Period], asked: Mapping[str, str], today: date) -> Choice:
    """The row of choices; each writes itself into the address."""
    now = chosen(asked, there, today)
    day = now.shown_on or today
    with st.container(horizontal=True, key="choices"):
        begun = [period for period in there if period.first <= day] or there
        newest = sorted(begun, key=lambda each: (PERIODS.index(each.kind), each.first), reverse=True)
        names = {period.code: _words(period, day) for period in newest}
        _select("period", list(names), now.period.code, names)
        if "compare" in board.chooses:
            _select("jamfor", list(COMPARE), now.compare, {code: say(key) for code, key in COMPARE.items()})
        if "show" in board.chooses:
            _select("visa", list(SHOW), now.show, {code: say(key) for code, key in SHOW.items()})
        if "split" in board.chooses:
            names = {code: wording.capital(term(terms.DIMENSIONS, code)) for code in SPLITS}
            _select("dela", list(SPLITS), now.split, names)
        _choose_day(asked.get("visat", ""))
    return now


def _choose_day(asked: str) -> None:
    """The day as of which the page is shown; an empty field is today, and leaves the address.

    A field of text: Streamlit's calendar speaks English.
    """

    def write() -> None:
        day = st.session_state["visat"].strip()
        if day:
            st.query_params["visat"] = day
        else:
            st.query_params.pop("visat", None)

    st.session_state["visat"] = asked
    st.text_input(
        say("choose_shown"), key="visat", placeholder=say("day_form"), max_chars=20, on_change=write
    )


def _words(period: Period, today: date) -> str:
    """What a period is called in the list; one that goes on says so."""
    words = wording.capital(period.words)
    return say("going_on", period=words) if period.until > today else words


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
    source = reading.source()
    figures, official = source.board(place.code, board, choice), source.official(place.code, board, choice)
    said, met = source.said(place.code, choice), source.before(place.code, board, choice)
    met_on = said.last_meeting(board_reading.today(place.code, choice)) if met else None
    revised = source.revised(place.code, board, choice, midnight(met_on, place.zone)) if met_on else {}
    now = board_reading.known_at(place.code, choice) or datetime.now(UTC)
    view = View(board, place, choice, figures, contracts.load(), now, official, said, met, revised)
    if choice.shown_on:
        st.html(shown_then.mark(view))
        st.html(shown_then.paper(view))
    if choice.shown_on and not figures:
        return
    made = sections(view)
    st.html(f'<article class="page board" lang="sv"><h1>{escape(heading(view))}</h1></article>')
    for each, defined in zip(made, defined_above(view, made), strict=True):
        st.html(before(view, each))
        if each.section.form == "trend":
            _trend(view.of(each.section), each)
        st.html(after(view, each, defined))
    since = _since_shown(view) if choice.shown_on else None
    if choice.shown_on:
        st.html(shown_then.since(since))
    downloads(view, made, [since] if since else [])
    st.html(foot(view))


def _since_shown(view: View) -> Sheet | None:
    """What of the page is told otherwise today, and why."""
    source, place, board, on = reading.source(), view.place, view.board, view.choice.shown_on
    assert on is not None
    choice = replace(view.choice, shown_on=None)
    revised = source.revised(place.code, board, choice, end_of_day(on, place.zone))
    figures = source.board(place.code, board, choice)
    today = replace(view, choice=choice, figures=figures, before=view.figures, revised=revised)
    return since_shown(today, on)


def defined_above(view: View, made: Sequence[Made]) -> list[frozenset[str]]:
    """For each section the metrics whose definitions stand above it."""
    defined = [{view.name_of(metric) for metric in each.section.defines} for each in made]
    return [frozenset[str]().union(*defined[:number]) for number in range(len(made))]


def before(view: View, made: Made) -> str:
    """Question, answer and the chart that is HTML."""
    answer = f'<p class="answer">{escape(made.answer)}</p>' if made.answer else ""
    return (
        f'<section class="page board" lang="sv"><h2>{escape(made.section.question)}</h2>{answer}'
        f"{made.chart}</section>"
    )


def after(view: View, made: Made, defined: Collection[str] = ()) -> str:
    """Note, table and definition; a section without a chart shows its table at once.

    defined: metrics whose definitions stand above already; print does not repeat them.
    """
    tables = "".join(as_html(sheet) for sheet in made.sheets)
    if len(made.sheets) > 1:
        tables = f'<div class="beside">{tables}</div>'
    has_chart = bool(made.chart) or made.section.form == "trend"
    shown = f"<details><summary>{say('as_table')}</summary>{tables}</details>" if has_chart else tables
    under = "".join(f'<p class="note">{escape(text)}</p>' for text in _notes(view, made))
    said = remarks.as_html(view, made)
    how = _definitions(view, made.section, defined)
    return f'<section class="page board" lang="sv">{shown}{under}{said}{how}</section>'


def _notes(view: View, made: Made) -> list[str]:
    """What stands under a section: its own note, and what preliminary means where a figure is."""
    cells = (cell for sheet in made.sheets for _, cells in sheet.rows for cell in cells)
    limits = sorted({view.contract(metric).min_coverage for metric in made.section.metrics})
    if not any(cell.state == "preliminary" for cell in cells):
        limits = []
    said = [say(_preliminary(view, made.section), limit=wording.percent(limit)) for limit in limits[-1:]]
    days = [view.place.preliminary_days.get(view.name_of(metric), 0) for metric in made.section.metrics]
    longest = max(days, default=0)
    if limits and longest:
        said.append(say("preliminary_days", days=longest))
    under = [sheet.note for sheet in made.sheets]
    axis = "" if made.section.zero else say("axis_not_zero")
    return [note for note in (*under, made.section.note, *said, axis) if note]


def _preliminary(view: View, section: Section) -> str:
    """What says how preliminary figures look: in a table, as a hollow dot, or as a stroke of bounds."""
    if section.form != "trend":
        return "preliminary_say"
    bounds = all(view.contract(metric).bounds_only for metric in section.metrics)
    return "preliminary_bounds" if bounds else "preliminary_dot"


def _definitions(view: View, section: Section, defined: Collection[str]) -> str:
    parts = []
    for metric in section.defines:
        contract = view.contract(metric)
        again = ' class="again"' if contract.name in defined else ""
        who = say("who_answers_say", owner=contract.owner, version=contract.version, law=contract.law)
        goals = "".join(f"<small>{escape(words)}</small>" for words in history_words(view, metric))
        parts.append(
            f"<dt{again}>{escape(contract.title_sv)}</dt>"
            f"<dd{again}>{escape(contract.definition)} <small>{escape(who)}</small>{goals}</dd>"
        )
    if not parts:
        return ""
    return f"<details class='how'><summary>{say('how_counted')}</summary><dl>{''.join(parts)}</dl></details>"


def _trend(view: View, made: Made) -> None:
    """One chart of all its metrics, which have one unit; nothing where no line has two figures or bounds."""
    metrics, told = made.section.metrics, trend.lines(view, made.section)
    known = {heading_of(view, metric): line for metric, line in zip(metrics, told, strict=True)}
    if all(len([1 for _, found in line if found.value is not None or found.bounds]) < 2 for line in told):
        return
    dark, is_share = st.context.theme.type == "dark", view.contract(metrics[0]).measure == "share"
    title = next(iter(known)) if len(known) == 1 else None
    goals = {heading_of(view, metric): line for metric, line in trend.goals(view, made.section).items()}
    marked = remarks.marks(made.notes, [period for line in told for period, _ in line])
    beside = committee_chart.Beside(goals, marked, trend.usual(view, made.section, told))
    look = committee_chart.Look(is_share=is_share, zero=made.section.zero, dark=dark)
    chart = committee_chart.lines(known, title, beside, look)
    alt = say("trend_alt", title=", ".join(known), words=made.answer)
    st.altair_chart(chart, theme=None, width="stretch", alt=alt)


def foot(view: View) -> str:
    """Age of the figures, what is hidden, whose data they are."""
    historical = any(figure.historical for figure in view.figures)
    sure = say("how_sure_history" if historical else "how_sure_say", when=when(view))
    shown = (*view.figures, *view.official)
    held = sorted({view.contracts[f.metric].title_sv for f in shown if f.held})
    checked = say("how_sure_held", names=", ".join(held)) if held else ""
    words = [
        wall.about(view.place) + ".",
        shown_then.title(view),
        sure,
        checked,
        say("small_hidden", small=view.place.small, rate=view.place.rate_n),
    ]
    return (
        f'<footer class="page board" lang="sv"><p>{escape(" ".join(word for word in words if word))}</p>'
        f'<p class="screen"><a href="/katalog" target="_self">{say("to_catalogue")}</a></p></footer>'
    )
