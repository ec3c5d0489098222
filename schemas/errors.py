"""Every error of the hub, sorted by what the catcher should do, never by where it was raised."""

from __future__ import annotations


class HubError(Exception):
    """Root of all errors that the hub raises on purpose. Its text is one clear line for a person."""


class BadEvent(HubError):
    """An event or source row that can never become right by trying again. Goes to the dead letters, once.

    reason: closed code (`REASONS` in `schemas/codes.py`); field: JSON path or column, "" for the whole;
    sv, en: what was expected and how to mend it. None of them ever holds the refused value.
    """

    def __init__(self, reason: str, field: str = "", sv: str = "", en: str = "") -> None:
        super().__init__(f"{reason} {field}: {en or sv}".strip())
        self.reason = reason
        self.field = field
        self.sv = sv
        self.en = en


class Unavailable(HubError):
    """A broker, store or disk does not answer now. Back off and try the same work again; acknowledge
    nothing.
    """


class Misconfigured(HubError):
    """Settings, files or addresses are wrong. Refuse to start, and name every bad value and its remedy."""
