"""Failures as ClickHouse tells them: a numeric code, its text, and the HTTP status of the real server."""

from __future__ import annotations

import re

from schemas.errors import HubError

SYNTAX_ERROR, NOT_IMPLEMENTED, READONLY, BAD_ARGUMENTS, NOT_ENOUGH_SPACE = 62, 48, 164, 36, 243
CANNOT_DECOMPRESS, SESSION_IS_LOCKED, ACCESS_DENIED, AUTHENTICATION_FAILED, STD_EXCEPTION = (
    271,
    373,
    497,
    516,
    1001,
)

_NAMES = {
    SYNTAX_ERROR: "SYNTAX_ERROR",
    NOT_IMPLEMENTED: "NOT_IMPLEMENTED",
    READONLY: "READONLY",
    BAD_ARGUMENTS: "BAD_ARGUMENTS",
    NOT_ENOUGH_SPACE: "NOT_ENOUGH_SPACE",
    CANNOT_DECOMPRESS: "CANNOT_DECOMPRESS",
    SESSION_IS_LOCKED: "SESSION_IS_LOCKED",
    ACCESS_DENIED: "ACCESS_DENIED",
    AUTHENTICATION_FAILED: "AUTHENTICATION_FAILED",
    STD_EXCEPTION: "STD_EXCEPTION",
}
# as `exceptionCodeToHTTPStatus` in ClickHouse's HTTP server; every other code is 500
_STATUS = {
    **dict.fromkeys((6, 26, 27, 38, 41, 53, 62, 69, 72, 117, 130, 167, 168, 223, 271, 457), 400),
    **dict.fromkeys((ACCESS_DENIED, AUTHENTICATION_FAILED, READONLY), 403),
    **dict.fromkeys((46, 47, 50, 56, 60, 63, 73, 81, 111, 115), 404),
    159: 408,
    NOT_IMPLEMENTED: 501,
    **dict.fromkeys((76, 202, 209, 439), 503),
}
_CODE = re.compile(r"Code: (\d+)\. DB::Exception: ")


class Refused(HubError):
    """A statement that ended in an error; its text is the body that the client reads."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"Code: {code}. DB::Exception: {text}")
        self.code = code

    @property
    def status(self) -> int:
        """The HTTP status for this code."""
        return _STATUS.get(self.code, 500)


def refusal(code: int, text: str) -> Refused:
    """An error of our own, in ClickHouse's words."""
    return Refused(code, f"{text} ({_NAMES[code]})")


def from_engine(error: BaseException) -> Refused:
    """The engine's error with its own code, or 1001 where it gives none."""
    text = str(error)
    found = _CODE.search(text)
    if not found:
        return refusal(STD_EXCEPTION, text)
    return Refused(int(found.group(1)), text[found.end() :].strip())
