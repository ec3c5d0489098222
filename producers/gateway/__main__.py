"""Start the gateway: `python -m producers.gateway`. Settings say where it listens and what it allows."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from typing import Final

from aiohttp import web

from producers.gateway import tokens
from producers.gateway.server import Gateway, check
from producers.publish import Deliverer
from schemas import settings as configuration
from schemas.errors import HubError, Misconfigured
from schemas.settings import Settings

GRACE_S: Final = 5.0  # what a stop gives pushes that are under way; who gets no answer sends again
QUIET: Final = ("aiohttp", "asyncio", "kafka")  # their messages may quote what was sent


def run(settings: Settings) -> None:
    """Serve until a signal says stop. Raises Misconfigured."""
    check(settings)
    with _listen(settings.push_host, settings.push_port) as listener:
        asyncio.run(_serve(settings, listener))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        raise Misconfigured(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another PULS_PUSH_PORT"
        ) from error


async def _serve(settings: Settings, listener: socket.socket) -> None:
    gateway = Gateway(settings, Deliverer(settings, settings.push_patience_s))
    runner = web.AppRunner(
        gateway.app(), access_log=None, auto_decompress=False, shutdown_timeout=GRACE_S, lingering_time=2.0
    )
    await runner.setup()
    await web.SockSite(runner, listener).start()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    _tell_ready(settings)
    await stop.wait()
    await runner.cleanup()


def _tell_ready(settings: Settings) -> None:
    host = f"[{settings.push_host}]" if ":" in settings.push_host else settings.push_host
    many = len(tokens.kept(tokens.folder(settings.home)))
    known = f"{many} tokens" if many else "no token yet: ./puls token create makes one"
    print(f"push ready on http://{host}:{settings.push_port}/events ({known})", flush=True)


def main() -> int:
    """Exit code 0 after a stop, 2 when it could not start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        run(configuration.load(os.environ))
    except HubError as error:
        print(f"push: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
