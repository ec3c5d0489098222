"""The home care office's wall (L4): what its tiles say in each state, and never of whom."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from apps import tiles, wall
from apps.page import Page, state
from apps.reading import Snapshot
from apps.screens import Screen, screen, screens
from producers.synthetic.live import BEAT
from tests.apps import samples
from tests.apps.samples import STATES, care_figures, care_page
from warehouse import contracts
from warehouse.publish import TICK_S
from warehouse.published import Figure

CARE = screen("hemtjanst")


def text(html: str) -> str:
    """What a reader sees, blanks made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ").split())


def tile(metric: str, page: Page) -> str:
    return tiles.tile(page, next(each for each in CARE.tiles if each.metric == metric))


def changed(metric: str, **said: object) -> tuple[Figure, ...]:
    """The sample, where the metric's figures are as this says."""
    return tuple(replace(f, **said) if f.metric == metric else f for f in care_figures())  # type: ignore[arg-type]


@pytest.mark.parametrize("shown", screens().values(), ids=list(screens()))
def test_every_screen_shows_published_metrics_of_its_own_audience(shown: Screen) -> None:
    known = contracts.load()
    for one in shown.tiles:
        for name in one.metrics:
            assert known[name].audience == shown.audience
            assert {*one.where} <= set(known[name].dimensions)
            grains = [{*published.by} for published in known[name].publish if published.period == "now"]
            assert {*one.where} in grains or shown.name == "lobby"


def test_what_is_published_for_the_staff_is_at_most_half_a_minute_old() -> None:
    beats = [contracts.load()[name].beat_s for name in CARE.metrics]
    cache_s = 4  # the screens'
    assert max(beats) + TICK_S + BEAT.total_seconds() + cache_s + CARE.refresh_s <= 30


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("unit", ["", "hemtjanst-norr"])
def test_the_wall_is_whole_in_every_state(unit: str, name: str) -> None:
    shown = wall.article(care_page(unit, samples.in_state(name, care_figures())))
    assert shown.count('<section class="tile ') == 5
    assert not re.search(r"\b(None|nan|inf)\b|\{|\}", text(shown))


def test_hours_stand_beside_what_is_usual_and_what_is_granted() -> None:
    shown = text(wall.article(care_page()))
    assert "Hemtjänst i egen regi Mittköping" in shown
    assert "Utförda timmar i dag 1 438 timmar En vanlig söndag: 2 140–2 318." in shown
    assert "Beviljade timmar i dag 2 296 timmar enligt gällande beslut" in shown


def test_a_day_that_goes_on_is_a_dot_after_the_line_and_not_its_end() -> None:
    shown = wall.article(care_page())
    points = re.findall(r'class="line" style="clip-path:polygon\(([^"]*)\)"', shown)[0].split(",")
    assert max(float(point.split("%")[0]) for point in points) < 100
    assert 'class="dot" style="left:100.00%' in shown


def test_open_alarms_say_how_long_the_oldest_has_waited() -> None:
    assert text(tile("open_alarms", care_page())) == "Öppna larm 3 längst 50 minuter"
    assert "say attention" in tile("open_alarms", care_page())
    waits = changed("oldest_open_alarm_minutes", value=30.0)
    assert "say attention" not in tile("open_alarms", care_page("", waits))
    none = changed("open_alarms", value=0.0)
    assert text(tile("open_alarms", care_page("", none))) == "Öppna larm 0 inget väntar"


def test_silent_devices_are_told_of_all() -> None:
    assert text(tile("silent_devices", care_page())) == "Tyst utrustning 3 av 112 inte hörd på ett dygn"
    unknown = tuple(f for f in care_figures() if f.metric != "active_devices")
    assert "3 av saknas" in text(tile("silent_devices", care_page("", unknown)))


def test_adherence_has_its_bounds_and_is_bounds_alone_where_too_little_is_known() -> None:
    assert text(tile("adherence_last_day", care_page())) == (
        "Följsamhet, ett dygn 99,4 % mellan 99,3 och 99,4 %"
    )
    sure = changed("adherence_last_day", lower=0.9942)
    assert "alla utfall är kända" in text(tile("adherence_last_day", care_page("", sure)))
    bounds = changed("adherence_last_day", value=None, state="preliminary", lower=0.971, upper=0.989)
    assert state(next(f for f in bounds if f.metric == "adherence_last_day")) == "bounds"
    assert text(tile("adherence_last_day", care_page("", bounds))) == (
        "Följsamhet, ett dygn 97,1–98,9 % utfallet är inte känt för alla preliminär"
    )


def test_what_is_hidden_protects_a_group_and_shows_no_number() -> None:
    few = changed("performed_today", value=None, state="suppressed", lower=None, upper=None)
    shown = text(tile("performed_today", care_page("", few)))
    assert "dold Skyddar en liten grupp. dagarna före är dolda (skyddar en liten grupp)" in shown
    assert not re.search(r"\d", shown)


def test_on_a_units_page_devices_are_the_whole_municipalitys() -> None:
    shown = text(wall.article(care_page("hemtjanst-norr")))
    assert "Hemtjänst Norr" in shown and "Utförda timmar i dag 412 timmar" in shown
    assert "Öppna larm, hela kommunen 3" in shown


def test_only_units_with_such_hours_have_a_page() -> None:
    other = samples.figure(
        "performed_today", {"service": "personal_assistance", "regi": "in_house", "unit": "x"}, 9
    )
    zero = samples.figure("performed_today", samples.IN_HOUSE | {"unit": "hemsjukvard"}, 0)
    few = replace(zero, dimensions=samples.IN_HOUSE | {"unit": "few"}, value=None, state="suppressed")
    found = Snapshot((*care_figures(), other, zero, few)).active(CARE.tiles[0])
    assert found == {*samples.CARE_UNITS, "few"}
