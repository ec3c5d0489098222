"""Swedish for the hub's closed codes: dimensions, periods, checks, flaws, reasons. One table each."""

from __future__ import annotations

from typing import Final

from schemas import reasons

DIMENSIONS: Final = {
    "unit": "enhet",
    "stage": "skede",
    "law": "lagrum",
    "case_type": "ärendetyp",
    "sex": "kön",
    "age_band": "åldersgrupp",
    "age_days": "dagar öppet",
    "handler_known": "om handläggare är utsedd",
    "day": "dag",
    "week": "vecka",
    "month": "månad",
    "variant": "variant",
    "statistic": "medelvärde, median eller p90",
    "duration": "varaktighet",
    "clock_change": "om klockan ställdes om",
    "from_unit": "från enhet",
    "to_unit": "till enhet",
    "flaw": "slag av brist",
    "group": "grupp",
    "kind": "slag",
    "outcome": "utfall",
    "past": "om måltiden passerat",
    "source": "källa",
    "reason": "skäl",
    "role": "roll",
}
PERIODS: Final = {"now": "just nu", "day": "dag", "week": "vecka", "month": "månad", "any": "valfri period"}
DIRECTIONS: Final = {
    "up": "högre är bättre",
    "down": "lägre är bättre",
    "none": "varken högt eller lågt är bättre",
}
RULES: Final = {
    "not_negative": "aldrig under noll",
    "whole": "alltid hela tal",
    "is_zero": "alltid noll",
    "at_most": "högst {limit}",
    "never_zero": "summan är aldrig noll",
}
GRADES: Final = {"stop": "annars visas siffran inte", "warn": "annars larmar navet"}
FLAWS: Final = {
    "closed_before_opened": "Avslutat innan det öppnades",
    "opened_implicitly": "Händelse utan att ärendet öppnats",
    "event_after_close": "Händelse efter avslut",
    "reopened_while_open": "Återöppnat medan det var öppet",
    "ambiguous_time": "Lokal tid som inträffar två gånger",
    "conflicting_versions": "Två innehåll för samma version",
    "transfer_from_other_unit": "Överfört från en enhet det inte låg på",
    "history_over_limit": "Fler händelser än gränsen",
    "unknown_unit": "Okänd enhet",
}
REASONS: Final = {code: swedish for code, (swedish, _) in reasons.WORDS.items()}


def term(table: dict[str, str], code: str) -> str:
    """The Swedish word, the code itself where a new one has no word yet (a test looks for those)."""
    return table.get(code, code)
