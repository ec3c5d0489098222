"""Login by a real OIDC provider on loopback, through Streamlit's own routes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from http.cookiejar import Cookie, CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from joserfc.jwk import RSAKey

from schemas.settings import Settings
from tests.apps.access.provider import CLIENT, SECRET, Provider, providing
from tests.browser.entering import ask
from tests.browser.stage import Screens, serving
from warehouse.audit import ROWS
from warehouse.client import Warehouse

WHO = {"roles": ["Puls-Samordnare", "unit_head"], "municipalities": ["9999"], "units": ["vuxen"]}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


@pytest.fixture(scope="module")
def settings(own_tables: Settings, provider: Provider) -> Settings:
    secret = own_tables.home / "client-secret"
    secret.write_text(SECRET + "\n")
    return replace(
        own_tables, oidc_metadata=provider.metadata, oidc_client=CLIENT, oidc_secret_file=secret,
        oidc_roles="Puls-Samordnare=coordinator,Puls-Dataskydd=data_protection",
    )  # fmt: skip


@pytest.fixture(scope="module")
def work(settings: Settings, own_warehouse: Warehouse) -> Iterator[Screens]:
    with serving("work", settings) as screens:
        yield screens


class Visitor:
    """A browser without scripts: follows redirects and keeps cookies."""

    def __init__(self, work: Screens) -> None:
        self.jar = CookieJar()
        self._open = build_opener(HTTPCookieProcessor(self.jar)).open
        self._work = work

    def goes(self, path: str) -> tuple[str, str]:
        """Where it ends, and what it reads there."""
        try:
            answer = self._open(self._work.address + path, timeout=20)
        except HTTPError as refused:
            answer = refused
        with answer:
            return urlsplit(answer.url).path, answer.read().decode()

    @property
    def cookies(self) -> dict[str, Cookie]:
        return {cookie.name: cookie for cookie in self.jar}

    @property
    def header(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())}


def _logged_in(work: Screens, provider: Provider, **claims: Any) -> Visitor:
    provider.claims, provider.signs_with = WHO | claims, None
    visitor = Visitor(work)
    visitor.goes("/inloggning/vidare")
    return visitor


def test_the_login_page_leads_to_the_provider_and_offers_no_role(work: Screens) -> None:
    status, body, _ = ask(work.address + "/inloggning")
    assert status == 200
    assert "Logga in med kommunens konto" in body
    assert "Placeringssamordnare" not in body
    assert ask(work.address + "/inloggning", b"roll=engineer&plats=9999/")[0] == 403


def test_whom_the_provider_knows_comes_in_with_the_role_of_the_claim(
    work: Screens, provider: Provider
) -> None:
    visitor = _logged_in(work, provider)
    path, body = visitor.goes("/")
    assert path == "/"
    assert "Kommunpuls" in body
    asked = provider.asked[-1]
    assert asked["redirect_uri"] == work.address + "/oauth2callback"
    assert asked["scope"] == "openid"
    assert asked["code_challenge_method"] == "S256"
    assert asked["nonce"] and asked["state"]


def test_the_page_that_was_asked_for_comes_after_the_login(work: Screens, provider: Provider) -> None:
    provider.claims, provider.signs_with = WHO | {"roles": "data_protection"}, None
    visitor = Visitor(work)
    path, body = visitor.goes("/lasningar?manad=2026-10")
    assert path == "/inloggning"
    onward = re.search(r'href="(/inloggning/vidare[^"]+)"', body)
    assert onward
    assert visitor.goes(onward[1])[0] == "/lasningar"
    assert visitor.goes("/")[0] == "/"


def test_the_cookie_is_closed_to_scripts(work: Screens, provider: Provider) -> None:
    cookie = _logged_in(work, provider).cookies["_streamlit_user"]
    assert cookie.has_nonstandard_attr("HttpOnly")


def test_a_role_that_may_not_open_a_page_is_refused(work: Screens, provider: Provider) -> None:
    coordinator = _logged_in(work, provider)
    engineer = _logged_in(work, provider, roles="engineer")
    assert ask(work.address + "/teknik", headers=coordinator.header)[0] == 403
    assert ask(work.address + "/teknik", headers=engineer.header)[0] == 200


@pytest.mark.parametrize("roles", [[], ["Somebody-Else"], "coordinators", None, {"a": 1}, ["system"]])
def test_a_login_without_a_role_of_ours_opens_nothing(
    work: Screens, provider: Provider, roles: object
) -> None:
    visitor = _logged_in(work, provider, roles=roles)
    assert ask(work.address + "/", headers=visitor.header)[0] == 403


def test_an_id_token_that_another_key_signed_lets_nobody_in(work: Screens, provider: Provider) -> None:
    provider.claims, provider.signs_with = dict(WHO), RSAKey.generate_key(2048, {"kid": "one"})
    visitor = Visitor(work)
    assert visitor.goes("/inloggning/vidare")[0] == "/inloggning"
    assert "_streamlit_user" not in visitor.cookies


@pytest.mark.parametrize(
    "claims", [{"aud": "another-client"}, {"iss": "http://127.0.0.1:1"}, {"nonce": "another"}, {"exp": 1}]
)
def test_an_id_token_for_somebody_else_lets_nobody_in(
    work: Screens, provider: Provider, claims: dict[str, Any]
) -> None:
    assert "_streamlit_user" not in _logged_in(work, provider, **claims).cookies


def test_a_token_from_half_an_hour_ago_opens_nothing(work: Screens, provider: Provider) -> None:
    now = int(time.time())
    visitor = _logged_in(work, provider, iat=now - 1801, exp=now + 600)
    assert "_streamlit_user" in visitor.cookies
    assert visitor.goes("/")[0] == "/inloggning"


def test_a_changed_cookie_opens_nothing(work: Screens, provider: Provider) -> None:
    visitor = _logged_in(work, provider)
    name, cookie = "_streamlit_user", visitor.cookies["_streamlit_user"]
    assert ask(work.address + "/", headers={"Cookie": f"{name}={cookie.value}"})[0] == 200
    assert ask(work.address + "/", headers={"Cookie": f"{name}=A{cookie.value}"})[0] == 303


def test_who_logs_out_is_out_here_and_at_the_provider(work: Screens, provider: Provider) -> None:
    visitor = _logged_in(work, provider)
    before = visitor.header
    assert ask(work.address + "/", headers=before)[0] == 200
    assert visitor.goes("/utloggning")[0] == "/inloggning"
    assert provider.left[-1]["post_logout_redirect_uri"] == work.address + "/oauth2callback"
    assert "_streamlit_user" not in visitor.cookies
    assert ask(work.address + "/", headers=before)[0] == 303


def test_the_audit_log_knows_a_pseudonym_and_no_name(
    work: Screens, provider: Provider, own_warehouse: Warehouse
) -> None:
    _logged_in(work, provider, sub="anna.andersson@kommun.example", name="Anna Andersson").goes("/")
    row = [row for row in own_warehouse.rows(ROWS) if row["act"] == "login"][-1]
    assert row["actor"].startswith("w1.")
    assert "anna" not in str(row).lower()


def test_the_way_back_asks_for_a_state_of_ours(work: Screens, provider: Provider) -> None:
    visitor = Visitor(work)
    assert visitor.goes("/oauth2callback?code=x&state=y")[0] == "/inloggning"
    assert "_streamlit_user" not in visitor.cookies


def test_a_name_that_is_not_loopback_is_served_where_a_provider_logs_in(work: Screens) -> None:
    assert ask(work.address + "/inloggning", headers={"X-Forwarded-For": "10.0.0.1"})[0] == 200
