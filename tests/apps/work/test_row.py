from __future__ import annotations

from datetime import date

import pytest

from apps.work import row
from apps.work.row import Placed
from tests.apps.work.samples import TODAY, one


@pytest.mark.parametrize(
    ("band", "sex", "words"),
    [("13-17", "woman", "13–17, flicka"), ("13-17", "man", "13–17, pojke"), ("18-20", "man", "18–20, man"),
     ("80+", "woman", "80+, kvinna"), ("unknown", "man", "ålder saknas, man"),
     ("30-64", "unknown", "30–64, kön saknas")],
)  # fmt: skip
def test_people_are_age_and_sex_alone(band: str, sex: str, words: str) -> None:
    assert row.whom(one(age_band=band, sex=sex)) == words


@pytest.mark.parametrize(
    ("placed", "words"),
    [
        (one(), ("good", "Påskrivet")),
        (one(papers="missing"), ("serious", "Saknas")),
        (one(papers="ended"), ("serious", "Har gått ut")),
        (one(papers="waiting", waits_days=16, is_sent=1), ("attention", "Väntar sedan 16 dagar")),
        (one(papers="waiting", waits_days=1, is_sent=1), ("attention", "Väntar sedan 1 dag")),
        (one(papers="waiting", waits_days=0, is_sent=1), ("attention", "Väntar sedan i dag")),
        (one(papers="waiting", waits_days=3), ("attention", "Inte skickat på 3 dagar")),
        (one(is_waiting=1, waits_days=3, is_sent=1), ("attention", "Påskrivet, nytt väntar sedan 3 dagar")),
    ],
)
def test_the_contract_says_how_it_stands(placed: Placed, words: tuple[str, str]) -> None:
    assert row.papers(placed) == words


def test_when_it_runs_out_is_told_and_marked_in_time() -> None:
    assert row.ends(one(last_on=date(2026, 12, 31)), TODAY) == ("", "31 dec")
    assert row.ends(one(last_on=date(2026, 12, 22)), TODAY) == ("attention", "22 dec")
    assert row.ends(one(last_on=date(2026, 11, 18), is_after_end=1), TODAY) == ("serious", "18 nov")
    assert row.ends(one(last_on=date(2027, 2, 18)), TODAY) == ("", "18 feb 2027")
    assert row.ends(one(last_on=None, is_open_ended=1), TODAY) == ("", "tills vidare")
    assert row.ends(one(last_on=None), TODAY) == ("", "–")


def test_outside_the_framework_tells_why_and_a_missing_reason_is_told_too() -> None:
    assert row.framework(one()) == "Inom ramavtal"
    assert row.framework(one(framework="", award_reason="full")) == "Utanför, fullt"
    assert row.framework(one(framework="")) == "Utanför, skäl saknas"


def test_protected_housing_is_dolt_and_an_unknown_place_saknas() -> None:
    hidden = one(is_hidden=1, provider="", located_in="")
    assert (row.provider(hidden), row.place(hidden)) == ("dolt", "dolt")
    assert (row.provider(one()), row.place(one())) == ("B112", "Eskilstuna")
    assert row.place(one(located_in="")) == "saknas"
