from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from apps import tiles, wall
from apps.page import Page, state, value_of
from apps.screens import Tile, screen
from tests.apps import samples
from tests.apps.samples import NOW, STATES, TODAY
from warehouse.published import Figure

TILES = screen("lobby").tiles


def _text(html: str) -> str:
    """What a reader sees, blanks made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ").split())


def _shown(tile: Tile, unit: str, figures: tuple[Figure, ...]) -> str:
    """A tile on its own screen."""
    return tiles.tile((samples.page if tile in TILES else samples.care_page)(unit, figures), tile)


def _every_tile() -> Iterator[tuple[Tile, str]]:
    for tile in TILES:
        yield from (
            (tile, unit) for unit in ("barn-unga", "") if tile.on in ("both", "unit" if unit else "total")
        )


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize(("tile", "unit"), list(_every_tile()))
def test_every_tile_renders_in_every_state(tile: Tile, unit: str, name: str) -> None:
    html = tiles.tile(samples.page(unit, samples.in_state(name)), tile)
    assert html.startswith('<section class="tile ')
    assert html.count("<section") == html.count("</section>") == 1
    assert not re.search(r"\b(None|nan|inf)\b|\{|\}", _text(html))


NUMBERS = [tile for tile in TILES if tile.form in ("trend", "day", "now")]


@pytest.mark.parametrize("tile", NUMBERS)
def test_no_two_states_of_a_number_look_or_read_the_same(tile: Tile) -> None:
    told = _with_a_value(samples.figures())
    changed = [samples.in_state(name, told) for name in _TOLD]
    shown = [tiles.tile(samples.page("barn-unga", figures), tile) for figures in changed]
    assert len({_text(html) for html in shown}) == len(_TOLD)
    assert len({_look(html) for html in shown}) == len(_TOLD)


_TOLD = ("fresh", "late", "suppressed", "hidden", "missing", "zero", "held", "preliminary")


def _with_a_value(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The sample hides the transfers; here they are told."""
    return tuple(
        replace(f, value=7.0, upper=None, state="value") if f.metric == "transfers_in" else f for f in figures
    )


def _look(html: str) -> tuple[str, ...]:
    return tuple(re.findall(r'class="([^"]*)"', html))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("suppressed", "färre än 5"),
        ("hidden", "dold"),
        ("missing", "saknas"),
        ("empty", "saknas"),
        ("zero", "0 ärenden"),
        ("preliminary", "preliminär"),
        ("held", "kontrolleras, från kl. 14.05"),
        ("historical", "historisk uppgift"),
        ("late", "uppgift från kl. 15.58"),
    ],
)
def test_each_state_has_its_own_words(name: str, words: str) -> None:
    assert words in _text(tiles.tile(samples.page("barn-unga", samples.in_state(name)), TILES[0]))


@pytest.mark.parametrize("name", ["suppressed", "hidden", "missing", "empty"])
def test_a_figure_without_a_value_shows_no_number_at_all(name: str) -> None:
    for tile in NUMBERS:
        shown = _text(tiles.tile(samples.page("barn-unga", samples.in_state(name)), tile))
        assert re.findall(r"\d+", shown.replace("färre än 5", "")) == []


def test_a_held_figure_keeps_the_last_good_value() -> None:
    assert "412" in _text(tiles.tile(samples.page("barn-unga", samples.in_state("held")), TILES[0]))


def test_a_historical_figure_never_grows_late() -> None:
    page = samples.page("barn-unga", samples.in_state("historical"))
    assert not any(page.is_late(figure) for figure in page.figures)
    assert "note late" not in wall.article(page)


def test_a_quarter_hour_figure_tells_its_age_without_being_late() -> None:
    page = samples.page("barn-unga", samples.in_state("quiet"))
    figures = tuple(
        replace(f, as_of=f.told_until) if f.metric == "caseload_balance" else f for f in page.figures
    )
    shown = wall.article(replace(page, figures=figures))
    assert "note late" not in shown
    assert "uppgift från kl. 15.54" in _text(shown)


def test_yesterdays_counts_are_not_called_todays() -> None:
    old = tuple(replace(f, told_until=f.told_until - timedelta(days=1)) for f in samples.figures())
    shown = _text(tiles.tile(samples.page("barn-unga", old), next(t for t in TILES if t.metric == "inflow")))
    assert shown.startswith("Nya 21 nov")
    assert "i dag" not in shown


def test_the_number_says_ärende_when_there_is_one() -> None:
    one = (samples.figure("caseload_balance", {"unit": "vuxen"}, 1),)
    assert "1 ärende " in _text(tiles.tile(samples.page("vuxen", one), TILES[0])) + " "


