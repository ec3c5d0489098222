"""Invoice control (O2) as a Streamlit page: reads through the table of access, shows, exports."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

import streamlit as st

from apps import styles
from apps.access.desk import desk
from apps.access.reader import Reader, reader
from apps.wording import say
from apps.work import address, asking, history, invoice_row, invoices_sheet, invoices_view, sheets
from apps.work.address import Address
from apps.work.asking import Told
from apps.work.header import header
from apps.work.invoice_questions import asked
from apps.work.invoices_view import View
from schemas.municipality import municipality

PAGE: Final = "fakturor"
SHOWN: Final = 2_000
WHOLE: Final = 1_000_000
"""Lines at most: on the screen, and in a file (Excel takes no more)."""


def page() -> None:
    """One look: what the address asks for, and nothing else."""
    st.html(styles.sheets("work.css"))
    read = reader(PAGE)
    wanted = address.read(st.query_params.to_dict())
    town = municipality(read.municipality(wanted["kommun"] or None))
    told = asking.told(town, datetime.now(UTC))
    view = look(read, wanted, told)
    st.html(header("invoices", town, told.words, read.municipalities))
    st.html(invoices_view.questions(view))
    st.html(invoices_view.choices(view))
    st.download_button(
        say("fetch_excel"), data=lambda: export(read, wanted, told), on_click="ignore", mime=sheets.MIME,
        file_name=f"fakturor-{town.code}-{told.today.isoformat()}.xlsx", key="excel",
    )  # fmt: skip
    st.html(invoices_view.result(view))


def look(read: Reader, wanted: Address, told: Told) -> View:
    """Everything that the page shows, each read with its own row in the log."""
    code, filters = told.town.code, _filters(wanted, told)
    counts = read.rows("invoice_counts", filters, municipality=code)[0]
    found = read.rows("invoice_lines", filters | {"most": SHOWN}, municipality=code)
    events = read.rows("invoice_history", {"key": wanted["rad"]}, municipality=code) if wanted["rad"] else []
    opens = desk().table.opens(read.login.roles, "placeringar") is not None
    steps = history.read(events, told.town) if wanted["rad"] else None
    return View(told.town, wanted, told.today, counts, _lines(found), steps, opens)


def export(read: Reader, wanted: Address, told: Told) -> bytes:
    """The lines that are shown, asked for again and logged as an export."""
    parameters = _filters(wanted, told) | {"most": WHOLE}
    found = read.rows("invoice_lines", parameters, municipality=told.town.code, act="export")
    shown = View(told.town, wanted, told.today, {}, _lines(found)).shown
    return invoices_sheet.file(shown, told.town, wanted, told.today, told.words)


def _lines(rows: list[dict[str, Any]]) -> list[invoice_row.Line]:
    return [invoice_row.read(row) for row in rows]


def _filters(wanted: Address, told: Told) -> dict[str, Any]:
    chosen = {"month": wanted["manad"], "provider": wanted["utforare"], "search": wanted.search}
    question = {"question": asked(wanted["visa"]).question}
    return {"at": told.at, "zone": told.town.time_zone} | chosen | question
