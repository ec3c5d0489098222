"""Connections of statements: one for each, or the one that a client's session keeps between statements.

A session keeps what `SET`, `USE` and temporary tables left; settings of a url hold for its statement only.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from warehouse.embedded import failures
from warehouse.embedded.engine import Call, Engine, named, quoted

IDLE_S = 60.0  # how long a session waits for its next statement, as in ClickHouse
SPARE = 16  # connections that wait for statements without a session, which saves 0.5 ms each
MOST = 200  # sessions kept; the longest idle gives way

# For every statement, before its own settings. Deduplication is the keys' work (architecture 5); the rest is
# what a ClickHouse server has where chDB chose otherwise, and how eagerly it compiles.
_DEFAULTS = {
    "async_insert": "0",
    "insert_deduplicate": "0",
    "deduplicate_insert": "disable",
    "max_insert_threads": "1",  # one part for each insert, so that readers see all of it or nothing
    "implicit_select": "0",
    "allow_introspection_functions": "0",
    # compiling to machine code costs small questions more than it saves: only what is asked again and again
    "min_count_to_compile_expression": "100",
    "min_count_to_compile_aggregate_expression": "100",
    "min_count_to_compile_sort_description": "100",
}


class Session:
    """A connection, and what the last statement's url set on it."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.used_at = time.monotonic()
        self._set: dict[str, str] = {}
        self._database = ""

    def prepare(self, call: Call) -> None:
        """Apply database and settings. Raises RuntimeError with the engine's text."""
        database = call.database or ("" if call.session else "default")
        if database not in {"", self._database}:
            self.connection.query(f"USE {named(database)}", "TSV")
            self._database = "" if call.session else database
        wanted = _DEFAULTS | dict(call.settings) | {"log_comment": call.mark}
        if call.readonly:
            wanted["readonly"] = str(call.readonly)  # the last, as nothing can be set after it
        changes = [f"{named(name)} = DEFAULT" for name in self._set.keys() - wanted.keys()]
        changes += [
            f"{named(n)} = {quoted(value)}" for n, value in wanted.items() if self._set.get(n) != value
        ]
        self.connection.query("SET " + ", ".join(changes), "TSV")
        self._set = wanted


class Sessions:
    """Hands out sessions, each to one statement at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.folder = engine.folder
        self._idle: dict[tuple[str, str], Session] = {}
        self._busy: set[tuple[str, str]] = set()
        self._spare: list[Session] = []  # for statements without a session that leave nothing behind
        self._lock = threading.Lock()

    def take(self, call: Call) -> Session:
        """The call's session, new where there is none. Raises Refused (373) while another call has it."""
        with self._lock:
            if call.session is None:
                return self._spare.pop() if _leaves_nothing(call) and self._spare else self._new()
            self._expire()
            if call.session in self._busy:
                raise failures.refusal(
                    failures.SESSION_IS_LOCKED, f"Session {call.session[1]} is locked by a query."
                )
            self._busy.add(call.session)
            return self._idle.pop(call.session, None) or self._new()

    def _new(self) -> Session:
        return Session(self._engine.connect())

    def give_back(self, call: Call, session: Session, *, failed: bool) -> None:
        """The statement has ended."""
        with self._lock:
            if call.session is not None:
                session.used_at = time.monotonic()
                self._busy.discard(call.session)
                self._idle[call.session] = session
            elif _leaves_nothing(call) and not failed and len(self._spare) < SPARE:
                self._spare.append(session)
            else:
                session.connection.close()

    def _expire(self) -> None:
        oldest_first = sorted(self._idle, key=lambda key: self._idle[key].used_at)
        for number, key in enumerate(oldest_first):
            waited = time.monotonic() - self._idle[key].used_at
            if waited > IDLE_S or len(oldest_first) - number > MOST:
                self._idle.pop(key).connection.close()

    def close(self) -> None:
        """End all sessions."""
        with self._lock:
            for session in [*self._idle.values(), *self._spare]:
                session.connection.close()
            self._idle.clear()
            self._spare.clear()


def _leaves_nothing(call: Call) -> bool:
    """Whether the connection is as good as new after the call: no SET, no temporary table, no readonly."""
    return call.class_ in {"READ_ONLY", "MUTATING"} and not call.readonly
