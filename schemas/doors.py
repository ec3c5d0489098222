"""What every door asks of an event before the hub takes it: source file, HTTP push and Kafka message alike.

One pure function, so that no door lets through what another refuses.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from schemas import municipality
from schemas.codec import check_clock, decode
from schemas.envelope import Event
from schemas.errors import BadEvent

_TESTING: Final = re.compile(r"(?:tests?|demo|examples?|sandbox|dummy|fake)(?:[_-]|$)")


def admit(raw: bytes, now: datetime, topic: str = "") -> Event:
    """The event in the bytes, judged by all that one message alone can be judged by. BadEvent says what is
    wrong, where, what was expected and how to mend it.

    topic: where the message lay; "" at a door that chooses the topic itself.
    """
    event = decode(raw)
    check_clock(event, now)
    check_place(event, topic)
    return event


def check_place(event: Event, topic: str = "") -> None:
    """BadEvent when nobody has the municipality's code, a trial tells of a real one, or the topic is another
    type's.
    """
    if not event.kommunkod.startswith("99"):
        _check_real(event)
    if topic and topic != event.data.TOPIC:
        raise BadEvent(
            "wrong_topic", "$.type",
            f"Händelsen hör hemma i ämnet {event.data.TOPIC}. Skicka den dit.",
            f"The event belongs to topic {event.data.TOPIC}. Send it there.",
        )  # fmt: skip


def _check_real(event: Event) -> None:
    if not municipality.exists(event.kommunkod):
        raise BadEvent(
            "unknown_municipality", "$.kommunkod",
            "Ingen kommun har den koden. Skriv fyra siffror ur SCB:s lista, inledande nolla kvar (0780).",
            "No municipality has this code. Write four digits of Statistics Sweden's list, leading zero kept "
            "(0780).",
        )  # fmt: skip
    if _TESTING.match(event.source):
        raise BadEvent(
            "test_data", "$.kommunkod",
            "Källan heter som en provkörning. Prova med en påhittad kommun, 9900–9999, eller ge källan"
            " sitt rätta namn.",
            "The source is named as a trial. Try with an invented municipality, 9900–9999, or give the source"
            " its right name.",
        )  # fmt: skip
