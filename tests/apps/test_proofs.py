from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.proofs import LIMITS, state

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def row(what: str, age: timedelta | None, rows: int = 0, others: int = 0) -> dict[str, Any]:
    return {"what": what, "at": None if age is None else NOW - age, "rows": rows, "others": others}


@pytest.mark.parametrize("what", LIMITS)
def test_what_was_never_done_or_long_ago_asks_for_attention(what: str) -> None:
    assert state(row(what, None), NOW) == ("attention", "har aldrig gjorts")
    assert state(row(what, LIMITS[what] + timedelta(hours=1)), NOW)[0] == "attention"
    assert state(row(what, LIMITS[what]), NOW)[0] == "good"


def test_a_difference_is_serious_however_old_it_is() -> None:
    for rows, others in ((1, 0), (0, 1)):
        assert state(row("verification", timedelta(days=90), rows, others), NOW)[0] == "serious"
    assert state(row("backup", timedelta(0), 12, 3), NOW) == ("good", "12 rader i 3 segment")
