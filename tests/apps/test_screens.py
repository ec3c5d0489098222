from __future__ import annotations

import re
from pathlib import Path

import pytest

from apps import screens
from apps.screens import screen
from schemas.errors import Misconfigured
from warehouse import contracts

TOKENS = Path(screens.__file__).with_name("kiosk") / "tokens.css"


def test_every_tile_names_a_public_metric_that_exists_and_is_published() -> None:
    lobby, known = screen("lobby"), contracts.load()
    for name in lobby.metrics:
        assert known[name].audience == lobby.audience
        assert known[name].publish, f"{name} is shown and never published"


def test_the_walls_limits_keep_the_promises() -> None:
    lobby = screen("lobby")
    assert lobby.refresh_s <= 60
    assert 20 <= lobby.rotate_s <= 40
    assert lobby.silent_after_s + lobby.refresh_s <= 60, "the notice must come within a minute of a freeze"
    assert lobby.late_after_s >= 30
    assert lobby.stale_after_s == 15 * 60
    assert lobby.offline_after_s == 120


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[lobby", "Expected"),
        ("[lobby]\naudience = 'public'", "missing"),
        ("[lobby]\nspeed = 3", "unknown key 'speed'"),
        ("[[lobby.tiles]]\nmetric = 'x'\nform = 'gauge'\nlabel = 'X'", "form 'gauge' is none of trend, day"),
        (
            "[[lobby.tiles]]\nmetric = 'x'\nform = 'now'\nlabel = 'X'\non = 'wall'",
            "on 'wall' is none of unit",
        ),
        ("[[lobby.tiles]]\nform = 'now'\nlabel = 'X'", "tile 1: missing 1 required"),
    ],
)
def test_a_fault_in_the_file_is_named(text: str, fault: str) -> None:
    with pytest.raises(Misconfigured, match=re.escape(fault)):
        screens.read(text)


def test_an_unknown_screen_names_the_known_ones() -> None:
    with pytest.raises(Misconfigured, match="there are lobby"):
        screen("hall")


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9A-F]{6})", block))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1, 2])
def test_text_on_the_wall_stands_out_seven_to_one_and_marks_three_to_one(theme: int) -> None:
    colours = _colours(TOKENS.read_text(encoding="utf-8").split("{\n")[theme + 1 if theme else 1])
    for ground in ("paper", "surface"):
        assert _contrast(colours["ink"], colours[ground]) >= 7
        assert _contrast(colours["muted"], colours[ground]) >= 6.8
        for mark in ("main", "good", "attention", "serious"):
            assert _contrast(colours[mark], colours[ground]) >= 3
    assert _contrast(colours["ink"], colours["soft"]) >= 7


def test_dark_by_system_and_dark_by_choice_are_the_same() -> None:
    blocks = [_colours(block) for block in TOKENS.read_text(encoding="utf-8").split("{\n")[1:]]
    assert blocks[1] == blocks[2]
    assert blocks[0].keys() == blocks[1].keys()
