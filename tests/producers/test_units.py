from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.rows import BadCell, Row, Table
from producers.units import merged_units, rewritten, unit_code
from schemas.errors import BadEvent


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Barn & unga", "Barn_&_unga"),
        ("Vuxen/LSS", "Vuxen_LSS"),
        ("Vuxen / LSS", "Vuxen_LSS"),
        ("Bistånd, äldre", "Bistånd_äldre"),
        ("Barn (öppenvård)", "Barn_öppenvård"),
        ("Åldrar 65+", "Åldrar_65"),
        ("Café Ü", "Cafe_U"),
        ("Familj\u00a0– norr", "Familj_norr"),
        ("HS_D", "HS_D"),
        ("A  B", "A__B"),
        (unicodedata.normalize("NFD", "Vård Öst"), "Vård_Öst"),
    ],
)
def test_an_ordinary_name_of_a_unit_becomes_a_code_that_people_can_read(name: str, code: str) -> None:
    assert unit_code(name) == code
    assert Row(Table("f", {"X": 0}), 2, [name]).unit("X") == code


@given(st.text("Aaåé1&_.-", min_size=1, max_size=40))
def test_a_name_that_is_a_code_already_stays(name: str) -> None:
    if name[0] in "Aaå1" and "é" not in name:
        assert unit_code(name) == name


@pytest.mark.parametrize("name", ["x" * 41, "—", "//", "_"])
def test_a_name_that_gives_no_code_is_refused_and_told_what_is_wanted(name: str) -> None:
    with pytest.raises(BadCell) as caught:
        Row(Table("f", {"X": 0}), 2, [name]).unit("X")
    assert (caught.value.reason, caught.value.field) == ("bad_value", "X")
    assert "1–40" in caught.value.sv and "1–40" in caught.value.en


@pytest.mark.parametrize(
    "name",
    ["19121212/1212", "19121212 1212", "19121212 / 1212", "121212, 1212", "19121212_1212", "anna@kommun.se",
     "070/123 45 67", "(070) 123 45 67", "Vård 19121212/1212"],
)  # fmt: skip
def test_an_identity_cannot_hide_behind_what_is_rewritten(name: str) -> None:
    with pytest.raises(BadEvent) as caught:
        unit_code(name)
    assert caught.value.reason == "identity"


def test_names_that_become_one_code_are_told() -> None:
    table = Table("f", {"X": 0})
    for number, name in enumerate(("Vuxen/LSS", "Vuxen LSS", "Vuxen_LSS", "Barn", "", "Barn"), 2):
        Row(table, number, [name]).unit("X")
    ((sv, en),) = merged_units(table.units)
    assert "Vuxen_LSS och räknas som en enhet: Vuxen LSS | Vuxen/LSS | Vuxen_LSS" in sv
    assert "Vuxen_LSS and count as one unit" in en
    assert rewritten(table.units) == {"Vuxen/LSS": "Vuxen_LSS"}
