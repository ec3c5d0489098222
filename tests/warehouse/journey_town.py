"""Persons on their way through the units: a family with three investigations (9954); who comes back, whose
services follow on each other, and which considerations are held (9953).
"""

from __future__ import annotations

from typing import Final

from schemas import cases as c
from schemas import duties as d
from schemas.envelope import Event, Fact
from tests.placing import pseudonym
from tests.telling import tell
from tests.warehouse.clock_town import OPENED, Told, local

FAMILY, RETURNS = "9954", "9953"


def came(unit: str, person: str = "", sex: str = "unknown", age_band: str = "30-64") -> Fact:
    """A case of the unit's own initiative, about somebody or about whom nobody says."""
    key = pseudonym("person", person) if person else None
    return c.CaseRegistered(unit=unit, case_type="adult", law="SoL", person=key, sex=sex, age_band=age_band)  # type: ignore[arg-type]


def over(reason: str = "service_done") -> Fact:
    return c.CaseClosed(reason)  # type: ignore[arg-type]


def on(kind: str) -> Fact:
    return c.ServiceStarted(service_type=kind)


INVESTIGATED: Final[dict[str, tuple[Told, ...]]] = {
    # one mother: three investigations in three units, two of them handed on
    "first": (("2026-02-01", came("a", "mia", "woman")), ("2026-02-02", OPENED),
              ("2026-02-20", c.CaseTransferred(to_unit="b"))),
    "second": (("2026-02-10", came("b", "mia", "woman")), ("2026-02-11", OPENED)),
    "third": (("2026-03-01", came("c", "mia")), ("2026-03-02", OPENED),
              ("2026-03-20", c.InvestigationClosed()), ("2026-03-25", c.CaseTransferred(to_unit="d"))),
    "fourth": (("2026-03-01", came("a", "olle", "man")), ("2026-03-01 10:00", OPENED)),
    "fifth": (("2026-03-03", came("a", "olle", "man")), ("2026-03-03 10:00", OPENED)),
    "sixth": (("2026-03-05", came("a", "pia", "woman")), ("2026-03-05 10:00", OPENED)),
    "nameless": (("2026-03-05", came("a")), ("2026-03-05 10:00", OPENED)),
    # over before the spring: neither an investigation then nor a person of its quarter
    "before": (("2025-11-01", came("a", "sven", "man")), ("2025-11-02", OPENED),
               ("2025-11-20", c.CaseTransferred(to_unit="b")), ("2025-12-01", over())),
}  # fmt: skip
CLOSED: Final[dict[str, tuple[Told, ...]]] = {
    "back": (("2024-02-01", came("a", "anna", "woman", "13-17")), ("2024-06-01", over())),
    "again": (("2025-05-20", came("b", "anna", "woman", "13-17")),),
    "later": (("2024-02-01", came("a", "bo", "man", "18-20")), ("2024-09-01", over())),
    "much-later": (("2025-09-15", came("a", "bo", "man", "18-20")),),
    "never": (("2024-12-01", came("a", "cia", "woman")), ("2025-01-15", over())),
    "dead": (("2024-12-01", came("a", "dan", "man")), ("2025-02-01", over("deceased"))),
    "gone": (("2024-12-01", came("a", "eli", "unknown", "unknown")), ("2025-02-01", over("moved"))),
    "nobody": (("2024-10-01", came("a", sex="man")), ("2024-12-01", over())),
    "reopened": (("2024-03-20", came("a", "gia", "woman", "13-17")), ("2024-05-01", over()),
                 ("2024-08-01", c.CaseReopened()), ("2024-10-01", over())),
    "too-new": (("2025-03-01", came("a", "hal", "man")), ("2025-04-01", over())),
    "too-old": (("2024-02-01", came("a", "ida", "woman")), ("2024-03-01", over())),
    "joined": (("2024-06-20", came("a", "jon", "man")), ("2024-07-01", c.PreliminaryAssessed("joined"))),
}  # fmt: skip
SERVED: Final[dict[str, tuple[Told, ...]]] = {
    "fifteen": (("2026-01-05", came("a", "kai", "woman")), ("2026-01-05 10:00", on("home_care")),
                ("2026-02-01", c.ServiceEnded()), ("2026-02-16", on("contact_person"))),
    "fourteen": (("2026-01-05", came("a", "leo", "man")), ("2026-01-05 10:00", on("contact_person")),
                 ("2026-02-01", c.ServiceEnded()), ("2026-02-15", on("home_care"))),
    "overlap": (("2026-01-10", came("a", "moa", "woman")), ("2026-01-10 10:00", on("home_care")),
                ("2026-03-20", c.ServiceEnded())),
    "overlap-too": (("2026-03-01", came("b", "moa", "woman")), ("2026-03-01 10:00", on("contact_person"))),
    "untold": (("2026-01-05", came("a")), ("2026-01-05 10:00", on("home_care")),
               ("2026-02-01", c.ServiceEnded()), ("2026-03-15", on("home_care"))),
}  # fmt: skip
CONSIDERED: Final[dict[str, tuple[Told, ...]]] = {
    "foster": (("2025-08-01", came("a", "", "woman", "7-12")), ("2025-08-10", on("foster_home")),
               ("2026-02-09", c.Considered())),
    "home": (("2025-07-15", came("b", "", "man", "0-6")), ("2025-07-20", on("residential_care_home")),
             ("2026-01-25", c.Considered())),
    "protected": (("2025-08-31", came("a", "", "unknown", "7-12")),
                  ("2025-09-01", d.CustodyDecided("2024:79"))),
}  # fmt: skip


def told_of(code: str, histories: dict[str, tuple[Told, ...]]) -> list[Event]:
    return [
        tell(name, fact, local(when), municipality=code, what=f"{type(fact).__name__} {when}")
        for name, history in histories.items()
        for when, fact in history
    ]


def family() -> list[Event]:
    """Three persons and a case without one."""
    return told_of(FAMILY, INVESTIGATED)


def returns() -> list[Event]:
    """Closed cases, services and considerations."""
    return told_of(RETURNS, CLOSED | SERVED | CONSIDERED)
