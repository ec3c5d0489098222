"""The door of a screens server: what may be asked for at all, and the headers that every answer carries.

Deny by default: a path that is not named here gets a Swedish 404, where Streamlit would answer its English
shell with 200. Pure ASGI, so that the websocket passes untouched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from apps.wording import say
from schemas.errors import Misconfigured

STREAMLIT: Final = ("/static/", "/media/", "/component/")
CORE: Final = ("/_stcore/health", "/_stcore/stream", "/_stcore/host-config")
OWN: Final = tuple(f"/kiosk/{n}" for n in ("base.js", "icon.svg", "tokens.css", "kiosk.css", "font.woff2"))
"""What every page of ours needs, on either port."""
POLICY: Final = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # Streamlit writes its styles into the page
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
HEADERS: Final = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), screen-wake-lock=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Language": "sv",
}
_WORK_CONFIG: Final[dict[str, Any]] = {
    "allowedOrigins": [],
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    "blockErrorDialogs": False,
}
# the English "Connection error" never comes up before visitors; the shell says it in Swedish
HOST_CONFIGS: Final = {"public": _WORK_CONFIG | {"blockErrorDialogs": True}, "work": _WORK_CONFIG}


class Door:
    """Lets through what Streamlit needs and what is named, refuses the rest; all of it gets the headers."""

    def __init__(
        self, app: ASGIApp, own: Collection[re.Pattern[str]], host_config: Mapping[str, Any]
    ) -> None:
        self._app = app
        self._host_config = dict(host_config)
        self._own = tuple(own)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = self._answer(scope["path"])
        await (answer or self._app)(scope, receive, _with_headers(send))

    def _answer(self, path: str) -> Response | None:
        if path == "/_stcore/host-config":
            return JSONResponse(self._host_config, headers={"Cache-Control": "no-cache"})
        known = path in CORE or path in OWN or path.startswith(STREAMLIT)
        allowed = known or any(own.fullmatch(path) for own in self._own)
        return None if allowed else refusal(404, say("not_found"), say("not_found_say"))


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            del headers["server"]
        await send(message)

    return sending


def refusal(status: int, title: str, words: str, *, retry: bool = False) -> HTMLResponse:
    """A whole Swedish page that says no. retry: it asks again every minute, for a wall nobody looks after."""
    again = '<meta http-equiv="refresh" content="60">' if retry else ""
    body = (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        f"<title>{title} · Kommunpuls</title>{again}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/kiosk/icon.svg"><link rel="stylesheet" href="/kiosk/tokens.css">'
        '<link rel="stylesheet" href="/kiosk/kiosk.css"></head><body class="refusal">'
        f'<main><p class="brand">Kommunpuls</p><h1>{title}</h1><p>{words}</p>'
        f'<p><a href="/">{say("to_start")}</a></p></main></body></html>'
    )
    return HTMLResponse(body, status, headers={"Cache-Control": "no-store"})


def page_of_streamlit() -> str:
    """Streamlit's own page in Swedish: language, title, icon and what is said without JavaScript.

    Raises Misconfigured when a new Streamlit has another page, so that no English slips through.
    """
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    changes = (
        (r"<!--.*?-->", ""),
        (r'<html lang="en">', '<html lang="sv">'),
        (r"<title>.*?</title>", "<title>Kommunpuls</title>"),
        (r'<link rel="shortcut icon"[^>]*>', '<link rel="icon" href="/kiosk/icon.svg">'),
        (r'<link rel="service-desc"[^>]*>', ""),
        (r"<script>.*?</script>", '<script src="/kiosk/base.js"></script>'),
        (r"<noscript>.*?</noscript>", f"<noscript>{say('needs_script')}</noscript>"),
    )
    for found, instead in changes:
        page, count = re.subn(found, instead, page, flags=re.DOTALL)
        if not count:
            raise Misconfigured(f"Streamlit {streamlit.__version__}: its page has no {found}")
    return page


def as_json(value: object) -> str:
    """JSON that may stand inside a script or an attribute."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
