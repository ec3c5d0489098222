"""Mends chDB's answers: columns for an empty Native answer, one header for a whole Arrow stream."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BREAK_AFTER_COMMA, _BREAK = re.compile(r",\n\s*"), re.compile(r"\n\s*")
_ESCAPED = re.compile(r"\\(.)")
_ARROW_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"


def empty_block(columns: Sequence[tuple[str, str]]) -> bytes:
    """A Native block of no rows; columns: (name, type)."""
    return _length(len(columns)) + _length(0) + b"".join(_text(name) + _text(kind) for name, kind in columns)


def on_one_line(kind: str) -> str:
    """A type's name as an answer tells it: DESCRIBE breaks those of named tuples over lines."""
    return _BREAK.sub("", _BREAK_AFTER_COMMA.sub(", ", kind))


def _length(number: int) -> bytes:
    """LEB128, as ClickHouse writes lengths."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _text(text: str) -> bytes:
    raw = text.encode()
    return _length(len(raw)) + raw


def arrow_piece(stream: bytes, *, first: bool, last: bool) -> bytes:
    """A piece of one Arrow stream, from one of chDB's chunks, each of which is a whole stream of its own.

    last: the chunk that chDB gives when no rows are left; it has a schema where there were no rows at all.
    """
    if last:
        return stream if first else _ARROW_END
    body = stream.removesuffix(_ARROW_END)
    return body if first else body[8 + int.from_bytes(body[4:8], "little") :]


def unescaped(cell: str) -> str:
    """A TabSeparated cell as it was, for names and types, whose only control characters are line breaks."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], cell)
