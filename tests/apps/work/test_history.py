from __future__ import annotations

from datetime import date
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import replace

from apps.terms import ACTORS, CORRECTIONS
from apps.words import WORDS
from apps.work.assistance_facts import span
from apps.work.history import History, read
from schemas import assistance as a
from schemas import placements as p
from schemas.codec import encode, make
from schemas.codes import CorrectionReason, Role
from schemas.envelope import Event
from schemas.hours import HoursReported
from schemas.municipality import municipality
from tests.placing import ended, noon, priced, started, tell
from tests.warehouse.placed_town import COORDINATOR, contract

TOWN = municipality("9999")
GIRL = {"care_form": "residential_care_home", "main_cause": "neglect"}


def history(*events: Event) -> History:
    return read([{"body": encode(event).decode()} for event in events], TOWN)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def corrected(event: Event, fact: Any, on: str, **said: Any) -> Event:
    """A later version of the same fact."""
    return make(fact, id=event.id, subject=event.subject, time=event.time, kommunkod=event.kommunkod,
                source=event.source, recordedtime=noon(on), **said)  # fmt: skip


def test_a_correction_is_shown_as_old_and_new_with_who_when_and_why() -> None:
    price = tell("a", priced("2026-03-02", 3120), "2026-03-02", actor=COORDINATOR)
    later = corrected(price, priced("2026-03-02", 3210), "2026-03-04", actor=COORDINATOR, reason="wrong_code")
    newest, first = history(price, later).lines
    assert (newest.kind, plain(newest.title)) == ("corrected", "Rättat: dygnspris 3 210 kr från 2 mars 2026")
    assert [plain(detail) for detail in newest.details[:2]] == [
        "dygnspris: 3 120 kr → 3 210 kr", "Skäl: fel kod",
    ]  # fmt: skip
    assert newest.details[2].startswith("4 mars 2026, placeringssamordnare ")
    assert (first.kind, len(first.details)) == ("told", 1)


def test_the_same_again_is_no_step() -> None:
    price = tell("a", priced("2026-03-02", 3120), "2026-03-02")
    again = corrected(price, priced("2026-03-02", 3120), "2026-03-09")
    assert len(history(price, again).lines) == 1


def test_what_is_taken_back_says_so_and_may_come_again() -> None:
    end = tell("a", ended("2026-09-01", "own_wish"), "2026-09-01")
    back = corrected(end, end.data, "2026-09-02", retracted=True, reason="registered_by_mistake")
    again = corrected(end, end.data, "2026-09-03", reason="changed_at_source")
    kinds = [(line.kind, line.title) for line in history(end, back, again).lines]
    assert kinds == [
        ("corrected", "Rättat: avslutad: egen begäran"), ("retracted", "Återtaget: avslutad: egen begäran"),
        ("told", "Avslutad: egen begäran"),
    ]  # fmt: skip


def test_a_main_cause_that_was_changed_without_reason_does_not_hold() -> None:
    start = tell("a", started("2026-03-02", **GIRL), "2026-03-02")
    bare = corrected(start, started("2026-03-02", **GIRL | {"main_cause": "crime"}), "2026-03-05")
    newest, _ = history(start, bare).lines
    assert newest.details[:3] == (
        "huvudorsak: Omsorgssvikt → Kriminalitet",
        "Gäller inte: huvudorsaken ändras bara med ett skäl", "Skäl saknas",
    )  # fmt: skip


def test_protected_housing_names_no_provider_anywhere() -> None:
    start = tell("a", started("2026-03-02", "S1", care_form="protected_housing"), "2026-03-02")
    moved = p.PlacementMoved(on=start.data.on, to_provider="S2", care_form="foster_home")
    told = history(start, tell("a", moved, "2026-05-01"), *contract("a-1", "2026-03-02", None, provider="S1"))
    text = told.lead + repr(told.lines)
    assert "dolt" in text
    assert "S1" not in text and "S2" not in text


