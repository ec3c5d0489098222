"""How tests are spread over processes: a file stays in one, for what its tests share; slow files begin first.
What runs a whole hub, or is held to seconds, goes one after the other: together they starve each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pytest
from xdist.scheduler import LoadFileScheduling

ALONE: Final = ("tests/faults/test_kills.py", "tests/hub/test_up.py", "tests/browser/test_lost_server.py")
"""Files of whole hubs and of limits in seconds: one process runs them all, and begins with them."""


class Files(LoadFileScheduling):  # type: ignore[misc]  # xdist publishes no types
    """Hands out whole files, and those that are ALONE together."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


def group(nodeid: str) -> str:
    """Name of what a test stays together with."""
    file = nodeid.partition("::")[0]
    return "alone" if file in ALONE else file


def slow_first(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Groups as they came, but what is alone first, then those with a slow test in them."""
    groups: dict[str, list[pytest.Item]] = {}
    for item in items:
        groups.setdefault(group(item.nodeid), []).append(item)
    return [
        item for name in sorted(groups, key=lambda name: _turn(name, groups[name])) for item in groups[name]
    ]


def _turn(name: str, items: Iterable[pytest.Item]) -> tuple[bool, bool]:
    return name != "alone", not any(item.get_closest_marker("slow") for item in items)
