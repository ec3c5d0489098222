"""Free ports on loopback, taken below the range that systems give to outgoing connections."""

from __future__ import annotations

import random
import socket
from typing import Final

from schemas.errors import Misconfigured

_FIRST: Final = 20_000
_LAST: Final = 32_000


def free(count: int) -> list[int]:
    """So many different ports that nobody listens on now. Raises Misconfigured when there are too few."""
    found: list[int] = []
    for port in random.sample(range(_FIRST, _LAST), 500):
        if len(found) == count:
            return found
        if is_free("127.0.0.1", port):
            found.append(port)
    raise Misconfigured(f"no {count} free ports between {_FIRST} and {_LAST} on 127.0.0.1")


def is_free(host: str, port: int) -> bool:
    """Whether this process could listen there now; a port in TIME_WAIT counts as free."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Whether somebody accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
