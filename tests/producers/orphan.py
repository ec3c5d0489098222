"""A sender whose broker goes away. A process of its own: the client forgets to close what failed."""

from __future__ import annotations

import sys
from pathlib import Path

from producers import publish
from schemas.errors import Unavailable
from schemas.settings import Settings
from tests.producers.making import closed


def main(address: str) -> None:
    """Send one event, wait until the broker is said to be gone, and tell what sending three more comes to."""
    publish.DELIVERY_MS, publish.REQUEST_MS = 3_000, 1_000  # type: ignore[misc]
    settings = Settings(home=Path("/nowhere"), kafka=address)
    publish.ensure_topics(settings)
    publisher = publish.Publisher(settings)
    publisher.send(closed("0"))
    publisher.flush()
    print("one acknowledged", flush=True)
    sys.stdin.readline()
    try:
        for number in "123":
            publisher.send(closed(number))
        publisher.flush()
    except Unavailable as error:
        print(error)
    publisher.close()


if __name__ == "__main__":
    main(sys.argv[1])
