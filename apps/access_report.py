"""The access report: who read what, when and why, in one municipality and month. Read by data protection.

Reading the report is a read like any other, and stands in it the next time.
"""

from __future__ import annotations

import re
import threading
import time
from datetime import UTC, date, datetime
from typing import Final

import streamlit as st

from apps import reading
from apps.access.reader import Reader, reader
from apps.access_view import Report, content
from schemas.calendar import local_day, midnight, month_start, next_month
from schemas.municipality import municipality
from warehouse.audit_check import Verdict, check

PAGE: Final = "lasningar"
MOST_ROWS: Final = 200
KEEP_S: Final = 60
_kept: dict[tuple[datetime, datetime], tuple[float, Verdict]] = {}
_checking = threading.Lock()


def page() -> None:
    """The page, made anew at each visit. Query: kommun, manad as 2026-11."""
    read = reader(PAGE)
    st.html(
        content(gather(read, st.query_params.get("kommun"), st.query_params.get("manad"), datetime.now(UTC)))
    )


def gather(read: Reader, wanted: str | None, month: str | None, now: datetime) -> Report:
    """Ask the audit log. month: as 2026-11, this month where it is none. Raises Forbidden, HubError."""
    town = municipality(read.municipality(wanted))
    today = local_day(now, town.zone)
    first = min(_month(month) or month_start(today), month_start(today))
    span = midnight(first, town.zone), midnight(next_month(first), town.zone)
    asked = {"since": span[0], "until": span[1]}
    return Report(
        town=town,
        month=first,
        now=now,
        is_current=first == month_start(today),
        towns=tuple(municipality(code) for code in read.municipalities),
        sums=tuple(read.rows("audit_by_page", asked, municipality=town.code)),
        rows=tuple(read.rows("audit_rows", asked | {"most": MOST_ROWS}, municipality=town.code)),
        verdict=_checked(*span),
    )


def _month(text: str | None) -> date | None:
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text or "")
    return date(int(found[1]), int(found[2]), 1) if found else None


def _checked(since: datetime, until: datetime) -> Verdict:
    """Of all municipalities' rows, as chains hold all; at most once a minute per month."""
    with _checking:
        at, verdict = _kept.get((since, until), (float("-inf"), None))
        if verdict is None or time.monotonic() - at > KEEP_S:
            verdict = check(reading.source().store, since, until)
            _kept[since, until] = time.monotonic(), verdict
        return verdict
