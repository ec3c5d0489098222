"""Rows with their positions, from CSV, JSON lines, Excel and Parquet, each also as .gz; bytes tell which.

Text files are streamed: memory does not grow with the file. Parquet is read in batches, Excel whole.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any, Final

import msgspec

from producers import delimited, excel
from producers.aliases import Aliases
from producers.headings import NO_ALIASES, Record, columns
from producers.packed import broken, opened, unreadable
from producers.rows import Table
from producers.text import DAMAGED
from schemas.errors import BadEvent

__all__ = ["Record", "demand", "is_excel", "read"]
EXCEL: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin
_LIST: Final = re.compile(rb"\[\s*[{\]]")  # the beginning of a JSON list of objects, and of no CSV heading


def read(
    path: Path, wanted: Sequence[str] = (), sheet: str = "", aliases: Aliases = NO_ALIASES
) -> tuple[Table, Iterator[Record]]:
    """The file's columns, and its rows as (line or row number, cells).

    `wanted`: columns that must be there; they also find the heading row below titles. Raises BadEvent for a
    file that cannot be read as a whole: not there, empty, damaged, no heading, a missing column.
    """
    try:
        head = _head(path)
    except DAMAGED as error:
        raise unreadable(error) from error
    if not head.strip():
        raise BadEvent(
            "no_rows", "", "Filen är tom. Exportera den igen.", "The file is empty. Export it again."
        )
    if head.startswith(b"PAR1"):
        table, records = _parquet(path)
    elif head.startswith(EXCEL):
        table, records = excel.rows(path, wanted, sheet, aliases)
    elif _is_json(path, text := head.removeprefix(b"\xef\xbb\xbf").lstrip()):
        _demand_lines(text)
        table, records = _json_lines(path, wanted)
    else:
        table, records = delimited.rows(path, wanted, aliases)
    demand(table, wanted)
    return table, records


def _is_json(path: Path, head: bytes) -> bool:
    suffix = Path(path.name.removesuffix(".gz")).suffix
    begins = head.startswith(b"{") or _LIST.match(head)
    return bool(suffix in (".jsonl", ".ndjson", ".json") or begins)


def _demand_lines(head: bytes) -> None:
    """BadEvent `not_json` for a file that is one JSON list, or one object written over several lines."""
    first = head.split(b"\n", 1)[0].rstrip()
    if first.startswith(b"[") or first.endswith((b"{", b"[", b",")):
        sv = "Filen är ett enda JSON-värde; det ska vara ett objekt per rad (JSON Lines). Gör om en lista med"
        en = "The file is one JSON value; it must be one object per line (JSON Lines). Turn a list with"
        how = "jq -c '.[]' lista.json > rader.jsonl"
        raise BadEvent("not_json", "", f"{sv}: {how}", f"{en}: {how}")


def is_excel(path: Path) -> bool:
    """Whether the file is an Excel workbook, whatever its name says."""
    return _head(path).startswith(EXCEL)


def _head(path: Path) -> bytes:
    with opened(path) as file:
        return file.read(4096)


def demand(table: Table, wanted: Sequence[str]) -> None:
    """BadEvent `missing_column` where the table lacks a column that is wanted."""
    missing = [column for column in wanted if column not in table.index]
    if missing:
        there = table.columns()
        raise BadEvent(
            "missing_column", ", ".join(missing),
            f"Kolumnen saknas; rätta rubriken eller lägg till den. Filen har: {there}.",
            f"The column is missing; mend the heading or add it. The file has: {there}.",
        )  # fmt: skip


def _json_lines(path: Path, wanted: Sequence[str]) -> tuple[Table, Iterator[Record]]:
    table = Table(
        path.name, {column: n for n, column in enumerate(wanted)}
    )  # a key may be left out of an object
    records = _objects(path, table.index)
    first = next(records, None)
    if first is None:
        raise BadEvent(
            "no_rows", "", "Filen är tom. Exportera den igen.", "The file is empty. Export it again."
        )
    return table, chain([first], records)


def _objects(path: Path, index: dict[str, int]) -> Iterator[Record]:
    with opened(path) as file:
        lines = enumerate(file, 1)
        while True:
            try:
                line, raw = next(lines)
            except StopIteration:
                return
            except DAMAGED:
                yield 0, broken()
                return
            if raw.strip():
                yield line, _object(raw.removeprefix(b"\xef\xbb\xbf"), index)


def _object(raw: bytes, index: dict[str, int]) -> list[Any] | BadEvent:
    """The values of one JSON object in the order of `index`, which grows by new keys."""
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return BadEvent(
            "not_json",
            "",
            "Raden är inte giltig JSON. Är den avklippt? Exportera filen igen.",
            "The line is not valid JSON. Is it cut off? Export the file again.",
        )
    if not isinstance(found, dict):
        return BadEvent("not_json", "", "Raden är inget JSON-objekt; det ska vara ett objekt per rad.",
                        "The line is no JSON object; it must be one object per line.")  # fmt: skip
    for key in found:
        index.setdefault(key, len(index))
    return [found.get(key) for key in index]


def _parquet(path: Path) -> tuple[Table, Iterator[Record]]:
    import pyarrow
    import pyarrow.parquet as parquet

    try:
        with opened(path) as file:
            packed = isinstance(file, gzip.GzipFile)
            whole = parquet.ParquetFile(pyarrow.BufferReader(file.read()) if packed else str(path))
    except (pyarrow.ArrowException, *DAMAGED) as error:
        raise unreadable(error) from error
    return Table(path.name, columns(whole.schema_arrow.names)), _parquet_rows(whole)


def _parquet_rows(whole: Any) -> Iterator[Record]:
    import pyarrow

    numbers = count(1)
    try:
        for batch in whole.iter_batches(batch_size=10_000):
            cells = [_values(column) for column in batch.columns]
            for values in zip(*cells, strict=True):
                yield next(numbers), values
    except (pyarrow.ArrowException, OverflowError, ValueError, *DAMAGED):
        yield next(numbers), broken()


def _values(column: Any) -> list[Any]:
    """A column's cells; nanoseconds, which pandas writes and JSON cannot hold, are cut to microseconds."""
    import pyarrow

    if pyarrow.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pyarrow.timestamp("us", column.type.tz), safe=False)
    cells: list[Any] = column.to_pylist()
    return cells
