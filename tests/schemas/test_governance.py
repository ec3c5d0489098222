"""A note is the one free text of the hub: what the gate must stop in it, and what people may write."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schemas.codec import decode
from schemas.contracts import examples
from schemas.envelope import Fact
from schemas.errors import BadEvent
from schemas.governance import DecisionRecorded, NoteAdded, TargetSet


def told(fact: type[Fact], **said: Any) -> bytes:
    """The type's first example with other fields."""
    example = examples(fact)[0]
    return json.dumps(example | {"data": example["data"] | said}).encode()


def noted(text: str) -> bytes:
    return told(NoteAdded, text=text)


@pytest.mark.parametrize(
    "text",
    [
        "19121212-1212", "Hon är 121212-1212 och bor kvar.", "Gäller 191212121212.", "19 12 12 12 - 1212",
        "1912-12-12-1212", "121212 – 1212", "12.12.12.1212", "(121272-1219)",
        "Ring 070-123 45 67 om detta.", "Ring 0701234567", "0470-410 00", "+46 470 410 00",
        "Skriv till anna.berg@kommun.se", "anna.berg@kommun.se",
    ],
)  # fmt: skip
def test_personal_numbers_addresses_and_telephones_are_refused_in_a_note(text: str) -> None:
    with pytest.raises(BadEvent) as caught:
        decode(noted(text))
    assert (caught.value.reason, caught.value.field) == ("identity", "$.data.text")
    assert text not in f"{caught.value} {caught.value.sv} {caught.value.en}"


def test_a_note_that_was_refused_is_refused_again() -> None:
    for _ in range(2):
        with pytest.raises(BadEvent):
            decode(noted("Hon är 121212-1212."))
        assert decode(noted("Två grupper slogs ihop."))


@pytest.mark.parametrize(
    "text",
    [
        "Från 2026-09-01 till 2026-10-14 var 1 284 av 1 300 besök kända (98,8 %).",
        "Beslut SN 2026-03-12 § 45: kostnaden får vara högst 2 500 000 kr per månad.",
        "Fler än väntat – se även «Assistans»; år 2024/2025 var lägre. Är det rimligt?",
        "x", "y" * 500,
    ],
)  # fmt: skip
def test_ordinary_sentences_about_figures_pass(text: str) -> None:
    event = decode(noted(text))
    assert isinstance(event.data, NoteAdded)
    assert event.data.text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " x",
        "x\n",
        "en\nannan",
        "x\u200by",
        "x\u00a0y",
        "<b>x</b>",
        "x" * 501,
        "\u0661\u0662",
        "=1+1",
        "+x",
        "-x",
    ],
)
def test_what_cannot_be_seen_or_is_too_long_is_no_note(text: str) -> None:
    with pytest.raises(BadEvent) as caught:
        decode(noted(text))
    assert caught.value.reason == "bad_value"


@pytest.mark.parametrize(
    "decision", ["SN 2026-03-12", "§ 45", "SN 2026-03-12 §45", "sn 2026-03-12 § 45", "SN 2026-03-12 § 45 a"]
)
def test_a_decision_is_named_in_one_way(decision: str) -> None:
    assert decode(told(DecisionRecorded, decision="SN 2026-03-12 § 45"))
    for fact in (DecisionRecorded, TargetSet):
        with pytest.raises(BadEvent):
            decode(told(fact, decision=decision))


def test_an_author_and_an_owner_are_roles_and_never_names() -> None:
    for raw in (told(NoteAdded, author="Anna Berg"), told(TargetSet, owner="anna-berg")):
        with pytest.raises(BadEvent) as caught:
            decode(raw)
        assert caught.value.reason == "bad_value"
