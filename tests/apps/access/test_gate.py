from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect as open_socket

from apps.access.login import ROLES, Role
from apps.access.table import table
from apps.work_pages import PAGES
from schemas.settings import Settings
from tests.browser.entering import ask, cookie, enter
from tests.browser.stage import Screens, serving
from warehouse.audit import ROWS
from warehouse.audit_check import verify
from warehouse.client import Warehouse

BUILT = {name: table().pages[name] for name, _ in PAGES}


@pytest.fixture(scope="module")
def work(own_tables: Settings, own_warehouse: Warehouse) -> Iterator[Screens]:
    with serving("work", own_tables) as screens:
        yield screens


@pytest.mark.parametrize("name", BUILT)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_the_pages_of_its_own_and_no_other(work: Screens, role: Role, name: str) -> None:
    page = BUILT[name]
    status, body, _ = ask(work.address + page.path, headers={"Cookie": cookie(work, role)})
    assert status == (200 if role in page.roles else 403)
    assert ("Din roll får inte öppna sidan" in body) == (role not in page.roles)


@pytest.mark.parametrize("name", BUILT)
def test_no_page_opens_without_a_login_and_the_way_there_is_kept(work: Screens, name: str) -> None:
    path = BUILT[name].path
    status, body, headers = ask(work.address + path + "?kommun=9999")
    assert (status, body) == (303, "")
    assert unquote(headers["Location"]) == f"/inloggning?till={path}?kommun=9999"


@pytest.mark.parametrize(
    "path", ["/media/x.xlsx", "/component/a/b.js", "/_stcore/stream", "/_stcore/upload_file/a/b", "/start",
             "/oauth2callback", "/auth/login", "/_stcore/metrics", "/index.html"]
)  # fmt: skip
def test_nothing_of_streamlits_answers_without_a_login(work: Screens, path: str) -> None:
    assert ask(work.address + path)[0] in (401, 403, 404)


def test_what_is_no_data_answers_without_a_login(work: Screens) -> None:
    for path in ("/_stcore/health", "/_stcore/host-config", "/kiosk/tokens.css", "/kiosk/entrance.css"):
        assert ask(work.address + path)[0] == 200, path


def _opens(work: Screens, headers: dict[str, str]) -> bool:
    address = work.address.replace("http", "ws") + "/_stcore/stream"
    try:
        with open_socket(address, additional_headers=headers, origin=None, close_timeout=1):
            return True
    except InvalidStatus as refused:
        assert refused.response.status_code == 403
        return False


def test_a_websocket_needs_a_login(work: Screens) -> None:
    assert _opens(work, {"Cookie": cookie(work, "engineer")})
    assert not _opens(work, {})
    assert not _opens(work, {"Cookie": cookie(work, "engineer") + "0"})


def test_the_login_page_is_swedish_and_offers_every_role(work: Screens) -> None:
    status, body, headers = ask(work.address + "/inloggning?till=/teknik")
    assert status == 200
    assert '<html lang="sv">' in body
    assert all(f'value="{role}"' in body for role in ROLES)
    assert 'name="till" value="/teknik"' in body
    assert headers["Cache-Control"] == "no-store"
    assert "form-action 'self'" in headers["Content-Security-Policy"]


def test_the_cookie_is_for_this_server_alone_and_no_script_reads_it(work: Screens) -> None:
    status, headers = enter(work, "coordinator", "9999/vuxen")
    told = headers["Set-Cookie"].lower()
    assert status == 303
    assert "httponly" in told
    assert "samesite=strict" in told
    assert "max-age=28800" in told


@pytest.mark.parametrize(
    ("onward", "there"),
    [("/teknik", "/teknik"), ("/teknik?a=b", "/teknik?a=b"), ("https://evil.example/teknik", "/"),
     ("//evil.example/teknik", "/"), ("/nej", "/"), ("/\\evil.example", "/"), ("javascript:x", "/")],
)  # fmt: skip
def test_a_login_leads_to_pages_of_ours_alone(work: Screens, onward: str, there: str) -> None:
    assert enter(work, "engineer", onward=onward)[1]["Location"] == there


@pytest.mark.parametrize(
    ("role", "place"),
    [("system", "9999/"), ("", "9999/"), ("engineer", ""), ("engineer", "1111/"), ("unit_head", "9999/nej")],
)
def test_a_role_or_place_that_is_not_offered_is_refused(work: Screens, role: str, place: str) -> None:
    assert enter(work, role, place)[0] == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"X-Forwarded-For": "10.0.0.1"},
        {"Forwarded": "for=10.0.0.1"},
    ],
)
def test_a_form_from_elsewhere_logs_nobody_in(work: Screens, headers: dict[str, str]) -> None:
    form = b"roll=engineer&plats=9999/"
    assert ask(work.address + "/inloggning", form, headers)[0] == 403


def test_another_name_of_the_machine_reaches_no_page_and_no_websocket(work: Screens) -> None:
    who = {"Cookie": cookie(work, "engineer")}
    assert ask(work.address + "/teknik", headers=who | {"Host": "evil.example"})[0] == 403
    assert not _opens(work, who | {"X-Forwarded-For": "10.0.0.1"})


def _changed(value: str, place: int, instead: object) -> str:
    name, _, sealed = value.partition("=")
    body, _, seal = sealed.rpartition(".")
    told = json.loads(base64.urlsafe_b64decode(body))
    told[place] = instead
    return f"{name}={base64.urlsafe_b64encode(json.dumps(told).encode()).decode()}.{seal}"


@pytest.mark.parametrize(
    ("place", "instead"),
    [(1, "data_protection"), (2, "0780"), (3, "*"), (4, time.time() + 9000), (0, "0" * 32)],
    ids=["role", "municipality", "unit", "began_at", "session"],
)
def test_a_cookie_that_was_changed_is_none(work: Screens, place: int, instead: object) -> None:
    value = _changed(cookie(work, "unit_head", "9999/vuxen"), place, instead)
    assert ask(work.address + "/", headers={"Cookie": value})[0] == 303


def test_who_logs_out_is_out_wherever_the_cookie_was_copied(work: Screens) -> None:
    who = {"Cookie": cookie(work, "engineer")}
    assert ask(work.address + "/teknik", headers=who)[0] == 200
    status, _, headers = ask(work.address + "/utloggning", headers=who)
    assert (status, headers["Location"]) == (303, "/inloggning")
    assert "Max-Age=0" in headers["Set-Cookie"]
    assert ask(work.address + "/teknik", headers=who)[0] == 303
    assert not _opens(work, who)


def test_logins_refusals_and_logouts_are_written_down(work: Screens, own_warehouse: Warehouse) -> None:
    who = {"Cookie": cookie(work, "politician", "9999/")}
    ask(work.address + "/teknik", headers=who)
    ask(work.address + "/utloggning", headers=who)
    rows = own_warehouse.rows(ROWS)
    own = [row for row in rows if row["role"] == "politician"][-3:]
    assert [(row["act"], row["page"], row["municipality"]) for row in own] == [
        ("login", "", "9999"), ("refused", "teknik", "9999"), ("logout", "", "9999"),
    ]  # fmt: skip
    assert len({row["actor"] for row in own}) == 1
    assert verify(rows) == []


def test_without_an_audit_log_nobody_gets_in(
    own_tables: Settings, own_warehouse: Warehouse, work: Screens
) -> None:
    own_warehouse.command("RENAME TABLE audit TO audit_away")
    try:
        assert enter(work, "engineer")[0] == 503
    finally:
        own_warehouse.command("RENAME TABLE audit_away TO audit")
    assert enter(work, "engineer")[0] == 303
