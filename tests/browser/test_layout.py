"""Every page in every state: nothing is cut off, and a wall can be read from five metres."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from apps import wall
from apps.page import Page
from schemas.municipality import municipality
from tests.apps import samples
from tests.apps.samples import STATES
from tests.browser.conftest import Drawn

pytestmark = pytest.mark.browser
CUT = """
[...document.querySelectorAll('.tile, header, footer, .n.words, .label, .say, .note, .name, .wall li, h1')]
  .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 2
    || e.matches('.tile') && e.scrollHeight > e.clientHeight + 2)
  .map(e => `${e.className} ${[e.scrollWidth, e.clientWidth, e.scrollHeight, e.clientHeight]} ${e.innerText}`)
"""
OVERLAPS = """
[...document.querySelectorAll('.tile')].flatMap(tile => {
  const parts = [...tile.querySelectorAll('.label, .n, .say, .note, .columns b, .rows b, .axis')];
  const boxes = parts.map(e => [e, e.getBoundingClientRect()]);
  const covers = ([a, p], [b, q]) => !a.contains(b) && !b.contains(a)
    && Math.min(p.right, q.right) - Math.max(p.left, q.left) > 3
    && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 5;
  return boxes.flatMap((one, i) => boxes.slice(i + 1).filter(other => covers(one, other))
    .map(other => `${one[0].innerText} / ${other[0].innerText}`));
})
"""
NAMES_OVERLAP = """
[...document.querySelectorAll('.share .rows .name, .share > .note')].map(e => [e, e.getBoundingClientRect()])
  .filter(([, box], i, all) => i && all[i - 1][1].bottom > box.top + 1)
  .map(([e, box]) => `${e.innerText} ${box.top}`)
"""
SIZES = [(1920, 1080), (1440, 900), (1280, 720), (390, 844)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("unit", ["barn-unga", ""])
def test_nothing_is_cut_off_or_covered(drawn: Drawn, unit: str, state: str, size: tuple[int, int]) -> None:
    page = drawn(wall.article(samples.page(unit, samples.in_state(state))), size)
    assert page.evaluate(CUT) == []
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (390, 844)])
@pytest.mark.parametrize("unit", ["hemtjanst-norr", ""])
def test_nothing_of_a_wall_before_staff_is_cut_off_or_covered(
    drawn: Drawn, unit: str, size: tuple[int, int]
) -> None:
    for state in STATES:
        shown = samples.care_page(unit, samples.in_state(state, samples.care_figures()))
        page = drawn(wall.article(shown), size)
        assert page.evaluate(CUT) == [], state
        assert page.evaluate(OVERLAPS) == [], state
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_of_the_wall_of_clocks_is_cut_off_or_covered(drawn: Drawn, size: tuple[int, int]) -> None:
    for state in STATES:
        shown = samples.clock_page(samples.in_state(state, samples.clock_figures()))
        page = drawn(wall.article(shown), size)
        assert page.evaluate(CUT) == [], state
        assert page.evaluate(OVERLAPS) == [], state
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


CLOCKS = municipality("9999").clock_names
LONGEST = sorted(CLOCKS, key=lambda code: len(CLOCKS[code]))[-5:]
SEEN = ["LC6a", "LC1", "LC2", "LC3", "LC16a", "LC4"]
"""With a sixth, of which the wall says that there is one more."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("codes", [LONGEST, SEEN])
def test_long_names_of_clocks_do_not_run_into_each_other(
    drawn: Drawn, codes: list[str], size: tuple[int, int]
) -> None:
    shares = [samples.figure("share_in_time_30_days", {"clock": code}, 0.5) for code in codes]
    others = [f for f in samples.clock_figures() if "clock" not in f.dimensions]
    page = drawn(wall.article(samples.clock_page((*others, *shares))), size)
    assert page.locator(".share .rows .name").count() == 5
    assert page.evaluate(NAMES_OVERLAP) == []
    assert page.evaluate(CUT) == []
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("size", [(1920, 1080), (390, 844)])
def test_bounds_alone_are_whole(drawn: Drawn, size: tuple[int, int]) -> None:
    figures = tuple(
        replace(f, value=None, state="preliminary", lower=0.9712, upper=0.9989)
        if f.metric == "adherence_last_day"
        else f
        for f in samples.care_figures()
    )
    page = drawn(wall.article(samples.care_page("hemtjanst-norr", figures)), size)
    assert page.evaluate(CUT) == []
    wide, room = page.evaluate("(e => [e.scrollWidth, e.clientWidth])(document.querySelector('.n.bounds'))")
    assert wide <= room + 2


