"""How a text file is written: encoding, delimiter, and whether somebody read UTF-8 as Latin-1 before us."""

from __future__ import annotations

import codecs
import csv
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from gzip import GzipFile
from io import BufferedReader
from typing import Final

Packed = BufferedReader | GzipFile
DAMAGED: Final = (EOFError, OSError, zlib.error)  # what reading a file raises that is cut off or broken
_CHUNK: Final = 1024 * 1024
_DELIMITERS: Final = (",", ";", "\t", "|")
# å ä ö Å Ä Ö é in UTF-8, read as Windows-1252 or Latin-1 and written as UTF-8 again: Ã¥ Ã¤ Ã¶ Ã… Ã„ Ã– Ã©
_TWICE: Final = re.compile(rb"\xc3\x83(?:\xc2[\x80-\xbf]|\xe2\x80[\xa6\x9e\x93])")


@dataclass(frozen=True)
class Text:
    """Encoding of a file, and the line where `Ã¥` stands for `å` first, 0 where none does."""

    encoding: str
    mojibake_line: int = 0

    def notices(self) -> list[tuple[str, str]]:
        """What the sender should know about the file, in Swedish and English."""
        if not self.mojibake_line:
            return []
        sv = "t.ex. Ã¥ står där å borde stå: UTF-8 har lästs som Latin-1 före exporten. Rätta källan."
        en = "e.g. Ã¥ stands for å: UTF-8 was read as Latin-1 before the export. Mend the source."
        return [(f"Rad {self.mojibake_line}: {sv}", f"Line {self.mojibake_line}: {en}")]


def examine(file: Packed) -> Text:
    """Read the whole file once, in pieces: a stray Latin-1 byte may be in its last line.

    A BOM decides; else UTF-16 shows by its zeros; else what is no UTF-8 is Windows-1252 (Latin-1 and more).
    """
    first = _next(file)
    marked = _by_mark(first)
    if marked and marked != "utf-8-sig":
        return Text(marked)
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, found, chunk = 1, 0, first
    while chunk:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return Text("cp1252" if _is_cp1252(chunk) else "latin-1")
        hit = None if found else _TWICE.search(chunk)
        found = found or (line + chunk[: hit.start()].count(b"\n") if hit else 0)
        line += chunk.count(b"\n")
        chunk = _next(file)
    return Text(marked or "utf-8", found)


def _next(file: Packed) -> bytes:
    try:
        return file.read1(_CHUNK)
    except DAMAGED:  # a gz file that is cut off: the reader tells where
        return b""


def _by_mark(first: bytes) -> str:
    if first.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    odd, even = first[1:2000:2].count(0), first[0:2000:2].count(0)
    if max(odd, even) * 4 > len(first[:2000]):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _is_cp1252(chunk: bytes) -> bool:
    return not re.search(rb"[\x81\x8d\x8f\x90\x9d]", chunk)


def delimiter_of(lines: list[str]) -> str:
    """The delimiter that cuts the first lines into equally many fields; a comma where none does."""
    return max(_DELIMITERS, key=lambda delimiter: _fit(lines, delimiter))


def _fit(lines: list[str], delimiter: str) -> tuple[int, int]:
    widths = [width for width in _widths(lines, delimiter) if width]
    common = max(set(widths), key=widths.count, default=1)
    return (widths.count(common) if common > 1 else 0, common)


def _widths(lines: list[str], delimiter: str) -> Iterator[int]:
    records = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            yield len(next(records))
        except StopIteration:
            return
        except csv.Error:  # a cell beyond the limit; the reader refuses that row
            continue
