"""Logging in to the work views of a test's own screens, as a person on this machine does."""

from __future__ import annotations

import urllib.error
import urllib.request
from email.message import Message
from http.client import HTTPMessage
from typing import IO, Final
from urllib.parse import urlencode

from playwright.sync_api import BrowserContext

from apps.access.login import Role
from tests.browser.stage import Screens


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


_OPENER: Final = urllib.request.build_opener(_Stay)


def ask(
    address: str, data: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, str, Message]:
    """Status, body and headers of an answer, redirects not followed."""
    try:
        with _OPENER.open(urllib.request.Request(address, data, headers or {}), timeout=20) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


def enter(screens: Screens, role: Role | str, place: str = "9999/", onward: str = "/") -> tuple[int, Message]:
    """Send the login form."""
    form = urlencode({"roll": role, "plats": place, "till": onward}).encode()
    status, _, headers = ask(screens.address + "/inloggning", form, {"Origin": screens.address})
    return status, headers


def cookie(screens: Screens, role: Role | str, place: str = "9999/") -> str:
    """The Cookie header of somebody who has logged in."""
    status, headers = enter(screens, role, place)
    assert status == 303, status
    return headers["Set-Cookie"].partition(";")[0]


def let_in(context: BrowserContext, screens: Screens, role: Role | str, place: str = "9999/") -> None:
    """Log a browser in."""
    name, _, value = cookie(screens, role, place).partition("=")
    context.add_cookies([{"name": name, "value": value, "url": screens.address, "httpOnly": True}])
