"""The gate of the work views: no page, download or websocket without a login. Stands inside the door.

Streamlit never hears of a request that may not pass. A page's own timer keeps no session alive; once a
session has ended, what its page still sends becomes a whole run, which shows that it has ended, nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.user_info import generate_login_redirect_url

from apps import door
from apps.access import entrance
from apps.access.desk import Desk
from apps.access.development import Development, is_local
from apps.access.login import LoggedOut, Login
from apps.access.oidc import ROUTES
from apps.access.sessions import LONGEST
from apps.wording import say
from schemas.errors import HubError
from warehouse.audit import Entry

LOGIN: Final = "/inloggning"
ONWARD: Final = "/inloggning/vidare"
LOGOUT: Final = "/utloggning"
ADDRESSES: Final = (LOGIN, ONWARD, LOGOUT)
WANTED: Final = "kommunpuls_till"
LARGEST_FORM: Final = 2000
OPEN: Final = ("/_stcore/health", "/_stcore/host-config")
"""What answers without a login, besides styles, scripts and the typeface: nothing of it holds data."""


class Gate:
    """ASGI middleware over the work process's Streamlit."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk
        self._development = desk.way if isinstance(desk.way, Development) else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse, or pass on."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            request = Request(scope, receive)
            posted = request.method == "POST" and request.url.path == LOGIN
            form = await _form(request) if posted else {}
            answer = await run_in_threadpool(self._answer, request, form)
            await (answer or self._app)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _answer(self, request: Request, form: Mapping[str, str]) -> Response | None:
        path = request.url.path
        if path in OPEN or path.startswith(("/static/", "/kiosk/")):
            return None
        if self._development and not is_local(request.headers):
            return door.refusal(403, say("not_here"), say("not_here_say"))
        try:
            return self._entrance(request, form) if path in (*ADDRESSES, *ROUTES) else self._inside(request)
        except HubError:
            return door.refusal(503, say("failed"), say("no_log"))

    def _entrance(self, request: Request, form: Mapping[str, str]) -> Response | None:
        path = request.url.path
        onward = _own_page(self._desk, form.get("till") or request.query_params.get("till"))
        if path in (LOGOUT, "/auth/logout"):
            return self._leave(request)
        if path in ROUTES:
            return None if self._development is None else _unknown()
        if path == ONWARD and self._development is None:
            answer = RedirectResponse(generate_login_redirect_url("default"), 303)
            answer.set_cookie(WANTED, quote(onward), 600, httponly=True, samesite="lax")
            return answer
        if request.method == "POST":
            return self._enter(request, form, onward)
        return entrance.page(onward, development=self._development is not None)

    def _enter(self, request: Request, form: Mapping[str, str], onward: str) -> Response:
        """The development login. Only from our own form."""
        chosen = entrance.chosen(form)
        if self._development is None or chosen is None or _is_foreign(request):
            return door.refusal(403, say("not_here"), say("not_here_say"))
        value = self._development.sealed(*chosen)
        self._desk.login({self._development.cookie: value})
        answer = RedirectResponse(onward, 303)
        lasts = int(LONGEST.total_seconds())
        answer.set_cookie(self._development.cookie, value, lasts, httponly=True, samesite="strict")
        return answer

    def _leave(self, request: Request) -> Response | None:
        """The session ends on the server, whatever becomes of the cookie; a provider is told by Streamlit."""
        try:
            login = self._desk.login(request.cookies)
            self._desk.write(login, "logout")
            self._desk.sessions.end(login)
        except LoggedOut:
            pass
        if self._development is None:
            return None if request.url.path != LOGOUT else RedirectResponse("/auth/logout", 303)
        answer = RedirectResponse(LOGIN, 303)
        answer.delete_cookie(self._development.cookie, httponly=True, samesite="strict")
        return answer

    def _inside(self, request: Request) -> Response | None:
        """A page needs a role that may open it; everything else needs a login."""
        page = self._desk.table.named(request.url.path)
        try:
            login = self._desk.login(request.cookies)
        except LoggedOut:
            if page is None:
                return door.refusal(401, say("logged_out"), say("logged_out_say"))
            return RedirectResponse(f"{LOGIN}?till={quote(_address(request))}", 303)
        if page and self._desk.table.opens(login.roles, page.name) is None:
            self._desk.log.append(
                Entry("refused", next(iter(login.roles), ""), login.actor, page.name,
                      municipality=next(iter(login.municipalities), ""))
            )  # fmt: skip
            out = f'<a href="{LOGOUT}">{say("log_out")}</a>'
            return door.refusal(403, say("forbidden"), f"{say('forbidden_say')} {out}")
        if page:
            self._desk.sessions.touch(login)
        wanted = _own_page(self._desk, unquote(request.cookies.get(WANTED, "")))
        return _on_to(wanted) if page and page.path == "/" and wanted != "/" else None

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        try:
            if self._development and not is_local(connection.headers):
                raise LoggedOut("not from this machine")
            login = await run_in_threadpool(self._desk.login, connection.cookies)
        except HubError:
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return

        async def listening() -> Message:
            return self._heard(await receive(), login)

        await self._app(scope, listening, send)

    def _heard(self, message: Message, login: Login) -> Message:
        """What a page sends: a person's doing keeps the session, the page's own timer does not."""
        if message["type"] != "websocket.receive" or not message.get("bytes"):
            return message
        told = _parsed(message["bytes"])
        if told is None or told.WhichOneof("type") == "app_heartbeat":
            return message
        try:
            self._desk.sessions.check(login)
        except LoggedOut:
            return {**message, "bytes": _instead(told).SerializeToString()}
        if not told.rerun_script.is_auto_rerun:
            self._desk.sessions.touch(login)
        return message


def _on_to(wanted: str) -> Response:
    """A provider sends everybody to the start; from there it goes on to the page that was asked for."""
    answer = RedirectResponse(wanted, 303)
    answer.delete_cookie(WANTED)
    return answer


def _unknown() -> Response:
    return door.refusal(404, say("not_found"), say("not_found_say"))


def _instead(told: BackMsg) -> BackMsg:
    """Once the session is over: the whole page instead of a part, a sign of life instead of all else."""
    if told.WhichOneof("type") != "rerun_script":
        return BackMsg(app_heartbeat=True)
    told.rerun_script.fragment_id = ""
    told.rerun_script.is_auto_rerun = False
    return told


def _parsed(data: bytes) -> BackMsg | None:
    """None for what Streamlit will refuse as well."""
    told = BackMsg()
    try:
        told.ParseFromString(data)
    except Exception:  # protobuf's own DecodeError; Streamlit closes the connection for it
        return None
    return told


async def _form(request: Request) -> dict[str, str]:
    """A small form's fields; {} for anything larger."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            return {}
    return {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _own_page(desk: Desk, wanted: str | None) -> str:
    """Where to go after the login: a page of ours with its query, else the start."""
    parts = urlsplit(wanted or "/")
    known = desk.table.named(parts.path) and not parts.scheme and not parts.netloc
    return wanted if wanted and known else "/"


def _address(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _is_foreign(request: Request) -> bool:
    """Whether another site's page sent the form."""
    origin, host = request.headers.get("origin"), request.headers.get("host")
    elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    return elsewhere or (origin is not None and urlsplit(origin).netloc != host)
