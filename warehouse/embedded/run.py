"""Runs one statement step by step, so that answers and inserted data flow in pieces. Every step blocks."""

from __future__ import annotations

import time
from typing import Any

from warehouse.embedded import failures, native, statement
from warehouse.embedded.engine import Call
from warehouse.embedded.sessions import Sessions
from warehouse.embedded.spool import Spool

# Answers in these formats can be put together from chDB's chunks; the engine builds all others whole.
_STREAMED = {
    "Native", "TabSeparated", "TSV", "TabSeparatedRaw", "TSVRaw", "CSV", "JSONEachRow", "NDJSON", "JSONLines",
    "JSONCompactEachRow", "RowBinary", "ArrowStream",
}  # fmt: skip
_SELECTS = {"SELECT", "WITH", "FROM"}


class Statement:
    """A statement on its connection, with its settings applied. Must be closed."""

    def __init__(self, sessions: Sessions, call: Call) -> None:
        self.call = call
        self.read_rows = self.read_bytes = self.written_rows = self.written_bytes = 0
        self._started = time.perf_counter()
        self.closed = self.failed = False
        self._sessions = sessions
        self._session = sessions.take(call)
        self.connection = self._session.connection
        try:
            self._session.prepare(call)
            self._begin()
        except RuntimeError as error:
            self.failed = True
            self.close()
            raise failures.from_engine(error) from error

    def _begin(self) -> None:
        """What must go well before the first piece."""

    @property
    def elapsed_ns(self) -> int:
        """Time since the statement began."""
        return int((time.perf_counter() - self._started) * 1e9)

    def close(self) -> None:
        """End the statement, finished or not. May be repeated."""
        if not self.closed:
            self.closed = True
            self._release()
            self._sessions.give_back(self.call, self._session, failed=self.failed)

    def _release(self) -> None:
        """Stop what the engine still does for this statement."""


class Reading(Statement):
    """A statement without data of its own: SELECT, DDL, anything but an insert of rows."""

    def __init__(self, sessions: Sessions, call: Call, hold: int) -> None:
        """hold: bytes of the answer that are made before this returns, so that errors come early."""
        self.format = statement.answer_format(call.sql, call.format)
        self.has_result = call.class_ == "READ_ONLY"
        selects = self.has_result and statement.first_word(call.sql) in _SELECTS
        self._streams = selects and self.format in _STREAMED
        self._params = dict(call.params)
        self._stream: Any = None
        self._chunks = 0
        self._held: list[bytes] = []
        self.ended = False
        super().__init__(sessions, call)
        try:
            self._hold(hold)
        except failures.Refused:
            self.close()
            raise

    def _hold(self, size: int) -> None:
        while size > 0 and (chunk := self.fetch()) is not None:
            self._held.append(chunk)
            size -= len(chunk)
        self.has_result = self.has_result or bool(self._held and self._held[0])
        if self.ended:
            self.close()

    def take_held(self) -> bytes:
        """The first of the answer; the rest comes from `fetch`."""
        held, self._held = b"".join(self._held), []
        return held

    def fetch(self) -> bytes | None:
        """The next piece of the answer, None after the last. Raises Refused."""
        if self.ended:
            return None
        try:
            chunk = self._next_chunk() if self._streams else self._whole()
        except RuntimeError as error:
            self.ended = self.failed = True
            raise failures.from_engine(error) from error
        self._chunks += 1
        return chunk

    def _release(self) -> None:
        if self._stream is not None and not self.ended:
            self.failed = True
            self.connection.streaming_cancel_query(self._stream)

    def _next_chunk(self) -> bytes | None:
        if self._stream is None:
            self._stream = self.connection.send_query(self.call.sql, self.format, params=self._params)
        result = self.connection.streaming_fetch_result(self._stream)
        rows: int = result.rows_read()
        chunk: bytes = result.bytes()
        self.read_rows += rows
        self.read_bytes += result.bytes_read()
        self.ended = rows == 0
        if self.format == "ArrowStream":
            return native.arrow_piece(chunk, first=self._chunks == 0, last=self.ended)
        if self.ended and self._chunks == 0 and self.format == "Native":
            return native.empty_block(self._columns())  # chDB gives 0 bytes here
        return None if self.ended else chunk

    def _whole(self) -> bytes:
        self.ended = True
        result = self.connection.query(self.call.sql, self.format, params=self._params)
        self.read_rows, self.read_bytes = result.rows_read(), result.bytes_read()
        self.written_rows, self.written_bytes = result.rows_written(), result.bytes_written()
        answer: bytes = result.bytes()
        if not answer and self.format == "Native" and self.has_result:
            return native.empty_block(self._columns())
        return answer

    def _columns(self) -> list[tuple[str, str]]:
        """(name, type) of an answer that had no rows. A SELECT is only analysed, not run again."""
        sql = statement.without_format(self.call.sql)
        if statement.first_word(sql) in _SELECTS:
            lines = self._lines(f"DESCRIBE TABLE ({sql}\n)")
            return [(cells[0], native.on_one_line(cells[1])) for cells in lines]
        names, types = self._lines(f"{sql}\nFORMAT TSVWithNamesAndTypes")[:2]
        return list(zip(names, types, strict=True))

    def _lines(self, sql: str) -> list[list[str]]:
        text = self.connection.query(sql, "TSV", params=self._params).bytes().decode()
        return [[native.unescaped(cell) for cell in line.split("\t")] for line in text.splitlines()]


class Writing(Statement):
    """An INSERT whose rows come as data, in pieces. Nothing is begun before `finish`."""

    def __init__(self, sessions: Sessions, call: Call, insert: statement.Insert) -> None:
        self._insert = insert
        self._spool = Spool(sessions.folder)
        super().__init__(sessions, call)

    def append(self, data: bytes) -> None:
        """Take the next piece of data. Raises Refused when the disk is full."""
        try:
            self._spool.write(data)
        except OSError as error:
            raise failures.refusal(
                failures.NOT_ENOUGH_SPACE, f"Cannot hold the data: {error.strerror}."
            ) from error

    def finish(self) -> None:
        """Write; when this returns, the rows are in the table. Raises Refused."""
        sql = self._insert.from_file(self._spool.whole())
        try:
            result = self.connection.query(sql, "TSV", params=dict(self.call.params))
        except RuntimeError as error:
            self.failed = True
            raise failures.from_engine(error) from error
        self.written_rows, self.written_bytes = result.rows_written(), result.bytes_written()

    def _release(self) -> None:
        self._spool.close()
