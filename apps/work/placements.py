"""The placements' work view (O1) as a Streamlit page: reads through the table of access, shows, exports."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

import streamlit as st

from apps import styles
from apps.access.reader import Reader, reader
from apps.wording import say
from apps.work import address, asking, history, placements_sheet, placements_view, providers, row, sheets
from apps.work.address import Address
from apps.work.asking import Told
from apps.work.header import header
from apps.work.placements_view import View
from apps.work.questions import asked
from schemas.municipality import municipality

PAGE: Final = "placeringar"
REFRESH_S: Final = 60


def page() -> None:
    """What the address asks for, and nothing else; asked again every minute."""
    st.html(styles.sheets("work.css"))
    st.fragment(_live, run_every=REFRESH_S)()


def _live() -> None:
    """Each part is an element of its own, so that a new figure does not take away what somebody writes."""
    read = reader(PAGE)
    wanted = address.read(st.query_params.to_dict())
    town = municipality(read.municipality(wanted["kommun"] or None))
    told = asking.told(town, datetime.now(UTC))
    view = look(read, wanted, told)
    st.html(header("placements", town, told.words, read.municipalities))
    st.html(placements_view.questions(view))
    st.html(placements_view.choices(view))
    st.download_button(
        say("fetch_excel"), data=lambda: export(read, wanted, told), on_click="ignore", mime=sheets.MIME,
        file_name=f"placeringar-{town.code}-{told.today.isoformat()}.xlsx", key="excel",
    )  # fmt: skip
    st.html(placements_view.result(view))


def look(read: Reader, wanted: Address, told: Told) -> View:
    """Everything that the page shows, each read with its own row in the log."""
    code, filters = told.town.code, told.parameters | _filters(wanted)
    counts = read.rows("placement_counts", filters, municipality=code)[0]
    found = read.rows("placements_placed", filters | asked(wanted["visa"]).parameters, municipality=code)
    if wanted["rad"]:
        events = read.rows("placement_history", {"key": wanted["rad"]}, municipality=code)
        return View(
            told.town, wanted, told.today, counts, _placed(found), history=history.read(events, told.town)
        )
    lacking = read.rows("provider_deficiencies", {"today": told.today}, municipality=code)
    return View(told.town, wanted, told.today, counts, _placed(found), providers.read(lacking))


def export(read: Reader, wanted: Address, told: Told) -> bytes:
    """The rows that are shown, asked for again and logged as an export."""
    parameters = told.parameters | _filters(wanted) | asked(wanted["visa"]).parameters
    found = read.rows("placements_placed", parameters, municipality=told.town.code, act="export")
    shown = View(told.town, wanted, told.today, {}, _placed(found)).shown
    return placements_sheet.file(shown, told.town, wanted, told.today, told.words)


def _placed(rows: list[dict[str, Any]]) -> list[row.Placed]:
    return [row.read(one) for one in rows]


def _filters(wanted: Address) -> dict[str, Any]:
    names = {"care_form": "vardform", "target_group": "malgrupp", "provider": "utforare", "place": "ort"}
    return {name: wanted[parameter] for name, parameter in names.items()} | {"search": wanted.search}
