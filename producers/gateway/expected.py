"""What may stand in a field, told from the contracts: event types that come later are covered."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import msgspec

from schemas.codec import CLOCK_TOLERANCE, WIRE

MOST: Final = 400  # letters; a longer list of codes is cut
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
    """In words and patterns; "" where neither reason nor contract says more than the text of the refusal."""
    if reason in _BY_REASON:
        return _BY_REASON[reason]
    if event_type not in WIRE or not field.startswith("$"):
        return ""
    schema = _schema(event_type)
    place = schema["$defs"][WIRE[event_type].__name__]
    for step in re.findall(r"\.([A-Za-z_]+)|\[(?:\d+|\.\.\.)\]", field):
        place = _resolved(place, schema)
        place = place.get("properties", {}).get(step) if step else place.get("items")
        if not isinstance(place, dict):
            return ""
    return _told(_resolved(place, schema))[:MOST]


@cache
def _schema(event_type: str) -> dict[str, Any]:
    return msgspec.json.schema(WIRE[event_type])


def _resolved(place: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The place itself: what it refers to; of something that may be null, the something."""
    if "$ref" in place:
        return _resolved(schema["$defs"][place["$ref"].rpartition("/")[2]], schema)
    choices = [choice for choice in place.get("anyOf", []) if choice.get("type") != "null"]
    return _resolved(choices[0], schema) if len(choices) == 1 else place


def _told(place: dict[str, Any]) -> str:
    if "enum" in place:
        return "one of " + ", ".join(str(code) for code in place["enum"] if code is not None)
    if "properties" in place:
        needed = place.get("required", [])
        return "fields " + ", ".join(
            name + (" (required)" if name in needed else "") for name in place["properties"]
        )
    parts = [str(place.get("type", "")), str(place.get("format", "")), place.get("pattern", "")]
    parts += [f"{sign} {place[key]}" for key, sign in _LIMITS.items() if key in place]
    return " ".join(part for part in parts if part)


_LIMITS: Final = {
    "minimum": "from",
    "maximum": "to",
    "exclusiveMinimum": "above",
    "exclusiveMaximum": "below",
}
