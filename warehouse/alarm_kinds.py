"""What to do about each kind of alarm, in Swedish and English. Its kind is its name up to the first dot.

The one place where kinds are declared, beside the health indicators, which bring their own: an alarm of a
kind that is not here cannot be raised (`alarms.py`).
"""

from __future__ import annotations

from typing import Final

from warehouse.indicators import indicators

TO_DO: Final[dict[str, tuple[str, str]]] = {
    **{each.name: (each.to_do_sv, each.to_do_en) for each in indicators().values() if each.alarms},
    "refused": (
        "Se vilka händelser det är med ./puls refused list, rätta i källan och försök igen eller avskriv.",
        "See which events with ./puls refused list, mend the source, then retry or dismiss them.",
    ),
    "paused": (
        "Se felen med ./puls refused list, rätta i källan och fortsätt med ./puls resume ÄMNE PARTITION.",
        "See the faults with ./puls refused list, mend the source, go on with ./puls resume TOPIC PARTITION.",
    ),
    "reconciliation": (
        "Gallra ingenting i ämnet. Läs om partitionen från den offset som nämns och se ./puls logs worker.",
        "Erase nothing of the topic. Read the partition again from the named offset; see ./puls logs worker.",
    ),
    "history": (
        "Se i källan varför något har så många händelser; oftast återanvänds ett nummer.",
        "See in the source why one thing has so many events; mostly a number is reused.",
    ),
    "warehouse": (
        "Se ./puls status och ./puls logs warehouse; inget är förlorat, inläsningen väntar.",
        "See ./puls status and ./puls logs warehouse; nothing is lost, the intake waits.",
    ),
    "silent": (
        "Fråga den som ansvarar för källan om den kör, och se att den når Kafka.",
        "Ask who runs the source whether it runs, and see that it reaches Kafka.",
    ),
    "note_withheld": (
        "Be sekreteraren skriva om tolkningen utan personuppgifter och skicka den igen.",
        "Ask the secretary to write the note anew without personal data, and to send it again.",
    ),
    "jump": (
        "Fråga verksamheten om hoppet är verkligt; leta annars efter en halv eller fel fil.",
        "Ask the service whether the jump is real; else look for half a file or a wrong one.",
    ),
    "never_zero": (
        "Se om källan har tystnat eller skickat en tom fil, innan siffran används.",
        "See whether the source fell silent or sent an empty file before the figure is used.",
    ),
    "is_zero": (
        "Siffran skiljer två beräkningar eller ett förbjudet läge: sök händelserna bakom innan den används.",
        "The figure tells two computations apart or a state that may not be: find the events behind it.",
    ),
    "at_most": (
        "Se om gränsen eller siffran är fel, och rätta den i måttets fil eller i källan.",
        "See whether the limit or the figure is wrong, and mend it in the metric's file or in the source.",
    ),
    "at_least": (
        "Se om gränsen eller siffran är fel, och rätta den i måttets fil eller i källan.",
        "See whether the limit or the figure is wrong, and mend it in the metric's file or in the source.",
    ),
    "drop": (
        "Fråga verksamheten om fallet är verkligt; en rättelse i källan tar annars tillbaka det.",
        "Ask the service whether the fall is real; otherwise a correction in the source takes it back.",
    ),
    "not_negative": (
        "Siffran kan inte vara under noll: sök rättelser och återtagna händelser i källan.",
        "The figure cannot be below zero: look for corrections and retractions in the source.",
    ),
    "whole": (
        "Siffran ska vara ett helt tal: se efter i måttets fil vad som delar den.",
        "The figure should be a whole number: see in the metric's file what divides it.",
    ),
}


def kind(name: str) -> str:
    """The kind of an alarm's name."""
    return name.partition(".")[0]


def to_do(name: str) -> tuple[str, str]:
    """The sentence that says what to do, in Swedish and English. KeyError for a kind that is not declared."""
    return TO_DO[kind(name)]
