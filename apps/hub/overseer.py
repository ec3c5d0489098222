"""The supervisor's own process: supervisord 4.3, kept alive where a full disk would end it.

supervisord tells on its error stream when it cannot write a log. On a full disk that fails as well, and would
end the one process that must outlive the trouble.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TextIO

from supervisor import supervisord


class Forgiving:
    """An error stream on which nothing fails."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what can be written."""
        with suppress(OSError):
            self._stream.write(text)
            self._stream.flush()
        return len(text)

    def flush(self) -> None:
        """Every write is flushed already."""


def main() -> None:
    """Supervise what `supervisord.conf` in the current folder lists, until SIGTERM."""
    sys.stderr = Forgiving(sys.stderr)
    supervisord.main(["-c", "supervisord.conf"])


if __name__ == "__main__":
    main()
