"""The staffing view (O4) as a Streamlit page: reads through the table of access, shows, exports."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any, Final

import streamlit as st

from apps import styles
from apps.access.reader import Act, Asked, Reader, reader
from apps.wording import say
from apps.work import address, asking, sheets, staffing_row, staffing_sheet, staffing_view
from apps.work.address import Address
from apps.work.asking import Told
from apps.work.header import header
from apps.work.staffing_look import MONTHS, Choices, View, months_before
from apps.work.staffing_row import Group
from schemas.municipality import municipality

PAGE: Final = "bemanning"
NEVER: Final = date(9999, 1, 1)


def page() -> None:
    """One look: what the address asks for, and nothing else."""
    st.html(styles.sheets("work.css", "care.css"))
    read = reader(PAGE)
    wanted = address.read(st.query_params.to_dict())
    town = municipality(read.municipality(wanted["kommun"] or None))
    told = asking.told(town, datetime.now(UTC), "hours")
    view = look(read, wanted, told)
    st.html(header("staffing", town, told.words, read.municipalities))
    st.html(staffing_view.questions(view))
    st.html(staffing_view.choices(view))
    st.download_button(
        say("fetch_excel"), data=lambda: export(read, wanted, told), on_click="ignore", mime=sheets.MIME,
        file_name=f"bemanning-{town.code}-{told.today.isoformat()}.xlsx", key="excel",
    )  # fmt: skip
    st.html(staffing_view.result(view))


def look(read: Reader, wanted: Address, told: Told, act: Act = "read") -> View:
    """Everything that the page shows, each read with its own row in the log. Sizes of groups are asked for
    over every unit, so that what is hidden does not depend on who asks.
    """
    code, month = told.town.code, _month(wanted["manad"], told)
    months = [months_before(month, MONTHS - 1 - number) for number in range(MONTHS)]
    span = {"months": months, "ends": [months_before(one, -1) for one in months], "today": told.open_day}
    (known,), sizes = read.together(
        [Asked("staffing_choices", {"today": told.open_day}), Asked("staffing_groups", span)],
        municipality=code,
    )
    groups = staffing_row.judged(sizes)
    asked = span | {"unit": wanted["enhet"], "hidden": staffing_row.hidden(groups, known["units"])}
    zoned = asked | {"zone": told.town.time_zone}
    figures, beside, double = read.together(
        [
            Asked("staffing_figures", asked | {"role": wanted["roll"]}, act),
            Asked("staffing_beside", asked, act),
            Asked("staffing_double", zoned, act),
        ],
        municipality=code,
    )
    own = {group: state for group, state in groups.items() if _fits(group, wanted, known["units"])}
    rows = staffing_row.read(own, figures, [*beside, *double] if not wanted["roll"] else ())
    return View(told.town, wanted, told.open_day, month, _choices(known, told), rows)


def _fits(group: Group, wanted: Address, units: Collection[str]) -> bool:
    unit, role, _ = group
    return unit in units and wanted["enhet"] in ("", unit) and wanted["roll"] in ("", role)


def _choices(known: dict[str, Any], told: Told) -> Choices:
    first = known["first_on"].replace(day=1) if known["is_told"] else NEVER
    running = told.open_day.replace(day=1)
    months = [m for n in range(MONTHS + 1) if first <= (m := months_before(running, n)) < told.open_day]
    return Choices(known["units"], known["roles"], months)


def export(read: Reader, wanted: Address, told: Told) -> bytes:
    """The rows that are shown, asked for again and logged as an export."""
    return staffing_sheet.file(look(read, wanted, told, "export"), told.words)


def _month(wanted: str, told: Told) -> date:
    """The asked month, at most the one that goes on; the last whole one where none is asked for."""
    running = told.open_day.replace(day=1)
    return min(running, date.fromisoformat(wanted + "-01")) if wanted else months_before(running, 1)
