"""The list of domain 5.2 as data: the bad input that producers will send, by group. A case without a fixture
fails `test_completeness.py`.
"""

from __future__ import annotations

from typing import Final

CASES: Final[dict[str, tuple[str, ...]]] = {
    "identity": (
        "personal number of ten digits", "personal number of twelve digits", "personal number with -",
        "personal number with +", "coordination number", "in free text", "in source_ref", "in a file name",
        "in a URL", "in a log line", "names and addresses in a reason field",
        "coded provider name in clear",
    ),
    "time": (
        "end before start", "start in the future", "visit over 24 h", "visit over midnight", "missing stop",
        "02:30 twice", "02:30 never", "local time without zone", "29 February",
        "period over six months for fk_beslut", "deadline on a weekend",
    ),
    "numbers": (
        "347,70 and 347.70", "1 284 with a space", "1 284 with a no-break space", "negative hours", "price 0",
        "price changed backwards", "percent as 0.92 and as 92", "thousands of kr given as kr",
    ),
    "codes": (
        "780 for 0780", "unknown unit", "old unit after reorganisation", "free text for huvudorsak",
        "unknown vårdform", "law chapter of the old act",
    ),
    "order": (
        "close before open", "second open without close", "reopened case",
        "transfer out with no transfer in", "overlapping placements for one person",
        "alarm acknowledged before it went off", "dose taken before due", "retraction of an unknown event",
        "correction of a correction",
    ),
    "repeat": (
        "same event_id twice", "same content with a new id", "whole day sent again",
        "snapshot sent as events",
    ),
    "volume": (
        "sudden zero", "ten times normal", "producer silent over a weekend", "test data in production",
        "clock one hour wrong",
    ),
    "form": (
        "unknown schema version", "extra field", "missing field", "UTF-8 read as Latin-1", "empty file",
        "truncated JSON", "Excel date number", "merged cells in Listan",
    ),
    "meaning": (
        "performed hours over granted", "double staffing counted once or twice",
        "granted hours for a dead person", "placement running after contract end",
        "invoice for a day outside the placement",
    ),
}  # fmt: skip
