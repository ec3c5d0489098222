"""What may stand in a refused field, for a program that sends: the contract's own words, or the rule's."""

from __future__ import annotations

from typing import Final

from schemas.codec import CLOCK_TOLERANCE
from schemas.expected import expected as by_contract
from schemas.registry import BY_TYPE

_MINUTES: Final = CLOCK_TOLERANCE.seconds // 60
_BY_REASON: Final = {
    "identity": "nothing that tells who somebody is: no personal number, e-mail or telephone",
    "not_json": "one JSON document in UTF-8",
    "unknown_type": "an event type of schemas/contracts/asyncapi.yaml",
    "clock": f"an instant at most {_MINUTES} minutes after now",
    "future_time": f"an instant at most {_MINUTES} minutes after now, for a source that is not historical",
    "unknown_municipality": "the code of one of Sweden's municipalities",
    "wrong_key": "kommunkod/kind/pseudonym",
}


def expected(reason: str, field: str, event_type: str) -> str:
    """In English; "" where neither reason nor contract says more than the text of the refusal."""
    return _BY_REASON.get(reason) or by_contract(BY_TYPE.get(event_type), field)[1]
