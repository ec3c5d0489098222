"""The contracts for those who send, made from the Structs: JSON Schema 2020-12 per event type, AsyncAPI 3.0
for all.

`python -m schemas.contracts` writes them to `schemas/contracts/`; a test fails when they are not current.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from schemas.codec import WIRE, encode, make
from schemas.codes import REASONS
from schemas.envelope import Fact, event_id, schema_name
from schemas.registry import BY_TYPE, RETENTION_MS, TOPICS, dead_letters

FOLDER: Final = Path(__file__).parent / "contracts"
JSON_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"
KAFKA_BINDING: Final = "0.5.0"
HTTP_BINDING: Final = "0.3.0"
KEY: Final = {"type": "string", "description": "The event's `subject`"}
CLOUD_EVENT: Final = "application/cloudevents+json"
ABOUT: Final = (
    "Events of municipal social services. CloudEvents 1.0 in structured mode, JSON, one event per record, "
    "keyed by `subject`. Unknown fields are refused. The same id with a later `recordedtime` is a correction."
)
PUSH: Final = "push"
PUSH_ADDRESS: Final = "/events"
ABOUT_PUSH: Final = (
    "CloudEvents over HTTP: structured, batched (application/cloudevents-batch+json) or binary (attributes "
    "in ce- headers). 202 when the broker has all; else problem details (RFC 9457), of each refused event in "
    "`errors`. Sending the same again adds nothing."
)
SERVERS: Final = {
    "kafka": {
        "host": "{address}", "protocol": "kafka",
        "variables": {"address": {"description": "PULS_KAFKA; of a hub's own broker as in its run/hub.json"}},
    },
    PUSH: {
        "host": "{address}", "protocol": "http", "description": "HTTP push; give it TLS by a proxy",
        "variables": {"address": {"default": "127.0.0.1:8503", "description": "Host and PULS_PUSH_PORT"}},
        "security": [{"$ref": "#/components/securitySchemes/token"}],
    },
}  # fmt: skip
TOKEN: Final = {
    "type": "http", "scheme": "bearer", "description": "Made by ./puls token create for one producer",
}  # fmt: skip
EXAMPLE_KEY: Final = "k1." + "2T0jOe0bq1mJb5lWk9pXv3cYd8QsvR1mH3yKqJm7p0m"
DEAD_LETTER: Final = {
    "type": "object",
    "description": "Where the refused event lies and why it was refused; never what it holds.",
    "properties": {
        "topic": {"type": "string", "description": "Topic of the refused event"},
        "partition": {"type": "integer", "description": "Its partition"},
        "offset": {"type": "integer", "description": "Its offset; there it lies until the retention ends"},
        "reason": {"enum": list(REASONS), "description": "Why, as a code"},
        "field": {"type": "string", "description": "JSON path of the field, $ for the whole"},
        "text_sv": {"type": "string", "description": "What was expected, in Swedish"},
        "text_en": {"type": "string", "description": "What was expected, in English"},
        "payload_hash": {"type": "string", "description": "To recognise the payload by"},
        "refused_at": {"type": "integer", "description": "Microseconds since 1970, UTC"},
        "retry_until": {"type": "integer", "description": "When the topic lets go of it, likewise"},
        "source_ref": {"type": "string", "description": "File and line, where the producer told them"},
    },
    "required": ["topic", "partition", "offset", "reason"],
}


def examples(fact: type[Fact]) -> list[dict[str, Any]]:
    """Whole events around the type's examples, as they look on the wire."""
    subject = f"9999/{fact.KIND}/{EXAMPLE_KEY}"
    at = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
    return [
        json.loads(encode(make(
            msgspec.convert(example, fact), id=event_id(subject, fact.TYPE, number), source="example",
            subject=subject, time=at, recordedtime=at, kommunkod="9999",
        )))
        for number, example in enumerate(fact.EXAMPLES)
    ]  # fmt: skip


def json_schema(event_type: str) -> dict[str, Any]:
    """The JSON Schema of one event type, closed, with its examples."""
    fact = BY_TYPE[event_type]
    made = msgspec.json.schema(WIRE[event_type])
    envelope = made["$defs"][WIRE[event_type].__name__]
    envelope["properties"]["type"] = {"const": event_type, "description": "Type of the event"}
    for name in ("time", "recordedtime"):
        envelope["properties"][name]["description"] += "; RFC 3339 with zone"
    return {
        "$schema": JSON_SCHEMA, "$id": schema_name(event_type), "title": fact.__name__,
        "description": summary(fact), **made, "examples": examples(fact),
    }  # fmt: skip


