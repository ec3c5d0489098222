from __future__ import annotations

import pytest

from schemas import cases as c
from schemas.codec import decode, encode
from schemas.errors import BadEvent
from tests.telling import at, tell


@pytest.mark.parametrize(
    ("good", "bad", "field"),
    [(b'"unit":"a"', b'"unit":"a\\n"', "$.data.unit"), (b"AAA\"", b"AAA\\n\"", "$.subject"),
     (b'"9999"', b'"9999\\n"', "$.kommunkod"), (b'"test"', b'"test\\n"', "$.source")],
)  # fmt: skip
def test_a_newline_at_the_end_does_not_slip_through_a_pattern(good: bytes, bad: bytes, field: str) -> None:
    raw = encode(tell("x", c.ReportReceived(unit="a"), at(0)))
    assert decode(raw).data.unit == "a"
    assert good in raw
    with pytest.raises(BadEvent) as refused:
        decode(raw.replace(good, bad))
    assert refused.value.field == field
