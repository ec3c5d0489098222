"""Serves the screens: `python -m apps.server public|work`. Streamlit as an ASGI app behind our own door.

Public screens and work views are two processes: the first can read the published layer only, the second has a
login (`apps/access/`) and listens on loopback unless told otherwise.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import config
from streamlit.web import bootstrap

from apps import boards, door, failed, reading, screens
from apps.door import HOST_CONFIGS, Door
from apps.kiosk_routes import ENTRANCE, Kiosk, addresses
from apps.reading import Published
from schemas import logs
from schemas import settings as settings_of
from schemas.errors import HubError, Misconfigured
from schemas.municipality import configured
from schemas.settings import Settings
from warehouse import contracts
from warehouse.client import connect

HERE: Final = Path(__file__).parent
PUBLIC: Final = ("/", "/katalog", "/namnd", "/skarm")
KINDS: Final = ("public", "work")
LIGHT: Final = {"backgroundColor": "#F7F6F3", "secondaryBackgroundColor": "#FFFFFF", "textColor": "#15202B",
                "primaryColor": "#00577D", "linkColor": "#00577D", "borderColor": "#D9DCDD"}  # fmt: skip
DARK: Final = {"backgroundColor": "#0E1620", "secondaryBackgroundColor": "#172230", "textColor": "#F1F4F6",
               "primaryColor": "#6CB8DC", "linkColor": "#6CB8DC", "borderColor": "#2B3948"}  # fmt: skip
OPTIONS: Final[dict[str, Any]] = {
    "runner.postScriptGC": False,  # p95 at 100 viewers: 18 s with it, 10 ms without
    "runner.magicEnabled": False,
    "browser.gatherUsageStats": False,
    "server.enableAgentApi": False,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.headless": True,
    "server.maxUploadSize": 1,
    "server.disconnectedSessionTTL": 30,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "client.showSidebarNavigation": False,
    **{f"theme.light.{name}": value for name, value in LIGHT.items()},
    **{f"theme.dark.{name}": value for name, value in DARK.items()},
}


def main() -> None:
    """The entry point. A fault that a person can mend is one line and exit code 2."""
    logs.begin()
    try:
        if len(sys.argv) != 2 or sys.argv[1] not in KINDS:
            raise Misconfigured("python -m apps.server public|work")
        serve(sys.argv[1], settings_of.load(os.environ))
    except HubError as error:
        sys.exit(f"{type(error).__name__}: {error}")


def serve(kind: str, settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Work views have their own address: opening the wall opens no desk."""
    host = settings.host if kind == "public" else settings.work_host
    port = settings.public_port if kind == "public" else settings.work_port
    uvicorn.run(
        app(kind, settings), host=host, port=port, access_log=False, log_level="warning", server_header=False,
        ws_per_message_deflate=False, ws_ping_interval=20, ws_ping_timeout=20, timeout_graceful_shutdown=2,
    )  # fmt: skip


def app(kind: str, settings: Settings) -> st.App:
    """The ASGI app. Misconfigured when an option is gone, a file has a fault or the work views stand open."""
    set_options()
    source = Published(lambda: connect(settings))
    reading.install(source, settings)
    configured()
    contracts.load()
    screens.screens()
    boards.boards()
    return _public(source) if kind == "public" else _work(source, settings)


def _public(source: Published) -> st.App:
    own = [*map(_exactly, PUBLIC), *addresses()]
    return _streamlit(
        "public", PUBLIC, source, [Middleware(Door, own=own, host_config=HOST_CONFIGS["public"])]
    )


def _work(source: Published, settings: Settings) -> st.App:
    """Whoever comes through the door meets the gate."""
    from apps import work_pages
    from apps.access import gate, opening
    from apps.access.oidc import ROUTES

    desk, secrets = opening.open_desk(settings, lambda: source.store)
    paths = work_pages.paths(desk.table)
    own = [_exactly(path) for path in (*paths, *gate.ADDRESSES, *(ROUTES if secrets else ()), ENTRANCE)]
    middleware = [
        Middleware(Door, own=own, host_config=HOST_CONFIGS["work"]),
        Middleware(gate.Gate, desk=desk),
    ]
    return _streamlit("work", paths, source, middleware, secrets)


def _streamlit(
    kind: str, paths: Sequence[str], source: Published, middleware: Sequence[Middleware],
    secrets: Mapping[str, Any] | None = None,
) -> st.App:  # fmt: skip
    shell = door.page_of_streamlit()
    routes: list[BaseRoute] = [Route(path, _html(shell)) for path in paths]
    return st.App(
        HERE / f"{kind}_pages.py",
        routes=routes + Kiosk(source).routes,
        middleware=middleware,
        secrets=secrets,
        on_script_error=failed.show,
        lifespan=_lifespan,
    )


def _exactly(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path))


def set_options() -> None:
    """Streamlit's options as we need them. An option that a new Streamlit has dropped refuses the start."""
    gone = sorted(OPTIONS.keys() - config._config_options_template.keys())
    if gone:
        raise Misconfigured(f"Streamlit {st.__version__} has no option {', '.join(gone)}")
    bootstrap.load_config_options(OPTIONS)


def _html(text: str) -> Callable[[Request], Response]:
    def answer(_: Request) -> Response:
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    return answer


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    """Everything that lives for ever is made now and left out of later collections."""
    from apps import walls

    walls.warm_up()
    gc.collect()
    gc.freeze()
    yield


if __name__ == "__main__":
    main()
