from __future__ import annotations

from dataclasses import replace

import pytest

from apps.access.watch import AGAIN_S, Watch
from warehouse.audit import Entry

ENTRY = Entry(
    "read", "nurse", "w1.x", "larm", "alarms", "9999", {"at": 1, "unit": ""}, purpose="device_alarms"
)


@pytest.fixture
def clock() -> list[float]:
    return [100.0]


@pytest.fixture
def watch(clock: list[float]) -> Watch:
    made = Watch(lambda: clock[0])
    assert made.must_tell(ENTRY, {"a", "b"}), "the first look is always told"
    made.has_told(ENTRY, {"a", "b"})
    return made


def test_a_refresh_that_gives_out_nobody_new_is_no_row(watch: Watch) -> None:
    for about in ({"a", "b"}, {"a"}, set[str]()):
        assert not watch.must_tell(replace(ENTRY, filters={"at": 2, "unit": ""}), about)


def test_somebody_new_is_a_row_and_then_told(watch: Watch) -> None:
    assert watch.must_tell(ENTRY, {"a", "c"})
    watch.has_told(ENTRY, {"a", "c"})
    assert not watch.must_tell(ENTRY, {"a", "b", "c"})


@pytest.mark.parametrize(
    "change",
    [{"filters": {"at": 1, "unit": "norr"}}, {"query": "silent_devices"}, {"municipality": "9998"},
     {"actor": "w1.y"}, {"purpose": "complaint"}, {"role": "unit_head"}, {"page": "other"}],
)  # fmt: skip
def test_another_question_is_a_row_of_its_own(watch: Watch, change: dict[str, object]) -> None:
    assert watch.must_tell(replace(ENTRY, **change), {"a"})  # type: ignore[arg-type]


def test_a_view_that_stands_open_says_so_again(watch: Watch, clock: list[float]) -> None:
    clock[0] += AGAIN_S - 1
    assert not watch.must_tell(ENTRY, {"a"})
    clock[0] += 1
    assert watch.must_tell(ENTRY, {"a"})
    watch.has_told(ENTRY, {"a"})
    assert watch.must_tell(ENTRY, {"b"}), "who was told of then is told of anew"


def test_what_one_question_told_another_does_not_forget(watch: Watch, clock: list[float]) -> None:
    other = replace(ENTRY, query="silent_devices")
    clock[0] += AGAIN_S / 2
    watch.has_told(other, {"x"})
    clock[0] += AGAIN_S / 2
    watch.has_told(ENTRY, {"a"})
    assert not watch.must_tell(other, {"x"})
