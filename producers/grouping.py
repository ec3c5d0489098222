"""All rows of one subject together, whatever the order of the file, in bounded memory.

A first pass looks whether each subject's rows stand together. If they do, the file is streamed; if not, the
rows go to 64 temporary files by their subject's hash (mode 0700, gone afterwards), one in memory at a time.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from producers.readers import Record
from producers.rows import written
from schemas.errors import BadEvent

Good = tuple[int, Sequence[Any]]
Unit = (
    list[Good] | tuple[int, BadEvent]
)  # what one call of a source's function sees, or a row that cannot be read
BUCKETS: Final = 64


def single(records: Iterable[Record]) -> Iterator[Unit]:
    """Each row by itself."""
    for number, cells in records:
        yield (number, cells) if isinstance(cells, BadEvent) else [(number, cells)]


def subjects(read: Callable[[], Iterator[Record]], position: int) -> Iterator[Unit]:
    """The rows of each subject in file order, and each row that cannot be read by itself.

    `read` opens the file anew; `position` is the group column's.
    """
    if stand_together(read(), position):
        return _streamed(read(), position)
    return _sorted_out(read(), position)


def _subject(cells: Sequence[Any], position: int) -> str:
    return written(cells[position]) if position < len(cells) else ""


def stand_together(records: Iterable[Record], position: int) -> bool:
    """Whether no subject comes back after another one began."""
    seen: set[int] = set()
    last = None
    for _, cells in records:
        if isinstance(cells, BadEvent):
            continue
        subject = _subject(cells, position)
        if subject != last:
            if hash(subject) in seen:
                return False
            seen.add(hash(subject))
            last = subject
    return True


def _streamed(records: Iterable[Record], position: int) -> Iterator[Unit]:
    group: list[Good] = []
    last = None
    for number, cells in records:
        if isinstance(cells, BadEvent):
            yield number, cells
            continue
        subject = _subject(cells, position)
        if subject != last and group:
            yield group
            group = []
        last = subject
        group.append((number, cells))
    if group:
        yield group


def _sorted_out(records: Iterable[Record], position: int) -> Iterator[Unit]:
    with tempfile.TemporaryDirectory(prefix="kommunpuls-rows-") as folder:
        paths = [Path(folder) / str(n) for n in range(BUCKETS)]
        with ExitStack() as stack:
            files = [stack.enter_context(path.open("wb")) for path in paths]
            for number, cells in records:
                if isinstance(cells, BadEvent):
                    yield number, cells
                    continue
                subject = _subject(cells, position)
                pickle.dump((subject, number, cells), files[crc32(subject.encode()) % BUCKETS])
        for path in paths:
            yield from _groups(path)


def _groups(path: Path) -> Iterable[list[Good]]:
    groups: dict[str, list[Good]] = {}
    with path.open("rb") as file:
        while file.peek(1):
            subject, number, cells = pickle.load(file)
            groups.setdefault(subject, []).append((number, cells))
    return groups.values()
