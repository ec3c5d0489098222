from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest

from apps import access_report, reading
from apps.access.login import Forbidden
from apps.access.reader import Reader
from apps.access.table import Purpose
from apps.access_report import gather
from apps.access_view import Report, content
from apps.terms import ACTS, PURPOSES, ROLES
from schemas.municipality import municipality
from schemas.settings import Settings
from tests.apps.access.people import desk, login
from warehouse.audit import Act, Entry, Log
from warehouse.audit_check import Verdict
from warehouse.client import Warehouse

NOW = datetime.now(UTC)
TOWN = municipality("9999")


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def store(warehouse: Warehouse, warehouse_settings: Settings) -> Warehouse:
    access_report._kept.clear()
    reading.install(reading.Published(lambda: warehouse), warehouse_settings)
    return warehouse


def _read(store: Warehouse, act: Act = "read", municipality: str = "9999", rows: int = 3) -> Entry:
    return Entry(
        act, "coordinator", "w1.abcdefghijkl", "placeringar", "placed", municipality, {"cause": "våld"}, rows,
        ("9999/placement/a",), "placement_follow_up",
    )  # fmt: skip


def _reader(store: Warehouse) -> Reader:
    return Reader("lasningar", login("data_protection", at=NOW), desk(store, NOW), store)


def test_the_report_says_who_read_what_when_and_why(store: Warehouse) -> None:
    log = Log(lambda: store)
    for act in ("read", "read", "export", "refused"):
        log.append(_read(store, act))
    shown = _text(content(gather(_reader(store), None, None, NOW)))
    assert "3 läsningar i " in shown
    assert "Placeringssamordnare läste Placeringar placed Uppföljning av placering 2 6 1" in shown
    assert "abcdefgh Placeringssamordnare läste Placeringar placed cause våld 3 9999/placement/a" in shown
    assert "9 Utlämnade rader 1 Uttag till fil 1 Nekade försök" in shown
    assert "Loggen är hel" in shown


def test_another_municipalitys_reads_are_not_in_it(store: Warehouse) -> None:
    Log(lambda: store).append(_read(store, municipality="0780"))
    assert "placed" not in _text(content(gather(_reader(store), None, None, NOW)))
    with pytest.raises(Forbidden):
        gather(_reader(store), "0780", None, NOW)


def test_reading_the_report_is_in_the_next_one(store: Warehouse) -> None:
    gather(_reader(store), None, None, NOW)
    assert "Dataskydd läste Läsningar audit_by_page Kontroll av åtkomst" in _text(
        content(gather(_reader(store), None, None, NOW))
    )


def test_a_flipped_row_is_shown_above_everything(store: Warehouse) -> None:
    log = Log(lambda: store)
    for _ in range(3):
        log.append(_read(store))
    store.command("ALTER TABLE audit UPDATE row_count = 0 WHERE number = 3 SETTINGS mutations_sync = 2")
    shown = content(gather(_reader(store), None, None, NOW))
    assert _text(shown).index("Loggen är ändrad efteråt") < _text(shown).index("Utlämnade rader")
    assert re.search(r"Rad 3 i kedjan [0-9a-f]{12} är ändrad\.", _text(shown))
    assert 'role="alert"' in shown


def test_a_month_is_its_own_and_leads_to_its_neighbours(store: Warehouse) -> None:
    Log(lambda: store, clock=lambda: datetime(2026, 3, 31, 21, 59, tzinfo=UTC)).append(_read(store))
    Log(lambda: store, clock=lambda: datetime(2026, 3, 31, 22, 0, tzinfo=UTC)).append(_read(store))
    html = content(gather(_reader(store), None, "2026-03", NOW))
    assert "1 läsning i mars 2026" in _text(html)
    assert "manad=2026-02" in html
    assert "manad=2026-04" in html
    assert "1 läsning i april 2026" in _text(content(gather(_reader(store), None, "2026-04", NOW)))


@pytest.mark.parametrize("month", ["", "2026-13", "igår", "9999-01", "2090-01"])
def test_a_month_that_is_none_is_this_one(store: Warehouse, month: str) -> None:
    assert gather(_reader(store), None, month, NOW).is_current


def test_what_was_asked_for_cannot_become_markup() -> None:
    row = {
        "at": NOW, "act": "read", "role": "coordinator", "actor": "w1.<b>", "page": "<i>", "query": "<u>",
        "filters": '{"<s>": "<script>"}', "row_count": 1, "entities": ["<em>"], "purpose": "<p1>",
    }  # fmt: skip
    shown = content(Report(TOWN, date(2026, 11, 1), NOW, True, (TOWN,), (), (row,), Verdict(1, 1, ())))
    assert not re.search(
        r"<(script|s|i|u|em|p1|b>[^<]*</code)", shown.replace("<span", "").replace("<section", "")
    )


def test_every_act_role_and_purpose_has_a_swedish_word() -> None:
    assert set(Act.__args__) <= ACTS.keys()  # type: ignore[attr-defined]
    assert set(Purpose.__args__) == PURPOSES.keys()  # type: ignore[attr-defined]
    assert set(ROLES) >= {"coordinator", "data_protection"}
