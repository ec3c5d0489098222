from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path

import pytest
from streamlit import config

from apps import door, server
from schemas.errors import Misconfigured
from schemas.settings import Settings
from tests.apps import samples
from tests.browser.entering import cookie
from tests.browser.stage import ROOT, Screens, publish, serving
from warehouse.client import Warehouse


@pytest.fixture(scope="module")
def store(own_warehouse: Warehouse) -> Warehouse:
    now = datetime.now(UTC)
    publish(own_warehouse, "9999", samples.moved(samples.figures(), now), now)
    return own_warehouse


@pytest.fixture(scope="module")
def public(own_tables: Settings, store: Warehouse) -> Iterator[Screens]:
    with serving("public", own_tables) as screens:
        yield screens


@pytest.fixture(scope="module")
def work(own_tables: Settings, store: Warehouse) -> Iterator[Screens]:
    with serving("work", own_tables) as screens:
        yield screens


def _ask(
    address: str, data: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, str, Message]:
    request = urllib.request.Request(address, data, headers or {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


PAGES = ("/", "/katalog", "/skarm", "/9999/lobby", "/9999/lobby/vuxen", "/9999/lobby/finns-inte", "/nej")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_swedish_and_carries_the_security_headers(public: Screens, path: str) -> None:
    _, body, headers = _ask(public.address + path)
    assert '<html lang="sv"' in body
    assert 'lang="en"' not in body
    assert "Streamlit</title>" not in body
    assert "JavaScript to run" not in body
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self';" in policy


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/1111/lobby", "Det finns ingen kommun med koden 1111"),
        ("/abcd/lobby", "Sidan finns inte"),
        ("/0780/lobby", "Växjö har inga uppgifter att visa ännu"),
        ("/9999/lobby/finns-inte", "Mittköping har ingen enhet som heter finns-inte"),
        ("/9999/okand", "Sidan finns inte"),
        ("/index.html", "Sidan finns inte"),
        ("/start", "Sidan finns inte"),
        ("/kiosk/kiosk.html", "Sidan finns inte"),
        ("/kiosk/../server.py", "Sidan finns inte"),
        ("/_stcore/metrics", "Sidan finns inte"),
        ("/_stcore/agent/openapi.json", "Sidan finns inte"),
        ("/_stcore/upload_file/x/y", "Sidan finns inte"),
    ],
)
def test_what_does_not_exist_is_a_clear_no_in_swedish(public: Screens, path: str, words: str) -> None:
    status, body, _ = _ask(public.address + path)
    assert status == 404
    assert words in body
    assert "Till startsidan" in body


def test_a_name_in_the_address_cannot_become_markup(public: Screens) -> None:
    status, body, _ = _ask(public.address + "/9999/lobby/%3Cscript%3Ealert(1)")
    assert status == 404
    assert "<script>alert" not in body


def test_the_known_screens_answer(public: Screens) -> None:
    for path in ("/", "/katalog", "/9999/lobby", "/9999/lobby/barn-unga", "/9999/lobby?tema=mork"):
        assert _ask(public.address + path)[0] == 200
    assert _ask(public.address + "/_stcore/health")[1] == "ok"


def test_the_public_port_has_no_work_view_and_the_work_port_no_wall(public: Screens, work: Screens) -> None:
    assert _ask(public.address + "/teknik")[0] == 404
    assert _ask(work.address + "/teknik", headers={"Cookie": cookie(work, "engineer")})[0] == 200
    assert _ask(work.address + "/katalog")[0] == 404
    assert _ask(work.address + "/9999/lobby")[0] == 404
    assert _ask(work.address + "/kiosk/sign", b"{}", {"X-Kommunpuls": "1"})[0] == 404


def test_an_address_with_a_last_slash_leads_to_the_screen(public: Screens) -> None:
    assert _ask(public.address + "/9999/lobby/")[0] == 200