def test_a_person_is_never_shown_even_where_it_was_corrected() -> None:
    start = tell("a", started("2026-03-02", person=p.EXAMPLE_PERSON), "2026-03-02")
    other = p.EXAMPLE_PLACEMENT
    later = corrected(start, started("2026-03-02", person=other), "2026-03-05", reason="wrong_person")
    text = repr(history(start, later).lines)
    assert p.EXAMPLE_PERSON not in text and other not in text
    assert "person: en person → en annan" in text


def test_an_answer_names_who_was_asked() -> None:
    sent = p.RequestSent(provider="B112", placement=p.EXAMPLE_PLACEMENT)
    events = [tell("r", sent, "2026-02-20"), tell("r", p.RequestAnswered(answer="full"), "2026-02-21")]
    assert [line.title for line in history(*events).lines] == ["Svar från B112: fullt", "Förfrågan till B112"]


def test_the_lead_says_where_and_since_when() -> None:
    assert history(tell("a", started("2026-03-02", "B112", **GIRL), "2026-03-02")).lead == (
        "HVB hos B112 sedan 2 mars 2026"
    )


def test_a_decision_is_told_by_its_hours_and_days_and_leads_its_case() -> None:
    fact = msgspec.convert(a.AssistanceDecided.EXAMPLES[0], a.AssistanceDecided, strict=False)
    decided = tell("a", fact, "2026-06-11")
    mended = replace(fact, hours=1840.5, until_on=date(2026, 12, 1))
    told = history(decided, corrected(decided, mended, "2026-06-15", reason="wrong_code"))
    assert plain(told.lead) == "assistans, 1 840,5 timmar 1 juli–30 november 2026"
    newest, first = told.lines
    assert plain(first.title) == "Beslut om 2 080 timmar 1 juli–31 december 2026"
    assert [plain(detail) for detail in newest.details[:3]] == [
        "till och med: 31 december 2026 → 30 november 2026", "timmar: 2 080 → 1 840,5", "Skäl: fel kod",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "until", "words"),
    [((2026, 7, 1), (2026, 8, 1), "1–31 juli 2026"), ((2026, 7, 1), (2026, 7, 2), "1 juli 2026"),
     ((2026, 7, 15), (2027, 1, 15), "15 juli 2026–14 januari 2027")],
)  # fmt: skip
def test_days_of_a_report_are_told_as_short_as_they_can_be(
    first: tuple[int, int, int], until: tuple[int, int, int], words: str
) -> None:
    assert span(date(*first), date(*until)) == words


def test_the_money_of_a_month_is_told_by_what_it_is() -> None:
    month: dict[str, Any] = {"month": date(2026, 7, 1), "unit": "assistans"}
    facts = (
        a.AllowanceClaimed(**month, hours=310, amount_kr=107_787),
        a.AllowancePaid(**month, amount_kr=105_000),
        a.CostBooked(**month, amount_kr=99.5), a.CostBooked(**month, amount_kr=7, kind="overhead"),
        a.RevenueBooked(**month, amount_kr=-3),
    )  # fmt: skip
    told = history(*(tell("a", fact, f"2026-08-0{n}") for n, fact in enumerate(facts, 1)))
    assert [plain(line.title) for line in told.lines[::-1]] == [
        "Begärt för juli 2026: 310 timmar, 107 787 kr", "Utbetalt för juli 2026: 105 000 kr",
        "Påverkbar kostnad för juli 2026: 99,50 kr", "Overhead för juli 2026: 7 kr",
        "Intäkt bokförd för juli 2026: \N{MINUS SIGN}3 kr",
    ]  # fmt: skip


FACTS = [fact for fact in p.EVENTS if fact.KIND != "provider"] + [*a.EVENTS, HoursReported]


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_has_a_name_and_every_field_of_it_a_word(fact: type[Any]) -> None:
    for example in fact.EXAMPLES:
        event = tell("a", msgspec.convert(example, fact, strict=False), "2026-03-02")
        [line] = history(event).lines
        assert line.title and line.title != fact.TYPE and "{" not in line.title
    for field in fact.__struct_fields__:
        assert field in ("placement", "assistance") or f"f_{field}" in WORDS


def test_every_actor_and_reason_has_a_word() -> None:
    assert set(get_args(CorrectionReason)) == set(CORRECTIONS)
    assert set(get_args(Role)) <= set(ACTORS)
