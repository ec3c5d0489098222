"""Mends chDB's answers: columns for an empty Native answer, one header for a whole Arrow stream."""

from __future__ import annotations

from collections.abc import Sequence

ARROW_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"


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


def empty_block(columns: Sequence[tuple[str, str]]) -> bytes:
    """A Native block of no rows; columns: (name, type)."""
    return _length(len(columns)) + _length(0) + b"".join(_text(name) + _text(kind) for name, kind in columns)


def arrow_batches(stream: bytes, *, first: bool) -> bytes:
    """One of chDB's chunks, each of which is a whole Arrow stream, as a piece of one stream.

    The schema stays in the first chunk only; the end mark is left to the caller (`ARROW_END`).
    """
    body = stream.removesuffix(ARROW_END)
    if first:
        return body
    return body[8 + int.from_bytes(body[4:8], "little") :]