def test_english_dialogs_are_switched_off_at_their_root(public: Screens) -> None:
    told = json.loads(_ask(public.address + "/_stcore/host-config")[1])
    assert told["blockErrorDialogs"] is True
    assert told["allowedOrigins"] == []


SIGN = {
    "screen": "skarm-reception",
    "page": "/9999/lobby/vuxen",
    "data_at": 1_795_000_000_000,
    "rotated_ago_s": 4,
}
OURS = {"X-Kommunpuls": "1", "Content-Type": "application/json"}


def _tell(screens: Screens, told: object, headers: dict[str, str] | None = None) -> int:
    return _ask(
        screens.address + "/kiosk/sign", json.dumps(told).encode(), OURS if headers is None else headers
    )[0]


def test_a_sign_of_life_is_written_by_the_servers_clock(public: Screens, store: Warehouse) -> None:
    assert _tell(public, SIGN) == 204
    row = store.rows("SELECT * FROM screens FINAL WHERE screen = 'skarm-reception'")[0]
    assert abs((datetime.now(UTC) - row["seen_at"]).total_seconds()) < 10
    assert (row["seen_at"] - row["rotated_at"]).total_seconds() == pytest.approx(4, abs=0.1)


def test_a_screen_that_tells_too_often_is_held_back(public: Screens) -> None:
    hasty = SIGN | {"screen": "skarm-hastig"}
    assert [_tell(public, hasty), _tell(public, hasty)] == [204, 429]


@pytest.mark.parametrize(
    "changes",
    [
        {"screen": "Robert'); DROP TABLE screens"}, {"page": "/annan"}, {"page": "http://evil"},
        {"screen": None},
        {"data_at": "igår"}, {"rotated_ago_s": 1e300}, {"data_at": 1e300},
    ],
)  # fmt: skip
def test_what_is_no_sign_of_life_is_refused(public: Screens, changes: dict[str, object]) -> None:
    assert _tell(public, SIGN | changes) == 400


def test_a_sign_of_life_from_elsewhere_or_too_large_is_refused(public: Screens) -> None:
    assert _tell(public, SIGN, {"Content-Type": "application/json"}) == 403
    assert _tell(public, SIGN, OURS | {"Sec-Fetch-Site": "cross-site"}) == 403
    assert _tell(public, SIGN | {"more": "x" * 1000}) == 400


def test_the_work_views_listen_on_loopback_whatever_the_settings_say(work: Screens) -> None:
    assert work.settings.host == "0.0.0.0"
    port = work.settings.work_port
    with socket.socket() as other, pytest.raises(OSError):
        other.connect((_other_address(), port))


def _other_address() -> str:
    """An address of this machine that is not 127.0.0.1."""
    return "127.0.0.2"


def test_the_options_are_ours() -> None:
    server.set_options()
    for name, value in server.OPTIONS.items():
        assert config.get_option(name) == value
    assert config.get_option("runner.postScriptGC") is False
    assert config.get_option("server.enableAgentApi") is False
    assert config.get_option("browser.gatherUsageStats") is False
    assert config.get_option("client.showErrorDetails") == "none"


def test_an_option_that_a_new_streamlit_has_dropped_refuses_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(server.OPTIONS, "runner.noLongerThere", False)
    with pytest.raises(Misconfigured, match="has no option runner"):
        server.set_options()


def test_a_new_page_of_streamlit_is_not_let_through_in_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "index.html").write_text(
        '<!-- --><html lang="en-GB"><title>Streamlit</title></html>'
    )
    monkeypatch.setattr("streamlit.__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(Misconfigured, match="its page has no"):
        door.page_of_streamlit()


def test_a_wrong_call_is_one_line(tmp_path: Path) -> None:
    wrong = subprocess.run(
        [sys.executable, "-m", "apps.server", "hall"], cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PULS_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert wrong.returncode != 0
    assert wrong.stderr.strip() == "Misconfigured: python -m apps.server public|work"