def test_names_from_data_cannot_become_markup() -> None:
    figures = (samples.figure("caseload_balance", {"unit": "<b>x</b>"}, 3),)
    per_unit = next(tile for tile in TILES if tile.form == "units")
    assert "<b>x</b>" not in tiles.tile(samples.page("", figures), per_unit)


def test_only_the_five_largest_units_are_drawn_and_the_rest_are_counted() -> None:
    figures = tuple(samples.figure("caseload_balance", {"unit": f"u{n}"}, n) for n in range(17))
    shown = _text(tiles.tile(samples.page("", figures), next(tile for tile in TILES if tile.form == "units")))
    assert "och 12 enheter till" in shown
    assert [word for word in shown.split() if word.startswith("u")] == ["u16", "u15", "u14", "u13", "u12"]


def test_a_hidden_day_breaks_the_line_and_is_never_drawn_as_zero() -> None:
    broken = tuple(
        replace(f, value=None, state="suppressed")
        if f.metric == "caseload_balance" and f.period_on == TODAY - timedelta(days=6)
        else f
        for f in samples.figures()
    )
    whole = tiles.tile(samples.page("barn-unga"), TILES[0])
    assert whole.count('class="line"') == 1
    assert tiles.tile(samples.page("barn-unga", broken), TILES[0]).count('class="line"') == 2


