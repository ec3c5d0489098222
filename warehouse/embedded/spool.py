"""Holds an insert's data until it is whole, so that the engine reads it as a file.

chDB's streamed insert is a little quicker, but tells success when the table refused the rows: too many
parts, a constraint, a materialized view (seen on 26.9.2). A file has no such hole.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import IO

IN_MEMORY = 64 << 20  # bytes; what is longer goes to disk
_PREFIX = "insert-"


class Spool:
    """A file without a name where the system has such files, in memory while it is short."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._size = 0
        self._in_memory = hasattr(os, "memfd_create")
        self._file: IO[bytes] = (
            os.fdopen(os.memfd_create("insert"), "w+b", buffering=0) if self._in_memory else self._on_disk()
        )

    def _on_disk(self) -> IO[bytes]:
        if os.path.isdir("/proc/self/fd"):
            return tempfile.TemporaryFile(dir=self._folder, prefix=_PREFIX)
        return tempfile.NamedTemporaryFile(dir=self._folder, prefix=_PREFIX)

    def write(self, data: bytes) -> None:
        """Add the next piece. Raises OSError when the disk is full."""
        if self._in_memory and self._size + len(data) > IN_MEMORY:
            memory, self._file, self._in_memory = self._file, self._on_disk(), False
            memory.seek(0)
            shutil.copyfileobj(memory, self._file, 4 << 20)
            memory.close()
        left = memoryview(data)
        while left:  # a file that may not grow takes a part, and says so at the next try
            left = left[self._file.write(left) :]
        self._size += len(data)

    def whole(self) -> str:
        """The path that this process can read it by."""
        self._file.flush()
        return self._file.name if isinstance(self._file.name, str) else f"/proc/self/fd/{self._file.fileno()}"

    def close(self) -> None:
        """Forget the data."""
        self._file.close()


def clear(folder: Path) -> None:
    """Remove what a killed server left."""
    for file in folder.glob(f"{_PREFIX}*"):
        file.unlink()
