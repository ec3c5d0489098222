"""The kiosk shell's addresses: `/<kommunkod>/<screen>[/<unit>]`, its files, the screens' signs of life."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final
from urllib.parse import urlencode

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from apps import door, wall
from apps.boards import boards
from apps.reading import Published, Sign
from apps.screens import Screen, screens
from apps.wording import say
from apps.words import WORDS
from schemas.errors import HubError, Misconfigured
from schemas.municipality import FOLDER, Municipality, municipality

log = logging.getLogger(__name__)
KIOSK: Final = Path(__file__).with_name("kiosk")
FILES: Final = {
    "kiosk.js": "text/javascript",
    "base.js": "text/javascript",
    "kiosk.css": "text/css",
    "entrance.css": "text/css",
    "tokens.css": "text/css",
    "wall.css": "text/css",
    "icon.svg": "image/svg+xml",
}
ASSETS: Final = re.compile(r"/kiosk/[a-z0-9]+\.[a-z0-9]+")
SIGN: Final = "/kiosk/sign"
ENTRANCE: Final = "/kiosk/entrance.css"
THEMES: Final = ("ljus", "mork")
SCREEN_NAME: Final = re.compile(r"[0-9a-zåäö][0-9a-zåäö-]{0,39}")
PAGE: Final = re.compile(r"/[0-9]{4}/([a-z]+)(/[\w.-]{1,80})?")
LARGEST_SIGN: Final = 600
MOST_SCREENS: Final = 500
SIGN_EVERY_S: Final = 5


def addresses() -> tuple[re.Pattern[str], ...]:
    """What the public screens answer besides their pages."""
    return (
        re.compile(rf"/[0-9]{{4}}/({'|'.join(screens())})(/[^/]{{1,80}})?/?"),
        re.compile(r"/[0-9]{4}/namnd(/[^/]{1,40})?/?"),
        re.compile(r"/kiosk/sign"),
        ASSETS,
    )


class Kiosk:
    """The shell's pages over one source of figures."""

    def __init__(self, source: Published, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._signs = _Signs(clock)
        self._page = Template((KIOSK / "kiosk.html").read_text(encoding="utf-8"))

    @property
    def routes(self) -> list[BaseRoute]:
        """For `st.App`."""
        walls = [
            Route(f"/{{code:str}}/{name}{rest}", partial(self._wall, shown))
            for name, shown in screens().items()
            for rest in ("", "/{unit:str}")
        ]
        return [
            *walls,
            Route("/{code:str}/namnd", _board),
            Route("/{code:str}/namnd/{page:str}", _board),
            Route("/kiosk/font.woff2", _font),
            Route(SIGN, self.sign, methods=["POST"]),
            Route("/kiosk/{name:str}", _file),
        ]

    async def _wall(self, shown: Screen, request: Request) -> Response:
        """A wall screen, or a clear no in Swedish."""
        return await run_in_threadpool(self._answer, shown, request)

    def _answer(self, shown: Screen, request: Request) -> Response:
        code, unit = request.path_params["code"], request.path_params.get("unit", "")
        try:
            town = municipality(code)
        except Misconfigured:
            title = say("no_municipality", code=escape(code))
            return door.refusal(404, title, say("not_found_say"))
        units = self._source.units(town, shown.name)
        if not self._source.knows(town, unit, shown.name):
            title = say("no_unit", name=escape(town.name), unit=escape(unit))
            return door.refusal(404, title, say("not_found_say"), retry=True)
        has_figures = units or code in self._source.codes(shown.name)
        if not has_figures and not (FOLDER / f"{code}.toml").exists():
            title = say("no_figures", name=escape(town.name))
            return door.refusal(404, title, f"{say('not_found_say')} {say('retry_say')}", retry=True)
        return self._shell(shown, town, unit, dict(request.query_params))

    def _shell(self, shown: Screen, town: Municipality, unit: str, asked: dict[str, str]) -> Response:
        theme = asked.get("tema", "") if asked.get("tema") in THEMES else ""
        pages = wall.playlist(shown.playlist, self._source.units(town, shown.name))
        rotates = len(pages) > 1 and ("rotera" in asked or not unit) and "stanna" not in asked
        name = wall.title(shown, town, unit)
        frame = {"vagg": shown.name, "kommun": town.code, "enhet": unit, "embed": "true"}
        frame |= {"spellista": "1"} if rotates else {}
        conf = _conf(shown, town) | {
            "theme": theme, "frame": "/skarm?" + urlencode(frame),
            "page": f"/{town.code}/{shown.name}" + (f"/{unit}" if unit else ""),
            "screen": asked.get("skarm", "") if SCREEN_NAME.fullmatch(asked.get("skarm", "")) else "",
        }  # fmt: skip
        page = self._page.substitute(
            theme=f' data-tema="{theme}"' if theme else "",
            title=escape(f"{name} · {wall.about(town)} · Kommunpuls"),
            frame=escape(conf["frame"]), loading=say("loading"), pause=say("pause"),
            screen=say("screen"), kept=say("kept"),
            needs_script=say("needs_script"), still="" if rotates else " hidden", conf=door.as_json(conf),
        )  # fmt: skip
        return HTMLResponse(page, headers={"Cache-Control": "no-store"})

    async def sign(self, request: Request) -> Response:
        """A screen's sign of life. Only from our own shell, small, and not too often."""
        if (
            request.headers.get("X-Kommunpuls") != "1"
            or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
        ):
            return Response(status_code=403)
        body = await _small(request)
        sign = _sign(body) if body is not None else None
        if sign is None:
            return Response(status_code=400)
        if not self._signs.admit(sign.screen):
            return Response(status_code=429)
        try:
            await run_in_threadpool(self._source.seen, sign)
        except HubError as error:
            log.warning("the sign of life of %s is not kept: %s", sign.screen, error)
            return Response(status_code=503)
        return Response(status_code=204)


class _Signs:
    """Holds back a screen that tells too often, and a crowd of screens that are none."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._told: dict[str, float] = {}
        self._lock = threading.Lock()

    def admit(self, name: str) -> bool:
        now = self._clock()
        with self._lock:
            if now - self._told.get(name, float("-inf")) < SIGN_EVERY_S:
                return False
            if len(self._told) >= MOST_SCREENS:
                self._told = {known: at for known, at in self._told.items() if now - at < 3600}
            if name not in self._told and len(self._told) >= MOST_SCREENS:
                return False
            self._told[name] = now
            return True


def _conf(shown: Screen, town: Municipality) -> dict[str, Any]:
    limits: dict[str, int] = {name: getattr(shown, name) for name in _LIMITS}
    limits |= {name: _minutes(getattr(shown, name)) for name in ("dim_from", "dim_until", "reload_at")}
    words = {
        name: WORDS[name]
        for name in ("late_one", "late_many", "stale", "offline", "rotation_stopped", "pause", "resume")
    }
    return {
        "town": town.name, "limits": limits, "words": words | {"never": WORDS["stale_never"]}, "sign": SIGN,
        "health": "/_stcore/health",
    }  # fmt: skip


_LIMITS: Final = (
    "refresh_s", "rotate_s", "late_after_s", "stale_after_s", "silent_after_s", "offline_after_s",
)  # fmt: skip


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(".")
    return int(hours) * 60 + int(minutes)


async def _small(request: Request) -> bytes | None:
    """The body, None when it is larger than a sign of life ever is."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_SIGN:
            return None
    return body


def _sign(body: bytes) -> Sign | None:
    """The sign of life, None when it is none. Its times are the server's: a screen's own may be wrong."""
    try:
        told = json.loads(body)
        name, page, data_at, ago = (told[key] for key in ("screen", "page", "data_at", "rotated_ago_s"))
        found = PAGE.fullmatch(page)
        if not (SCREEN_NAME.fullmatch(name) and found and found[1] in screens()):
            return None
        now, shown = datetime.now(UTC), screens()[found[1]]
        return Sign(
            screen=name, page=page, seen_at=now,
            data_at=None if data_at is None else datetime.fromtimestamp(data_at / 1000, UTC),
            rotated_at=_ago(now, ago), refreshed_at=_ago(now, told.get("refreshed_ago_s")),
            refresh_s=shown.refresh_s, rotate_s=shown.rotate_s,
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, OverflowError, OSError):
        return None


def _ago(now: datetime, seconds: float | None) -> datetime | None:
    return None if seconds is None else now - timedelta(seconds=seconds)


async def _board(request: Request) -> Response:
    """The short address of a committee page: `/9999/namnd/placeringar?period=2026K3`."""
    code, name = request.path_params["code"], request.path_params.get("page", next(iter(boards())))
    if name not in boards():
        return door.refusal(404, say("no_board", page=escape(name)), say("not_found_say"))
    asked = {"kommun": code, "sida": name} | dict(request.query_params)
    return RedirectResponse("/namnd?" + urlencode(asked), 307)


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        return door.refusal(404, say("not_found"), say("not_found_say"))
    return FileResponse(KIOSK / name, media_type=FILES[name], headers={"Cache-Control": "no-cache"})


async def _font(_: Request) -> Response:
    """The typeface that Streamlit ships, under an address that does not change with its versions."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    font = next(folder.glob("SourceSansVF-Upright*.woff2"))
    return FileResponse(font, media_type="font/woff2", headers={"Cache-Control": "public, max-age=86400"})
