"""Decisions not carried out (SoL 34 kap., LSS 28 f–h §§), by quarter and receiver, as a Streamlit page: reads
through the table of access, shows, exports.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Final

import streamlit as st

from apps import styles
from apps.access.reader import Act, Reader, reader
from apps.wording import say
from apps.work import address, asking, history, unexecuted_view
from apps.work.address import Address
from apps.work.asking import Told
from apps.work.header import header
from apps.work.unexecuted_files import KINDS, Form, name_of
from apps.work.unexecuted_report import Basis, Report, report
from apps.work.unexecuted_view import View, receiver
from schemas.calendar import local_day
from schemas.municipality import municipality
from warehouse.quarters import Quarter, quarter, quarters_before
from warehouse.unexecuted import decisions, deliveries, published

PAGE: Final = "ej-verkstallda"
OFFERED: Final = 8
"""Quarters to choose from."""


def page() -> None:
    """One look: what the address asks for, and nothing else."""
    st.html(styles.sheets("work.css"))
    read = reader(PAGE)
    wanted = address.read(st.query_params.to_dict())
    town = municipality(read.municipality(wanted["kommun"] or None))
    told = asking.told(town, datetime.now(UTC), "cases")
    view = look(read, wanted, told)
    st.html(header("unexecuted", town, told.words, read.municipalities))
    st.html(unexecuted_view.receivers(view))
    st.html(unexecuted_view.choices(view))
    if view.sees_all:
        _downloads(read, wanted, told, view.report)
    st.html(unexecuted_view.result(view))


def _downloads(read: Reader, wanted: Address, told: Told, shown: Report) -> None:
    with st.container(horizontal=True, key="files"):
        for form, kind in KINDS.items():
            st.download_button(
                say(kind.word), data=partial(export, read, wanted, told, form), on_click="ignore",
                mime=kind.mime, file_name=name_of(shown, form), key=form,
            )  # fmt: skip


def look(read: Reader, wanted: Address, told: Told) -> View:
    """Everything that the page shows, each read with its own row in the log."""
    code, today = told.town.code, local_day(told.now, told.town.zone)
    asked, refused = _quarter(wanted, told)
    given = read.rows("unexecuted_deliveries", {}, municipality=code)
    key = wanted["rad"]
    events = read.rows("unexecuted_history", {"key": key}, municipality=code) if key else []
    offered = quarters_before(today, OFFERED)
    return View(
        wanted, gathered(read, wanted, told), offered, deliveries(given, asked), today,
        read.sees_all("unexecuted_decisions", code), refused,
        history.read(events, told.town) if key else None,
    )  # fmt: skip


def export(read: Reader, wanted: Address, told: Told, form: Form) -> bytes:
    """The rows that are shown, asked for again and logged as an export."""
    return KINDS[form].make(gathered(read, wanted, told, "export"))


def gathered(read: Reader, wanted: Address, told: Told, act: Act = "read") -> Report:
    """The report that the address asks for."""
    asked, _ = _quarter(wanted, told)
    since, until = asked.span(told.town.zone)
    span = {"since": since, "until": until, "receiver": receiver(wanted)}
    code, to = told.town.code, receiver(wanted)
    rows = read.rows("unexecuted_decisions", span, municipality=code, act=act)
    basis = Basis(told.town, asked, told.mark.as_of if told.mark else None)
    sums = to == "council" and read.sees_all("unexecuted_decisions", code)
    shown = read.rows("unexecuted_published", {"on": asked.first}, municipality=code, act=act) if sums else []
    return report(to, decisions(rows, asked, told.town.zone), basis, published(shown))


def _quarter(wanted: Address, told: Told) -> tuple[Quarter, str]:
    """The quarter of the address where it is over, else the newest that is, and the one refused."""
    newest = quarters_before(local_day(told.now, told.town.zone), 1)[0]
    given = quarter(wanted["kvartal"]) if wanted["kvartal"] else newest
    return (given, "") if given.is_over(told.now, told.town.zone) else (newest, given.name)
