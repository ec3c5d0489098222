"""Small processes to supervise: `python -m tests.hub.stand_in screen|stubborn|idle|failing|done`."""

from __future__ import annotations

import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer


class _Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/_stcore/health" else 404)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def main(kind: str, name: str = "") -> None:
    if kind == "screen":
        port = int(os.environ[f"PULS_{name.upper()}_PORT"])
        HTTPServer(("127.0.0.1", port), _Health).serve_forever()
    if kind == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print("not listening", flush=True)
        time.sleep(600)
    if kind == "idle":
        print("alive, and does nothing", flush=True)
        time.sleep(600)
    if kind == "failing":
        sys.exit("cannot go on: the reason stands here")


if __name__ == "__main__":
    main(*sys.argv[1:])
