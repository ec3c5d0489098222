"""Rows with their positions, from CSV, JSON lines, Excel and Parquet, each also as .gz; bytes tell which.

Text files are streamed: memory does not grow with the file. Parquet is read in batches, Excel whole.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, Final

import msgspec

from producers.rows import Table
from producers.text import DAMAGED, Packed, Text, delimiter_of, examine
from schemas.errors import BadEvent

Record = tuple[
    int, Sequence[Any] | BadEvent
]  # row's number in the file, and its cells or why it cannot be read
_LOOK_FOR_HEADER: Final = 30

csv.field_size_limit(256 * 1024)  # longer is an unclosed quotation mark


def read(path: Path, wanted: Sequence[str] = (), sheet: str = "") -> tuple[Table, Iterator[Record]]:
    """The file's columns, and its rows as (line or row number, cells).

    `wanted`: columns that must be there; they also find the heading row below titles. Raises BadEvent for a
    file that cannot be read as a whole: not there, empty, damaged, no heading, a missing column.
    """
    try:
        head = _head(path)
    except DAMAGED as error:
        raise _unreadable(error) from error
    if not head.strip():
        raise BadEvent("no_rows", "", "Filen är tom.", "The file is empty.")
    if head.startswith(b"PAR1"):
        table, records = _parquet(path)
    elif head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        table, records = _excel(path, wanted, sheet)
    elif _is_json(path, head):
        table, records = _json_lines(path, wanted)
    else:
        table, records = _csv(path, wanted)
    _demand(table, wanted)
    return table, records


def _is_json(path: Path, head: bytes) -> bool:
    suffix = Path(path.name.removesuffix(".gz")).suffix
    return suffix in (".jsonl", ".ndjson", ".json") or head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(
        b"{"
    )


def _unreadable(error: Exception) -> BadEvent:
    name = type(error).__name__
    return BadEvent("no_rows", "", f"Filen kan inte läsas ({name}).", f"The file cannot be read ({name}).")


def _open(path: Path) -> Packed:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")


def _head(path: Path) -> bytes:
    with _open(path) as file:
        return file.read(4096)


def _demand(table: Table, wanted: Sequence[str]) -> None:
    missing = [column for column in wanted if column not in table.index]
    if missing:
        there = table.columns()
        raise BadEvent("missing_column", ", ".join(missing), f"Kolumnen saknas. Filen har: {there}",
                       f"The column is missing. The file has: {there}")  # fmt: skip


def _columns(names: Iterable[Any]) -> dict[str, int]:
    """Heading to positions. Two columns of one name are refused: which one was meant cannot be known."""
    index: dict[str, int] = {}
    for position, name in enumerate(names):
        text = str(name).strip() if name is not None else ""
        if text in index and text:
            raise BadEvent(
                "missing_column", text, "Två kolumner har samma namn.", "Two columns have the same name."
            )
        if text:
            index[text] = position
    if not index:
        raise BadEvent("no_rows", "", "Filen har ingen rubrikrad.", "The file has no heading row.")
    return index


def _heading(
    records: Iterator[tuple[int, list[Any]]], wanted: Sequence[str]
) -> tuple[list[Any], Iterator[Any]]:
    """Heading and the records after it: the first row with all wanted columns, else the first with text."""
    looked = list(islice(records, _LOOK_FOR_HEADER))
    filled = [n for n, (_, cells) in enumerate(looked) if _is_filled(cells)]
    if not filled:
        raise BadEvent("no_rows", "", "Filen är tom.", "The file is empty.")
    names = [{str(cell).strip() for cell in looked[n][1]} for n in filled]
    at = next((n for n, there in zip(filled, names, strict=True) if set(wanted) <= there), filled[0])
    return looked[at][1], chain(looked[at + 1 :], records)


def _is_filled(cells: Sequence[Any] | BadEvent) -> bool:
    return not isinstance(cells, BadEvent) and any(cell not in (None, "") for cell in cells)


def _csv(path: Path, wanted: Sequence[str]) -> tuple[Table, Iterator[Record]]:
    with _open(path) as file:
        text = examine(file)
    heading, rest = _heading(_csv_lines(path, text, delimiter_of(_first_lines(path, text))), wanted)
    table = Table(path.name, _columns(heading), notices=text.notices())
    return table, _whole_rows(rest, len(heading))


def _first_lines(path: Path, text: Text) -> list[str]:
    found: list[str] = []
    with io.TextIOWrapper(_open(path), text.encoding, newline="") as lines, suppress(*DAMAGED):
        found.extend(islice(lines, _LOOK_FOR_HEADER))
    return found


def _csv_lines(path: Path, text: Text, delimiter: str) -> Iterator[tuple[int, Any]]:
    with io.TextIOWrapper(_open(path), text.encoding, newline="") as file:
        lines = csv.reader(file, delimiter=delimiter)
        line = 1
        try:
            for cells in lines:
                if cells:
                    yield line, cells
                line = lines.line_num + 1
        except (csv.Error, *DAMAGED) as error:
            yield line, _broken(error)


def _broken(error: Exception) -> BadEvent:
    if isinstance(error, csv.Error):
        return BadEvent("bad_value", "", "Raden kan inte läsas: ett citattecken som inte stängs?",
                        "The line cannot be read: a quotation mark that is not closed?")  # fmt: skip
    return BadEvent(
        "bad_value", "", "Filen är avklippt eller skadad här.", "The file is cut off or damaged here."
    )


def _whole_rows(records: Iterator[tuple[int, Any]], width: int) -> Iterator[Record]:
    for line, cells in records:
        if isinstance(cells, BadEvent) or len(cells) == width:
            yield line, cells
        elif any(cells):
            yield line, BadEvent("bad_value", "", f"Raden har {len(cells)} fält, rubriken {width}.",
                                 f"The line has {len(cells)} fields, the heading {width}.")  # fmt: skip


def _json_lines(path: Path, wanted: Sequence[str]) -> tuple[Table, Iterator[Record]]:
    table = Table(
        path.name, {column: n for n, column in enumerate(wanted)}
    )  # a key may be left out of an object
    records = _objects(path, table.index)
    first = next(records, None)
    if first is None:
        raise BadEvent("no_rows", "", "Filen är tom.", "The file is empty.")
    return table, chain([first], records)


def _objects(path: Path, index: dict[str, int]) -> Iterator[Record]:
    with _open(path) as file:
        lines = enumerate(file, 1)
        while True:
            try:
                line, raw = next(lines)
            except StopIteration:
                return
            except DAMAGED as error:
                yield 0, _broken(error)
                return
            if raw.strip():
                yield line, _object(raw.removeprefix(b"\xef\xbb\xbf"), index)


def _object(raw: bytes, index: dict[str, int]) -> list[Any] | BadEvent:
    """The values of one JSON object in the order of `index`, which grows by new keys."""
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return BadEvent(
            "not_json", "", "Raden är inte giltig JSON; är den avklippt?", "Not valid JSON; cut off?"
        )
    if not isinstance(found, dict):
        return BadEvent("not_json", "", "Raden är inget JSON-objekt.", "The line is no JSON object.")
    for key in found:
        index.setdefault(key, len(index))
    return [found.get(key) for key in index]


def _excel(path: Path, wanted: Sequence[str], sheet: str) -> tuple[Table, Iterator[Record]]:
    from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

    try:
        with _open(path) as file:
            book = CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
        name = sheet or book.sheet_names[0]
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except WorksheetNotFound as error:
        there = ", ".join(book.sheet_names)
        raise BadEvent("missing_column", sheet, f"Bladet saknas. Filen har: {there}",
                       f"The sheet is missing. The file has: {there}") from error  # fmt: skip
    except (CalamineError, IndexError, *DAMAGED) as error:
        raise _unreadable(error) from error
    heading, rest = _heading(((n, cells) for n, cells in enumerate(rows, 1)), wanted)
    filled = ((n, cells) for n, cells in rest if _is_filled(cells))
    return Table(path.name, _columns(heading), sheet=name), filled


def _parquet(path: Path) -> tuple[Table, Iterator[Record]]:
    import pyarrow
    import pyarrow.parquet as parquet

    try:
        with _open(path) as file:
            packed = isinstance(file, gzip.GzipFile)
            opened = parquet.ParquetFile(pyarrow.BufferReader(file.read()) if packed else str(path))
    except (pyarrow.ArrowException, *DAMAGED) as error:
        raise _unreadable(error) from error
    return Table(path.name, _columns(opened.schema_arrow.names)), _parquet_rows(opened)


def _parquet_rows(opened: Any) -> Iterator[Record]:
    import pyarrow

    numbers = count(1)
    try:
        for batch in opened.iter_batches(batch_size=10_000):
            columns = [_values(column) for column in batch.columns]
            for values in zip(*columns, strict=True):
                yield next(numbers), values
    except (pyarrow.ArrowException, OverflowError, ValueError, *DAMAGED) as error:
        yield next(numbers), _broken(error)


def _values(column: Any) -> list[Any]:
    """A column's cells; nanoseconds, which pandas writes and JSON cannot hold, are cut to microseconds."""
    import pyarrow

    if pyarrow.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pyarrow.timestamp("us", column.type.tz), safe=False)
    cells: list[Any] = column.to_pylist()
    return cells
