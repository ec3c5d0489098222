"""Who may run what. chDB has no users, so the server keeps the three kinds that a hub needs.

`screens` runs the published layer's exact statements with bound values, `work` reads and runs the one
statement that writes an audit row, everybody else does everything. On a ClickHouse server the same users have
grants instead.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from schemas.errors import Misconfigured
from warehouse.embedded import failures, statement

SCREENS, WORK = "screens", "work"

# what clickhouse-connect asks when it opens
HANDSHAKE = frozenset({
    "SELECT version(), timezone()",
    "SELECT name, value, readonly FROM system.settings LIMIT 10000",
    "SELECT 1 AS check",
})  # fmt: skip

# url parameters that are the transport's own and never reach the engine as settings
TRANSPORT = frozenset({
    "query", "database", "default_format", "user", "password", "query_id", "session_id", "session_timeout",
    "session_check", "quota_key", "role", "wait_end_of_query", "buffer_size", "client_protocol_version",
    "compress", "decompress", "enable_http_compression", "send_progress_in_http_headers",
    "http_headers_progress_interval_ms", "cancel_http_readonly_queries_on_client_close",
})  # fmt: skip

_USER = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_READING = {"SELECT", "WITH", "DESCRIBE", "DESC", "SHOW", "EXISTS", "EXPLAIN"}
_WORK_SETTINGS = re.compile(r"output_format_\w+|max_query_size|max_block_size")
_MAX_SECONDS = {SCREENS: "10", WORK: "60"}


@cache
def published_statements() -> frozenset[str]:
    """The texts that `screens` may run."""
    return frozenset(text.strip() for text in import_module("warehouse.published").STATEMENTS.values())


@cache
def audit_statement() -> str:
    """The one text by which `work` may write."""
    return str(import_module("warehouse.audit").INSERT)


class Access:
    """The door. tokens: folder with one file per user that holds the token; None: no login is needed."""

    def __init__(self, tokens: Path | None) -> None:
        self._tokens = tokens
        if tokens is not None:
            _check(tokens)

    def enter(self, user: str, token: str) -> str:
        """The user that this token belongs to, "" when no login is needed. Raises Refused (516)."""
        if self._tokens is None:
            return ""
        kept = _token(self._tokens / user) if _USER.fullmatch(user) else ""
        if not kept or not hmac.compare_digest(kept.encode(), token.encode()):
            raise failures.refusal(
                failures.AUTHENTICATION_FAILED,
                f"{user}: Authentication failed: password is incorrect, or there is no user with such name.",
            )
        return user


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise Misconfigured(
            f"--tokens {folder} is no folder; it holds one file per user with that user's token"
        )
    users = [file for file in sorted(folder.iterdir()) if _USER.fullmatch(file.name)]
    if not users:
        raise Misconfigured(f"--tokens {folder} holds no user's file")
    for file in users:
        if file.stat().st_mode & 0o077:
            raise Misconfigured(f"{file} is readable by others: chmod 600 {file}")
        if not _token(file):
            raise Misconfigured(f"{file} is empty; it holds that user's token")


def _token(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""


def check_statement(user: str, sql: str, class_: str, allowed: Collection[str] | None = None) -> int:
    """The `readonly` that a statement of this user runs under (0: none). Raises Refused.

    class_: the engine's verdict (`Engine.kind`); allowed: the texts of `screens`, else the published layer's.
    """
    if user == SCREENS:
        text = statement.as_written(sql)
        if text not in HANDSHAKE and text not in (published_statements() if allowed is None else allowed):
            raise failures.refusal(
                failures.ACCESS_DENIED, f"{user}: this statement is not on the list of allowed statements."
            )
        return int(class_ == "READ_ONLY")
    if user == WORK:
        if statement.as_written(sql) == audit_statement():
            return 0
        if class_ != "READ_ONLY" or statement.first_word(sql) not in _READING:
            raise failures.refusal(failures.READONLY, f"{user}: Cannot execute query in readonly mode.")
        return 1
    return 0


def check_settings(user: str, settings: Mapping[str, str]) -> dict[str, str]:
    """The settings that this user's statement runs with. Raises Refused for one that the user may not set."""
    if user not in _MAX_SECONDS:
        return dict(settings)
    for name in settings:
        if user == SCREENS or not _WORK_SETTINGS.fullmatch(name):
            raise failures.refusal(failures.READONLY, f"Cannot modify '{name}' setting in readonly mode.")
    return {**settings, "max_execution_time": _MAX_SECONDS[user]}