def summary(fact: type[Fact]) -> str:
    """The type's docstring on one line: the Swedish term, then what it says."""
    return " ".join((fact.__doc__ or "").split())


def asyncapi() -> dict[str, Any]:
    """Every topic with its messages, for those who send and those who read."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Kommunpuls", "version": "1.0.0",
            "description": ABOUT,
        },
        "defaultContentType": CLOUD_EVENT,
        "servers": SERVERS,
        "channels": dict(_channels()) | {PUSH: _push()},
        "operations": dict(_operations()),
        "components": {"messages": {fact.__name__: _message(name, fact) for name, fact in BY_TYPE.items()}
                       | {"DeadLetter": _dead_letter()}, "securitySchemes": {"token": TOKEN}},
    }  # fmt: skip


def _channels() -> Iterator[tuple[str, dict[str, Any]]]:
    for topic in TOPICS:
        names = [fact.__name__ for fact in BY_TYPE.values() if topic == fact.TOPIC]
        yield topic, _channel(topic, f"Events of topic {topic}.", names, {"retention.ms": RETENTION_MS})
        refused = dead_letters(topic)
        yield (
            refused,
            _channel(refused, f"Refused events of topic {topic}: pointer and reason.", ["DeadLetter"], {}),
        )


def _channel(topic: str, what: str, names: list[str], configuration: dict[str, Any]) -> dict[str, Any]:
    binding = {"topic": topic, "topicConfiguration": configuration, "bindingVersion": KAFKA_BINDING}
    return {
        "address": topic,
        "description": what,
        "servers": [{"$ref": "#/servers/kafka"}],
        "messages": _messages(names),
        "bindings": {"kafka": binding},
    }


def _push() -> dict[str, Any]:
    return {
        "address": PUSH_ADDRESS,
        "description": ABOUT_PUSH,
        "servers": [{"$ref": f"#/servers/{PUSH}"}],
        "messages": _messages([fact.__name__ for fact in BY_TYPE.values()]),
    }


def _messages(names: list[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/messages/{name}"} for name in names}


def _operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """As seen from the hub: it receives what sources send, and sends the dead letters."""
    for topic in TOPICS:
        yield "receive_" + topic, {"action": "receive", "channel": {"$ref": f"#/channels/{topic}"}}
        yield "refuse_" + topic, {"action": "send", "channel": {"$ref": f"#/channels/{dead_letters(topic)}"}}
    by_post = {"http": {"method": "POST", "bindingVersion": HTTP_BINDING}}
    channel = {"$ref": f"#/channels/{PUSH}"}
    yield "receive_" + PUSH, {"action": "receive", "channel": channel, "bindings": by_post}


def _message(event_type: str, fact: type[Fact]) -> dict[str, Any]:
    return {
        "name": event_type,
        "title": fact.__name__,
        "summary": summary(fact),
        "contentType": CLOUD_EVENT,
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"./{event_type}.json"},
        },
        "bindings": {"kafka": {"key": KEY, "bindingVersion": KAFKA_BINDING}},
        "examples": [{"payload": example} for example in examples(fact)],
    }  # fmt: skip


def _dead_letter() -> dict[str, Any]:
    return {"name": "DeadLetter", "contentType": "application/json", "payload": DEAD_LETTER}


def files() -> dict[str, str]:
    """Every contract file's name and text."""
    texts = {
        f"{name}.json": json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n" for name in BY_TYPE
    }
    return texts | {"asyncapi.yaml": "\n".join(yaml(asyncapi())) + "\n"}


def yaml(value: Any, indent: str = "") -> Iterator[str]:
    """Dicts, lists, texts and numbers as lines of YAML; every text is quoted, so that none is misread."""
    items = value.items() if isinstance(value, dict) else [(None, item) for item in value]
    for key, item in items:
        lead = indent + ("-" if key is None else f"{_key(key)}:")
        if isinstance(item, (dict, list)) and item:
            yield lead
            yield from yaml(item, indent + "  ")
        else:
            yield f"{lead} {json.dumps(item, ensure_ascii=False)}"


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", key) and key not in _WORDS else json.dumps(key)


_WORDS: Final = ("on", "off", "yes", "no", "true", "false", "null", "y", "n")


def main() -> None:
    """Write every contract, and take away those of types that are no more."""
    FOLDER.mkdir(exist_ok=True)
    wanted = files()
    for path in FOLDER.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
