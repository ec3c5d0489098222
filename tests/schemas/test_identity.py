"""The identity gate: what it must stop and which codes pass. The numbers are nobody's."""

from __future__ import annotations

import time
import timeit
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.identity import find_identity

NUMBER = "personal_identity_number"


@pytest.mark.parametrize(
    "text",
    [
        "121212-1212", "121212_1212", "1212121212", "19121212-1212", "191212121212", "121212+1212",
        "19121212+1212", "121212 1212", "19121212–1212", "19121212−1212",
        "unit-191212121212", "barn.121212-1212", "case_type (121212-1212)", "pnr:121212-1212.",
        "121272-1219", "19121272-1219", "191212121212/2",
    ],
)  # fmt: skip
def test_personal_and_coordination_numbers_are_found_in_every_spelling(text: str) -> None:
    assert find_identity(text) == NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "121212-1213",  # wrong check digit
        "19121312-1215",  # month 13
        "121232-1216",  # day 32
        "17121212-1212",  # a century that nobody lives in
        "9191212121212", "1912121212123",  # part of a longer number
        "0f191212121212ab0c4e7d21e5b90c6f",  # a hash
        "02-03-2026", "0180-2026-00123", "INC0712345", "07123456",  # a day, a matter, no mobile's
        "101001240734", "INC0000045", "20261122", "2026-11-22", "barn-unga", "group-56", "Category 170",
        "", "0780", "5567037485",  # an organisation number: its third digit is no month
        "6f0d6c1e-6b0c-5f5e-9d63-121212121212",  # an id
    ],
)  # fmt: skip
def test_codes_pass(text: str) -> None:
    assert find_identity(text) is None


@pytest.mark.parametrize("text", ["anna.berg@kommun.se", "mailto:a@b.co", "x a+b@sub.domain.se y"])
def test_mail_addresses_are_found(text: str) -> None:
    assert find_identity(text) == "email"


@pytest.mark.parametrize(
    "text",
    ["070-123 45 67", "070_123_45_67", "0701234567", "+46701234567", "0046 70 123 45 67", "08-123 456 78"],
)
def test_telephone_numbers_are_found(text: str) -> None:
    assert find_identity(text) == "telephone"


@pytest.mark.parametrize("text", ["a@b", "@home", "unit-07", "1-2-3", "0512"])
def test_what_only_resembles_mail_or_telephone_passes(text: str) -> None:
    assert find_identity(text) is None


def luhn(nine: str) -> str:
    """The check digit of nine digits, written otherwise than in the gate."""
    doubled = [int(d) * (2, 1)[n % 2] for n, d in enumerate(nine)]
    return str(-sum(sum(map(int, str(d))) for d in doubled) % 10)


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.integers(0, 999),
    st.sampled_from(["", "-", "+"]),
    st.sampled_from([0, 60]),
    st.booleans(),
)
def test_any_valid_number_is_found(day: date, serial: int, sign: str, shift: int, century: bool) -> None:
    six = f"{day:%y%m}{day.day + shift:02}"
    number = (
        ("19" if day.year < 2000 else "20") * century
        + six
        + sign
        + f"{serial:03}"
        + luhn(six + f"{serial:03}")
    )
    assert find_identity(number) == NUMBER
    assert find_identity(f"unit {number}, x") == NUMBER


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    assert find_identity(text) in (None, NUMBER, "email", "telephone")


def test_the_id_of_an_event_within_a_message_is_no_telephone() -> None:
    uuid = "7ad0aa83-0562-5059-9b54-e4ade10e5129"
    assert find_identity(uuid) is None
    assert find_identity(f'{{"id":"{uuid}","type":"case.disposed"}}') is None
    assert find_identity(f'{{"id":"{uuid}","about":"0562-505912"}}') == "telephone"
    assert find_identity(f"{uuid}-0562-505912") == "telephone"


@pytest.mark.parametrize(
    ("piece", "end"),
    [("a", " @"), ("a.", "a@"), ("a@a.", ""), ("a@a-", ""), ("a@", ""), ("a.b", "@x"), ("1", ""), ("0", ""),
     ("19", ""), ("+1 ", ""), ("0 1", "")],
)  # fmt: skip
def test_a_text_eight_times_as_long_takes_about_eight_times_as_long(piece: str, end: str) -> None:
    """Not sixty-four times: a pattern that reads a text over and over would let one message stop a worker."""

    def cost(pieces: int) -> float:
        text = piece * pieces + end
        return min(timeit.repeat(lambda: find_identity(text), timer=time.process_time, number=10, repeat=3))

    assert cost(8_000) < 32 * cost(1_000)
