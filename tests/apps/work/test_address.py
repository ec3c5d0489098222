from __future__ import annotations

import pytest

from tests.apps.work.samples import address


def test_a_link_says_what_was_chosen_and_nothing_else() -> None:
    here = address(visa="vantar-14", vardform="foster_home", sok="p-7f3a", nonsense="1")
    assert here.link() == "?visa=vantar-14&vardform=foster_home&sok=p-7f3a"
    assert here.link(visa="", sok="") == "?vardform=foster_home"
    assert here.search == "7F3A"


def test_a_new_choice_begins_at_the_first_page_and_a_row_stays_on_its_page() -> None:
    here = address(visa="utanfor", sida="3")
    assert here.link(vardform="foster_home") == "?visa=utanfor&vardform=foster_home"
    assert here.link(rad="7F3A2C9E01AB") == "?visa=utanfor&rad=7F3A2C9E01AB&sida=3"
    assert here.link(sida="4") == "?visa=utanfor&sida=4"


@pytest.mark.parametrize(
    ("name", "value"),
    [("sok", "Anna Svensson"), ("sok", "19121212-1212"), ("rad", "7F3A"), ("rad", "' OR 1=1"), ("sida", "0"),
     ("kommun", "99"), ("vardform", "HVB!"), ("visa", "<b>"), ("ordning", "pris;"), ("manad", "2026-13")],
)  # fmt: skip
def test_what_is_no_proper_value_is_left_out_and_named(name: str, value: str) -> None:
    here = address(**{name: value})
    assert (here.given, here.refused, here.link()) == ({}, (name,), "?")
