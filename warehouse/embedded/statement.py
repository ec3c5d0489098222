"""Reads just enough of a statement to route it: which format it answers in, where inserted data begins.

Pure. The engine parses SQL itself; nothing here decides what a statement may do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DEFAULT_FORMAT = "TabSeparated"
HEAD_BYTES = 262_144  # an INSERT statement ends within this many bytes; the rest of a body is data

_TOKEN = re.compile(
    r"(?P<skip>\s+|--[^\n]*|/\*.*?\*/)"
    r"|(?P<quoted>'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<word>\w+)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_FORMAT_TAIL = re.compile(r"\bFORMAT\s+(\w+)\s*(?:\bSETTINGS\s[^']*)?;?\s*$", re.IGNORECASE)
_ADDED_FORMAT = re.compile(r"\s+FORMAT\s+\w+\s*;?\s*$", re.IGNORECASE)
_DATA_START = re.compile(r"[ \t]*(?:\r?\n)?")
_KAFKA = re.compile(r"\bENGINE\s*=?\s*Kafka\b|\bkafka\s*\(", re.IGNORECASE)


@dataclass(frozen=True)
class Insert:
    """An INSERT whose rows come as data. head: up to its SETTINGS; data: what of it came with the text."""

    head: str
    settings: str
    format: str
    data: bytes

    @property
    def sql(self) -> str:
        """The statement without its data."""
        return f"{self.head} {self.settings} FORMAT {self.format}"

    def from_file(self, path: str) -> str:
        """The statement that reads the data from a file instead."""
        return f"{self.head} FROM INFILE '{path}' COMPRESSION 'none' {self.settings} FORMAT {self.format}"


def first_word(sql: str) -> str:
    """The statement's first keyword in capitals, "" when there is none; opening brackets are passed over."""
    for token in _TOKEN.finditer(sql):
        if token.lastgroup == "word":
            return token.group().upper()
        if token.lastgroup != "skip" and token.group() != "(":
            return ""
    return ""


def answer_format(sql: str, default: str = DEFAULT_FORMAT) -> str:
    """The format that a statement asks for at its end, else the default."""
    found = _FORMAT_TAIL.search(sql[-2000:])
    return found.group(1) if found else default


def as_written(sql: str) -> str:
    """The statement as a program wrote it, before its client added a plain FORMAT (and nothing else)."""
    return _ADDED_FORMAT.sub("", sql).strip()


def without_format(sql: str) -> str:
    """The statement without the FORMAT that clients add at its end, and without the last semicolon."""
    return _FORMAT_TAIL.sub("", sql).rstrip().removesuffix(";").rstrip()


def read_insert(statement: bytes, *, has_more: bool) -> Insert | None:
    """Split an INSERT from its data; None for every statement that the engine should run as it stands.

    statement: the text so far, perhaps with the first data behind it; has_more: data follows in the body.
    `VALUES` with its rows in the text may hold expressions, so it is the engine's to run.
    """
    text = statement[:HEAD_BYTES].decode("latin-1")  # one character per byte, so positions are byte positions
    clauses: dict[str, int] = {}
    for token, keyword in _keywords(text):
        if not clauses and keyword != "INSERT":
            return None
        if "FORMAT" in clauses:
            start = _DATA_START.match(text, token.end())
            return _insert(statement, clauses, token.group(), start.end() if start else token.end())
        if keyword in {"SELECT", "WITH", "INFILE"}:
            return None
        clauses.setdefault(keyword, token.start())
        if keyword == "VALUES":
            rows_follow = bool(statement[token.end() :].strip())
            return (
                None if rows_follow and not has_more else _insert(statement, clauses, "Values", token.end())
            )
    return None


def _keywords(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Tokens of a statement, each with the keyword that it may be: "" for names, quoted things and signs."""
    previous, depth = "", 0
    for token in _TOKEN.finditer(text):
        piece = token.group()
        if token.lastgroup == "skip":
            continue
        depth += {"(": 1, ")": -1}.get(piece, 0)
        subquery = previous == "(" and piece.upper() in {"SELECT", "WITH"}
        is_name = (depth > 0 and not subquery) or previous in {"INTO", "TABLE", "."}
        previous = piece.upper()
        yield token, previous if token.lastgroup == "word" and not is_name else ""


def _insert(statement: bytes, clauses: dict[str, int], format_: str, data_at: int) -> Insert:
    end = clauses.get("FORMAT", clauses.get("VALUES", 0))
    cut = min(clauses.get("SETTINGS", end), end)
    return Insert(statement[:cut].decode(), statement[cut:end].decode(), format_, statement[data_at:])


def uses_kafka_engine(sql: str) -> bool:
    """Whether a definition names chDB's own Kafka engine, after which the folder cannot be opened again."""
    return first_word(sql) in {"CREATE", "ATTACH", "REPLACE"} and _KAFKA.search(sql) is not None
