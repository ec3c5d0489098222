"""A TCP proxy that a test can cut, slow, hold and reset: what a network does to a connection."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

CHUNK: Final = 64 << 10
_RESET: Final = struct.pack("ii", 1, 0)  # lingering for 0 s: closed by RST


class Proxy:
    """Listens on a free port of loopback; everything goes on to `port`."""

    def __init__(self, port: int) -> None:
        self.target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._flows = threading.Event()
        self._flows.set()
        self._is_cut = False
        self._pause_s = 0.0
        self._reset_after: int | None = None
        self.resets = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """host:port that clients are given."""
        return f"127.0.0.1:{self.port}"

    @contextmanager
    def cut(self) -> Iterator[None]:
        """Every connection ends and new ones are refused."""
        self._is_cut = True
        self.reset()
        try:
            yield
        finally:
            self._is_cut = False

    @contextmanager
    def slow(self, pause_s: float) -> Iterator[None]:
        """Each piece of at most 64 KB waits so long."""
        self._pause_s = pause_s
        try:
            yield
        finally:
            self._pause_s = 0.0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Connections stay, new ones are taken, and nothing goes through: what was under way comes later."""
        self._flows.clear()
        try:
            yield
        finally:
            self._flows.set()

    def reset(self) -> None:
        """Every connection is reset now."""
        with self._lock:
            ended, self._open = self._open, set()
        for one in ended:
            _reset(one)

    def reset_after(self, sent: int) -> None:
        """The next connection that has sent so many bytes in one go is reset there: in mid-insert."""
        self._reset_after = sent

    def close(self) -> None:
        """Listen no more."""
        self._is_cut = True
        self._listener.close()
        self.reset()

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listener.accept()
            except OSError:
                return
            if self._is_cut:
                _reset(here)
                continue
            try:
                there = socket.create_connection(("127.0.0.1", self.target), timeout=5)
            except OSError:
                _reset(here)
                continue
            there.settimeout(None)
            with self._lock:
                self._open |= {here, there}
            for source, sink, is_up in ((here, there, True), (there, here, False)):
                threading.Thread(target=self._pass_on, args=(source, sink, is_up), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, is_up: bool) -> None:
        sent, heard_at = 0, 0.0
        with suppress(OSError):
            while data := source.recv(CHUNK):
                time.sleep(self._pause_s)
                self._flows.wait()
                now = time.monotonic()
                sent = len(data) + (sent if now - heard_at < 1 else 0)
                heard_at = now
                if is_up and self._reset_after is not None and sent >= self._reset_after:
                    self._reset_after = None
                    self.resets += 1
                    sink.sendall(data[: len(data) // 2])
                    break
                sink.sendall(data)
            else:
                sink.shutdown(socket.SHUT_WR)
                return
        with self._lock:
            self._open -= {source, sink}
        _reset(source)
        _reset(sink)


def _reset(one: socket.socket) -> None:
    with suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        one.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        one.close()