@pytest.mark.parametrize("made", [samples.page, samples.care_page, lambda unit: samples.clock_page()])
@pytest.mark.parametrize("unit", ["barn-unga", ""])
def test_a_wall_can_be_read_from_five_metres_and_never_scrolls(
    drawn: Drawn, unit: str, made: Callable[[str], Page]
) -> None:
    page = drawn(wall.article(made(unit)), (1920, 1080))
    sizes: dict[str, float] = page.evaluate(_SIZES_OF_TEXT)
    assert min(sizes.values()) >= 32
    assert max(sizes.values()) >= 128
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080


@pytest.mark.parametrize("state", ["fresh", "late", "held", "preliminary", "historical", "quiet"])
@pytest.mark.parametrize("unit", ["barn-unga", ""])
def test_the_bars_are_high_enough_to_tell_apart(drawn: Drawn, unit: str, state: str) -> None:
    page = drawn(wall.article(samples.page(unit, samples.in_state(state))), (1920, 1080))
    heights: list[float] = page.evaluate(_BARS)
    assert max(heights) >= 40
    assert heights == pytest.approx([max(heights) * cases / 121 for cases in samples.AGES.values()], abs=1.5)


_BARS = "[...document.querySelectorAll('.stand i')].map(bar => bar.getBoundingClientRect().height)"


@pytest.mark.parametrize("size", [(1080, 1920), (2160, 3840), (1200, 1920)])
@pytest.mark.parametrize("unit", ["barn-unga", ""])
def test_an_upright_wall_never_scrolls(drawn: Drawn, unit: str, size: tuple[int, int]) -> None:
    for state in STATES:
        page = drawn(wall.article(samples.page(unit, samples.in_state(state))), size)
        assert page.evaluate("document.documentElement.scrollHeight") <= size[1], state
        assert page.evaluate(CUT) == []


@pytest.mark.parametrize("value", [7, 1284, 60_412])
def test_the_unit_of_a_large_number_is_not_lost_on_a_telephone(drawn: Drawn, value: int) -> None:
    figures = tuple(
        replace(f, value=value) if f.metric == "caseload_balance" else f for f in samples.figures()
    )
    page = drawn(wall.article(samples.page("", figures)), (390, 844))
    number, unit = (page.locator(f".hero {part}").bounding_box() for part in (".n", ".n span"))
    assert number
    assert unit
    assert unit["y"] + unit["height"] <= number["y"] + number["height"] + 2


def test_a_telephone_may_scroll_but_only_downwards(drawn: Drawn) -> None:
    page = drawn(wall.article(samples.page()), (390, 844))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.documentElement.scrollHeight") > 844


@pytest.mark.parametrize("value", [0, 7, 99, 1284, 60_412])
def test_numbers_of_any_size_fit(drawn: Drawn, value: int) -> None:
    figures = tuple(
        f
        if f.value is None
        else samples.figure(f.metric, f.dimensions, value, None if f.period == "now" else f.period_on)
        for f in samples.figures()
    )
    for unit in ("barn-unga", ""):
        page = drawn(wall.article(samples.page(unit, figures)), (1920, 1080))
        assert page.evaluate(CUT) == []
        assert page.evaluate(_NUMBER_OUTSIDE) == []


_SIZES_OF_TEXT = """
Object.fromEntries([...document.querySelectorAll('.wall *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
  .map(e => [e.innerText, parseFloat(getComputedStyle(e).fontSize)]))
"""
_NUMBER_OUTSIDE = """
[...document.querySelectorAll('.n')].filter(e => {
  const range = document.createRange();
  range.selectNode(e.firstChild);
  return range.getBoundingClientRect().right > e.parentElement.getBoundingClientRect().right - 8;
}).map(e => e.innerText)
"""
