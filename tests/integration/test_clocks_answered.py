"""Every metric of the law's times is held against the answer key, or it says why not."""

from __future__ import annotations

from msgspec.structs import replace

from tests.integration.clock_answered import UNANSWERED, faults
from tests.integration.clock_questions import QUESTIONS, AskedOfKey
from warehouse.contracts import contract, load


def test_every_metric_of_times_is_asked_or_has_its_reason() -> None:
    assert faults(load().values(), QUESTIONS, UNANSWERED) == []


def test_a_new_metric_a_lost_one_and_a_dimension_left_out_are_named() -> None:
    new = replace(contract("inflow"), name="late", sql="SELECT clock FROM judged_clocks", dimensions=("a",))
    asked = AskedOfKey("late", ("a",), lambda key, when, by: {})
    assert faults([new], [], {}) == ["late is neither asked nor given a reason"]
    assert faults([new], [], {"late": "nobody asks"}) == faults([new], [asked], {}) == []
    assert faults([new], [asked, asked._replace(metric="gone")], {}) == ["gone is no metric of times"]
    wider = replace(new, dimensions=("a", "b"))
    assert faults([wider], [asked], {}) == ["late is not asked by all its dimensions"]
    assert faults([replace(new, measure="share")], [asked], {}) == ["late is not asked in total"]