def _days_become(state: str, upper: float | None, base: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The same figures, where every day of the balance is in the given state, without value or band."""
    return tuple(
        replace(f, value=None, state=state, lower=None, upper=upper)
        if f.metric == "caseload_balance" and f.period == "day"
        else replace(f, lower=None, upper=None) if f.metric == "caseload_balance" else f
        for f in base
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "state", "upper", "words"),
    [
        ("fresh", "suppressed", 4.0, "dagarna före är dolda (färre än 5)"),
        ("historical", "suppressed", 4.0, "dagarna före är dolda (färre än 5)"),
        ("historical", "suppressed", None, "dagarna före är dolda (skyddar ett annat litet tal)"),
        ("fresh", "missing", None, "dagarna före visas när de finns"),
        ("historical", "missing", None, "dagarna före saknas"),
    ],
)
def test_a_line_that_cannot_be_drawn_says_why(name: str, state: str, upper: float | None, words: str) -> None:
    figures = _days_become(state, upper, samples.in_state(name))
    shown = _text(tiles.tile(samples.page("barn-unga", figures), TILES[0]))
    assert words in shown
    assert len(re.findall("dagarna före", shown)) == 1


def test_days_that_stand_alone_are_no_line_and_no_empty_chart() -> None:
    balance = [f for f in samples.figures() if f.metric == "caseload_balance" and f.period == "day"]
    every_other = {f.period_on for f in balance if f.period_on.toordinal() % 2 == TODAY.toordinal() % 2}
    figures = tuple(
        replace(f, value=None, state="suppressed", upper=4.0)
        if f.metric == "caseload_balance" and f.period == "day" and f.period_on not in every_other
        else f
        for f in samples.figures()
    )
    shown = tiles.tile(samples.page("barn-unga", figures), TILES[0])
    assert 'class="line"' not in shown
    assert "vissa dagar är dolda" in _text(shown)


def test_a_closed_import_awaits_no_comparison() -> None:
    alone = tuple(
        replace(f, lower=None, upper=None)
        for f in samples.in_state("historical")
        if f.metric != "caseload_balance" or f.period == "now"
    )
    shown = _text(wall.article(samples.page("vuxen", alone)))
    assert "jämförelse än" not in shown
    assert "Ingen jämförelse." in shown


def test_a_new_municipality_has_no_comparison_yet() -> None:
    alone = tuple(replace(f, lower=None, upper=None) for f in samples.figures() if f.period == "now")
    assert "Ingen jämförelse än." in _text(tiles.tile(samples.page("vuxen", alone), TILES[0]))


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (None, "missing"),
        (samples.figure("inflow", {}, None), "missing"),
        (samples.figure("inflow", {}, 0), "zero"),
        (samples.figure("inflow", {}, 3), "value"),
        (replace(samples.figure("inflow", {}, 3), state="preliminary"), "preliminary"),
        (replace(samples.figure("inflow", {}, None), state="suppressed", upper=4.0), "suppressed"),
        (replace(samples.figure("inflow", {}, None), state="suppressed"), "hidden"),
        (replace(samples.figure("inflow", {}, 3), state="not_applicable"), "missing"),
    ],
)
def test_zero_missing_small_and_hidden_are_four_things(figure: Figure | None, expected: str) -> None:
    assert state(figure) == expected


def test_a_balance_from_a_snapshot_is_shown_and_marked_as_such() -> None:
    figures = tuple(
        replace(f, state="snapshot") if f.metric == "caseload_balance" and f.period == "now" else f
        for f in samples.figures()
    )
    shown = _text(tiles.tile(samples.page("barn-unga", figures), TILES[0]))
    assert "ur en ögonblicksbild från källan" in shown
    assert state(replace(samples.figure("inflow", {}, 3), state="snapshot")) == "value"
    assert "ögonblicksbild" not in _text(tiles.tile(samples.page("barn-unga"), TILES[0]))


def test_a_suppressed_value_is_never_read_even_if_it_were_there() -> None:
    assert value_of(replace(samples.figure("inflow", {}, 3), state="suppressed")) is None


def test_the_strip_says_until_when_and_that_two_computations_agree() -> None:
    shown = _text(wall.article(samples.page()))
    assert "Uppgifter till kl. 16.04" in shown
    assert "Kontrollräknad på två sätt, avvikelse 0" in shown
    assert "Barn och unga · 1 av 5" in shown
    assert "sön 22 november, kl. 16.05" in shown


def test_a_residual_is_shown_with_its_size() -> None:
    off = tuple(replace(f, value=-3.0) if f.metric == "balance_residual" else f for f in samples.figures())
    assert "Kontrollräkningen avviker med −3" in _text(wall.article(samples.page("vuxen", off)))


def test_coverage_is_told_only_below_the_limit() -> None:
    assert "kommit in" not in _text(wall.article(samples.page()))
    assert "97,2 % av uppgifterna har kommit in" in _text(
        wall.article(samples.page("vuxen", samples.in_state("preliminary")))
    )


def test_a_closed_import_says_until_when_it_reaches() -> None:
    shown = _text(wall.article(samples.page("vuxen", samples.in_state("historical"))))
    assert "Historiska uppgifter till 31 december 2015" in shown
    assert "Öppna ärenden 31 december 2015" in shown
    assert "Nya 31 dec" in shown


@pytest.mark.parametrize("unit", ["vuxen", ""])
def test_a_page_that_is_all_history_says_so_once_and_in_its_strip(unit: str) -> None:
    shown = _text(wall.article(samples.page(unit, samples.in_state("historical"))))
    assert shown.count("historisk uppgift") == 1
    assert "Historiska uppgifter till 31 december 2015" in shown


def test_a_historical_figure_among_living_ones_says_so_itself() -> None:
    old = {f.metric: f for f in samples.in_state("historical") if f.dimensions == {"unit": "vuxen"}}
    others = (f for f in samples.figures() if f.metric != "unassigned_cases")
    mixed = (*others, old["unassigned_cases"])
    unassigned = next(tile for tile in TILES if tile.metric == "unassigned_cases")
    assert "historisk uppgift" in _text(tiles.tile(samples.page("vuxen", mixed), unassigned))


@pytest.mark.parametrize("name", STATES)
def test_every_page_of_the_model_municipality_says_that_it_is_invented(name: str) -> None:
    for unit in ("", "vuxen"):
        assert "påhittade uppgifter" in _text(wall.article(samples.page(unit, samples.in_state(name))))


def test_the_shell_is_told_the_age_of_the_oldest_run_but_never_of_history_or_of_held_figures() -> None:
    told = int((NOW - timedelta(seconds=70)).timestamp() * 1000)
    assert f'data-as-of="{told}"' in wall.article(samples.page())
    assert 'data-as-of=""' in wall.article(samples.page("vuxen", samples.in_state("historical")))
    assert 'data-as-of=""' in wall.article(samples.page("vuxen", samples.in_state("held")))


def test_one_held_metric_does_not_make_the_page_old() -> None:
    mixed = tuple(f for f in samples.figures() if f.metric != "inflow") + tuple(
        f for f in samples.in_state("held") if f.metric == "inflow"
    )
    page = samples.page("vuxen", mixed)
    assert page.told is not None
    assert not page.is_late(page.told)
    assert "kontrolleras" in _text(wall.article(page))


@pytest.mark.parametrize(
    ("declared", "pages"),
    [
        ("total,units", ["", "a", "b"]), ("units", ["a", "b"]), ("b", ["b"]), ("b,total,b", ["b", ""]),
        ("unknown", [""]),
    ],
)  # fmt: skip
def test_a_playlist_names_the_whole_all_units_or_some(declared: str, pages: list[str]) -> None:
    assert wall.playlist(declared, ["a", "b"]) == pages


def test_at_most_five_tiles_stand_beside_the_dominant_one() -> None:
    for unit in ("", "vuxen"):
        shown = wall.article(samples.page(unit))
        assert shown.count('class="tile hero') == 1
        assert shown.count('<section class="tile') <= 6


def test_a_page_without_any_figures_is_a_designed_page() -> None:
    page: Page = samples.page("vuxen", ())
    assert "Inga uppgifter har kommit än" in _text(wall.article(page))
