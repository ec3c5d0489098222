"""The wall of legal clocks (L2): totals and the word for how it goes, in each state."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from apps import wall
from apps.screens import read
from schemas.errors import Misconfigured
from tests.apps import samples
from tests.apps.samples import STATES, clock_figures, clock_page
from tests.apps.test_care_wall import text


def test_the_wall_says_how_many_are_in_time_and_what_that_is_called() -> None:
    shown = text(wall.article(clock_page()))
    assert "I tid, de senaste 30 dagarna 93,1 % Några sena , av 1 284 tider som gick ut." in shown
    assert "Går ut i dag 14 tider ska bli klara i dag" in shown
    assert "Går ut inom sju dagar 92 tider dagens inräknade" in shown
    assert "Försenade nu 38 tider har gått ut och väntar" in shown


def test_clocks_stand_by_name_the_lowest_share_first_and_with_its_word() -> None:
    shown = text(wall.article(clock_page()))
    places = [shown.index(words) for words in (
        "Barnutredning 74,2 %, många sena", "Utredning inleds 88,4 %, några sena",
        "Förhandsbedömning 90,6 %, några sena",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "97,1 %, hålls och en tid till" in shown
    assert not re.search(r"\bLC\d", shown)


def test_a_share_is_marked_where_somebody_should_look_and_not_by_colour_alone() -> None:
    assert 'class="say attention"><b>Några sena</b>' in wall.article(clock_page())
    good = tuple(
        replace(f, value=0.98) if f.dimensions == {} and f.value == 0.9312 else f for f in clock_figures()
    )
    assert "<b>Hålls</b>" in wall.article(clock_page(good))
    assert 'attention"><b>Hålls' not in wall.article(clock_page(good))


def test_nothing_waiting_reads_as_nothing_waiting() -> None:
    shown = text(wall.article(clock_page(samples.in_state("zero", clock_figures()))))
    assert "inget går ut i dag" in shown
    assert "inget är försenat" in shown


@pytest.mark.parametrize("name", STATES)
def test_the_wall_is_whole_in_every_state(name: str) -> None:
    shown = wall.article(clock_page(samples.in_state(name, clock_figures())))
    assert shown.count('<section class="tile ') == 4
    assert not re.search(r"\b(None|nan|inf)\b|\{|\}", text(shown))


@pytest.mark.parametrize("name", ["suppressed", "hidden", "missing"])
def test_what_is_not_known_is_no_number(name: str) -> None:
    shown = text(wall.article(clock_page(samples.in_state(name, clock_figures()))))
    assert not re.search(r"\d %", shown.split("Uppgifter")[0])


def test_levels_that_leave_a_share_without_a_word_are_refused() -> None:
    tile = '[[w.tiles]]\nmetric = "a"\nform = "share"\nlabel = "A"\n'
    with pytest.raises(Misconfigured, match="levels must end with one from 0"):
        read(tile)
