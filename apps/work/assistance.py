"""The assistance view (O3) as a Streamlit page: reads through the table of access, shows, exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import streamlit as st

from apps import styles
from apps.access.reader import Act, Asked, Reader, reader
from apps.wording import say
from apps.work import address, asking, assistance_row, assistance_sheet, assistance_view, history, sheets
from apps.work.address import Address
from apps.work.asking import Told
from apps.work.assistance_look import Report, Temps, View, read_decision, read_overdue
from apps.work.assistance_questions import asked, counted
from apps.work.assistance_row import Case
from apps.work.assistance_row import read as _case
from apps.work.header import header
from schemas.municipality import municipality

PAGE: Final = "assistans"


def page() -> None:
    """One look: what the address asks for, and nothing else."""
    st.html(styles.sheets("work.css", "care.css"))
    read = reader(PAGE)
    wanted = address.read(st.query_params.to_dict())
    town = municipality(read.municipality(wanted["kommun"] or None))
    told = asking.told(town, datetime.now(UTC), "hours")
    view = look(read, wanted, told)
    st.html(header("assistance", town, told.words, read.municipalities))
    st.html(assistance_view.questions(view))
    st.html(assistance_view.choices(view))
    st.download_button(
        say("fetch_excel"), data=lambda: export(read, wanted, told), on_click="ignore", mime=sheets.MIME,
        file_name=f"assistans-{town.code}-{told.today.isoformat()}.xlsx", key="excel",
    )  # fmt: skip
    st.html(assistance_view.result_of(view))


def look(read: Reader, wanted: Address, told: Told, act: Act = "read") -> View:
    """Everything that the page shows, each read with its own row in the log."""
    filters, question = _filters(wanted, told), asked(wanted["visa"])
    now = {"at": told.at, "zone": told.town.time_zone}
    shown = filters | {"question": "all" if question.lists else question.question}
    lists = [
        Asked("assistance_halved", now), Asked("assistance_overdue", now),
        Asked("assistance_cases", shown, act),
    ]  # fmt: skip
    # each row of all cases has the counts; another question may have no row
    apart = [] if shown["question"] == "all" else [Asked("assistance_counts", filters)]
    lost, late, found, *counts_apart = read.together([*lists, *apart], municipality=told.town.code)
    with_counts = counts_apart[0] if counts_apart else found
    if not with_counts:
        with_counts = read.rows("assistance_counts", filters, municipality=told.town.code)
    overdue = [one for one in map(read_overdue, late) if _fits(one.key, one.unit, wanted)]
    halved = frozenset(row["key"] for row in lost if _fits(row["key"], row["unit"], wanted))
    double = _double(read, filters, told.town.code) if act == "export" else {}
    cases = [_case(row, double.get(row["key"])) for row in found]
    if question.question == "halved":
        cases = [one for one in cases if one.key in halved]
    counts = counted(with_counts[0]) | {"halved": len(halved), "overdue": len({one.key for one in overdue})}
    return View(
        told.town, wanted, filters["on"], told.open_day, counts, cases, halved, overdue,
        _report(read, wanted["rad"], told, filters | {"act": act}, cases) if wanted["rad"] else None,
    )  # fmt: skip


def _double(read: Reader, filters: dict[str, Any], code: str) -> dict[str, float | None]:
    """Hours of each case with two assistants, which the file has and the list has not."""
    rows = read.rows("assistance_double", _of_day(filters), municipality=code, act="export")
    return {row["key"]: row["double_h"] for row in rows}


def _report(read: Reader, key: str, told: Told, filters: dict[str, Any], cases: Sequence[Case]) -> Report:
    """Everything about one case. cases: those that are listed, which it may be one of."""
    code, act = told.town.code, filters.pop("act")
    on = _of_day(filters) | {"key": key}
    span = {"since": filters["on"] - timedelta(days=400), "until": told.open_day, "key": key}
    case = next((one for one in cases if one.key == key), None)
    if case is None:
        whole = filters | {"question": "all", "unit": "", "payer": "", "search": key}
        case = next(map(_case, read.rows("assistance_cases", whole, municipality=code)), None)
    months, decisions, temps, events = read.together(
        [
            Asked("assistance_months", on, act), Asked("assistance_decisions", {"key": key}),
            Asked("assistance_temps", span), Asked("assistance_history", {"key": key}),
        ],
        municipality=code,
    )  # fmt: skip
    return Report(
        case and replace(case, double_h=months[0]["sum_double_h"] if months else None),
        [assistance_row.read_month(row) for row in months], [read_decision(row) for row in decisions],
        {row["month"]: Temps(bool(row["is_few"]), row["temps"]) for row in temps},
        {row["month"]: row["kpb_kr"] for row in months}, history.read(events, told.town),
    )  # fmt: skip


def export(read: Reader, wanted: Address, told: Told) -> bytes:
    """The rows that are shown, asked for again and logged as an export."""
    return assistance_sheet.file(look(read, wanted, told, "export"), told.words)


def _fits(key: str, unit: str, wanted: Address) -> bool:
    return key.startswith(wanted.search) and wanted["enhet"] in ("", unit)


def _of_day(filters: dict[str, Any]) -> dict[str, Any]:
    """What a query of the chosen day takes that knows no filters."""
    return {name: filters[name] for name in ("on", "today", "zone")}


def _filters(wanted: Address, told: Told) -> dict[str, Any]:
    """The day whose periods are asked for is the chosen one, at most the last that is told of."""
    on = min(told.today, _day(wanted["dag"]) or told.today)
    return {
        "on": on, "today": told.open_day, "zone": told.town.time_zone, "unit": wanted["enhet"],
        "payer": wanted["betalare"], "search": wanted.search,
    }  # fmt: skip


def _day(text: str) -> date | None:
    """A day of the address; None for one that no calendar has."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
