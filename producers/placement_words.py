"""What people write in lists of placements: headings, and texts by the code that they mean.

Codes that a municipality decides itself are those of its settings (`[care_forms]` and so on); of these words
only those count there that mean one of its codes.
"""

from __future__ import annotations

from typing import Final

from producers.choices import Synonyms

HEADINGS: Final = {
    "Ärende": ("Ärendenr", "Ärendenummer", "Diarienr", "Diarienummer", "Dnr", "Ärende-id"),
    "Personnummer": ("Personnr", "Pnr", "Person-nr", "Persnr"),
    "Namn": ("Klient", "Brukare", "Den placerade", "För- och efternamn"),
    "Kön": ("Kön M/K", "Juridiskt kön"),
    "Ålder": ("Födelseår", "Född", "Ålder vid inskrivning", "Åldersgrupp"),
    "Inskriven": ("Inskrivningsdatum", "Placerad från", "Placerad fr o m",
        "Startdatum", "Fr o m", "Från", "Start"),
    "Utskriven": ("Utskrivningsdatum", "Avslut", "Avslutad", "Avslutsdatum", "Slutdatum", "Placerad till"),
    "Planerat slut": ("Planerad till", "Planerat avslut", "Beräknat slut"),
    "Vårdform": ("Placeringsform", "Insats", "Typ av vård", "Boendeform"),
    "Målgrupp": ("Grupp",),
    "Anbudsområde": ("Anbudsomr", "Delområde"),
    "Huvudorsak": ("Orsak", "Huvudsaklig orsak", "Placeringsorsak"),
    "Lagrum": ("Lag", "Lagstöd"),
    "Aktör": ("Utförare", "Boende", "Aktörskod", "Leverantör", "Vårdgivare"),
    "Dygnspris": ("Dygnskostnad", "Pris per dygn", "Kr per dygn", "Kostnad per dygn", "Pris"),
    "Ramavtal": ("Inom ramavtal", "Ramavtalsnr", "RA"),
    "Skäl utanför": ("Direktupphandling", "Skäl till direktupphandling", "Orsak utanför ramavtal", "Skäl"),
    "Avtal t.o.m.": ("Avtal slut", "Avtal till", "Avtalet gäller till", "Avtalsslut", "Avtal löper ut"),
    "Avtal skickat": ("Skickat", "Avtal utskickat", "Skickat avtal"),
    "Påskrivet": ("Undertecknat", "Avtal påskrivet", "Avtal undertecknat", "Signerat", "Underskrivet"),
    "Avtalstyp": ("Typ av avtal",),
    "Handläggare": ("Handl", "Hl", "Socialsekreterare", "Ansvarig handläggare"),
    "Enhet": ("Placerande enhet", "Team"),
    "Avslutsorsak": ("Orsak till avslut", "Skäl till avslut"),
    "Anmärkning": ("Anm", "Kommentar", "Övrigt", "Notering"),
}  # fmt: skip
"""Columns of such a list, and what else people call them."""
CARE_FORMS: Final[Synonyms] = {
    "foster_home": (
        "Familjehem",
        "Fam.hem",
        "Familjehemsplacering",
        "Fam hem",
        "FH",
        "Konsulentstött familjehem",
    ),
    "emergency_foster_home": ("Jourhem", "Jour", "Jourfamiljehem"),
    "supported_housing": ("Stödboende", "Stödb.", "Stöd boende", "Stödbo"),
    "residential_care_home": ("Hem för vård eller boende", "HVB", "HVB-hem", "HVB hem", "Institution"),
    "protected_housing": ("Skyddat boende", "Skyddat", "Skyddsboende", "Skyddat b."),
}
TARGET_GROUPS: Final[Synonyms] = {
    "children": ("Barn", "Barn 0-12"),
    "youth": ("Ungdomar", "Ungdom", "Unga"),
    "adults": ("Vuxna", "Vuxen"),
}
CAUSES: Final[Synonyms] = {
    "neglect": ("Omsorgssvikt", "Brister i omsorgen", "Försummelse"),
    "crime": ("Kriminalitet", "Krim", "Kriminell livsstil"),
    "substance_use": ("Missbruk", "Beroende", "Missbruk och beroende", "Skadligt bruk"),
    "violence": ("Våld i nära relation", "Våld", "Våldsutsatthet"),
    "mental_health": ("Psykisk ohälsa", "Psyk. ohälsa", "Psykiatri"),
    "school": ("Skolproblem", "Skola"),
    "unaccompanied": ("Ensamkommande", "EKB"),
    "other": ("Annan orsak", "Annat", "Övrigt"),
}
END_REASONS: Final[Synonyms] = {
    "plan_fulfilled": ("Planen fullföljd", "Enligt plan", "Fullföljd"),
    "moved_home": ("Åter till hemmet", "Hem", "Hemflytt", "Hemgång"),
    "provider_gave_notice": ("Utföraren sade upp", "Uppsagd", "Uppsagd av utföraren"),
    "own_wish": ("Egen begäran", "Avbruten av egen vilja"),
    "relocated": ("Ny placering", "Omplacerad", "Omflyttad", "Flyttad"),
    "came_of_age": ("Fyllde 21 år", "Myndig"),
    "deceased": ("Avliden", "Död"),
}
SEXES: Final[Synonyms] = {"man": ("Man", "M", "Pojke", "Kille"), "woman": ("Kvinna", "K", "Flicka", "Tjej")}
LAWS: Final[Synonyms] = {
    "SoL": ("SoL", "Socialtjänstlagen", "SoL 4 kap 1 §"),
    "LVU": ("LVU", "§ 2 LVU", "§ 3 LVU"),
    "LVM": ("LVM",),
    "LSS": ("LSS",),
}
REASONS: Final[Synonyms] = {
    "full": ("Fullt", "Fullbelagt", "Ingen plats", "Fullt på ramavtal"),
    "care_needs": ("För omfattande vårdbehov", "Vårdbehov", "Omfattande vårdbehov", "Behov"),
    "other": ("Annat", "Annat skäl", "Övrigt"),
}
CONTRACT_TYPES: Final[Synonyms] = {
    "new_admission": ("Nyinskrivning", "Ny", "Nyplacering"),
    "extension": ("Förlängning", "Förlängt"),
    "relocation": ("Omflyttning", "Flytt", "Omplacering"),
}
