"""What a committee's secretary writes in a sheet: headings, and texts by the code that they mean."""

from __future__ import annotations

from typing import Final

from producers.choices import Synonyms

HEADINGS: Final = {
    "Datum": ("Dag", "Sammanträdesdag"),
    "Slag": ("Typ", "Vad"),
    "Mått": ("Nyckeltal", "Kod"),
    "Del": ("Indelning",),
    "Period": ("Gäller period",),
    "Värde": ("Målvärde", "Målnivå"),
    "Ägare": ("Roll", "Ansvarig", "Skriven av"),
    "Beslut": ("Beslutsnummer", "Paragraf"),
    "Från": ("Gäller från", "Fr o m"),
    "Version": ("Måttets version",),
    "Text": ("Tolkning", "Kommentar"),
    "Utgår": ("Återtas", "Stryks"),
}
KINDS: Final[Synonyms] = {
    "target": ("mål", "målvärde", "målnivå"),
    "note": ("tolkning", "kommentar", "analys"),
    "decision": ("beslut", "nämndbeslut"),
    "meeting": ("sammanträde", "möte", "nämndmöte", "nämndsammanträde"),
}
DIRECTIONS: Final[Synonyms] = {
    "at_least": ("minst", "lägst", "inte under"),
    "at_most": ("högst", "max", "inte över"),
}
ROLES: Final[Synonyms] = {
    "committee": ("nämnden", "nämnd", "socialnämnden"),
    "committee_secretary": ("nämndsekreterare", "sekreterare"),
    "director": ("socialchef", "förvaltningschef", "socialdirektör"),
    "head_of_department": ("avdelningschef", "verksamhetschef", "områdeschef"),
    "unit_head": ("enhetschef",),
    "coordinator": ("placeringssamordnare", "samordnare"),
    "economist": ("ekonom", "controller", "ekonomichef"),
    "quality_developer": ("kvalitetsutvecklare", "utvecklingsledare", "kvalitetschef"),
}
PER: Final[Synonyms] = {"month": ("månad",), "quarter": ("kvartal",), "year": ("år",)}
DIMENSIONS: Final[Synonyms] = {
    "service": ("insats",), "regi": ("regi",), "sex": ("kön",), "clock": ("klocka", "lagklocka"),
    "main_cause": ("huvudorsak",), "care_form": ("vårdform",), "target_group": ("målgrupp",),
    "tender_area": ("anbudsområde",), "age_band": ("åldersgrupp",), "case_type": ("ärendetyp",),
}  # fmt: skip
