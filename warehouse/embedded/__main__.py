"""Start the embedded warehouse: `python -m warehouse.embedded --port 8123 --data DIR --tokens DIR`."""

from __future__ import annotations

import argparse
import asyncio
import signal
import socket
import sys
from pathlib import Path

from aiohttp import web

from schemas import logs
from schemas.errors import HubError, Misconfigured
from warehouse.embedded.access import Access
from warehouse.embedded.engine import Engine
from warehouse.embedded.server import Server

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
GRACE_S = 2.0  # what a stop gives running statements before it ends them


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m warehouse.embedded", description=__doc__)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; other than loopback needs --tokens"
    )
    parser.add_argument("--port", type=int, default=8123, help="0: any free port")
    parser.add_argument("--data", type=Path, default=Path("warehouse-data"), help="folder of the store")
    parser.add_argument(
        "--tokens", type=Path, help="folder with one file per user that holds that user's token"
    )
    return parser.parse_args(argv)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=256
        )
    except OSError as error:
        raise Misconfigured(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another --port"
        ) from error


async def _serve(server: Server, listener: socket.socket) -> None:
    runner = web.AppRunner(
        server.app(),
        access_log=None,
        handler_cancellation=True,
        auto_decompress=False,
        shutdown_timeout=GRACE_S,
    )
    await runner.setup()
    await web.SockSite(runner, listener).start()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    host, port = listener.getsockname()[:2]
    print(f"warehouse ready on http://{f'[{host}]' if ':' in host else host}:{port}", flush=True)
    await stop.wait()
    await runner.cleanup()


def run(arguments: argparse.Namespace) -> None:
    """Serve until a signal says stop. Raises Misconfigured."""
    if arguments.host not in LOOPBACK and arguments.tokens is None:
        raise Misconfigured(
            f"listening on {arguments.host} needs a login: give --tokens DIR, or listen on 127.0.0.1"
        )
    door = Access(arguments.tokens)
    with _listen(arguments.host, arguments.port) as listener:
        engine = Engine(arguments.data.absolute())
        try:
            asyncio.run(_serve(Server(engine, door), listener))
        finally:
            engine.close()


def main(argv: list[str] | None = None) -> int:
    """Exit code 0 after a stop, 2 when it could not start."""
    logs.begin()
    try:
        run(_arguments(argv))
    except HubError as error:
        print(f"warehouse: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
