"""What each reason of a refusal is called for a person: code → Swedish and English, one or two words more
than the code. What was expected stands in the refusal itself.
"""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "not_json": ("Går inte att läsa som JSON", "Cannot be read as JSON"),
    "unknown_type": ("Okänd händelsetyp", "Unknown event type"),
    "unknown_field": ("Okänt fält", "Unknown field"),
    "missing_field": ("Fält saknas", "A field is missing"),
    "wrong_type": ("Fel slags värde", "Wrong kind of value"),
    "bad_value": ("Otillåtet värde", "Value is not allowed"),
    "identity": ("Personuppgift i händelsen", "Personal data in the event"),
    "bad_time": ("Felaktig tid", "Wrong time"),
    "nonexistent_time": ("Tid som inte finns", "Time that does not exist"),
    "future_time": ("Tid i framtiden", "Time in the future"),
    "clock": ("Källans klocka går fel", "The source's clock is wrong"),
    "unknown_municipality": ("Okänd kommun", "Unknown municipality"),
    "wrong_topic": ("Fel ämne", "Wrong topic"),
    "wrong_key": ("Fel nyckel", "Wrong key"),
    "test_data": ("Testdata i en riktig kommun", "Test data in a real municipality"),
    "id_reused": ("Samma id för två saker", "The same id for two things"),
    "too_large": ("För stor händelse", "Event is too large"),
    "missing_column": ("Kolumn saknas", "A column is missing"),
    "no_rows": ("Inga rader", "No rows"),
    "mapping": ("Källans regel gick inte att följa", "The source's rule could not be followed"),
}


def words(reason: str) -> tuple[str, str]:
    """Swedish and English; the code itself where a new one has no word yet (a test looks for those)."""
    return WORDS.get(reason, (reason, reason))
