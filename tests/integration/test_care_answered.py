"""Every metric of hours and devices is held against the answer key, or it says why not."""

from __future__ import annotations

from msgspec.structs import replace

from tests.integration.care_answered import QUESTIONS, UNANSWERED, faults
from warehouse.contracts import contract, load


def test_every_metric_of_hours_and_devices_is_asked_or_has_its_reason() -> None:
    assert faults(load().values(), QUESTIONS, UNANSWERED) == []


def test_a_new_metric_without_a_question_is_named() -> None:
    new = replace(contract("performed_hours"), name="hours_on_foot")
    assert faults([new], QUESTIONS, {}) == ["hours_on_foot is neither asked nor given a reason"]
    assert faults([new], QUESTIONS, {"hours_on_foot": "nobody walks"}) == []


def test_a_reason_for_a_metric_that_is_asked_or_gone_is_named() -> None:
    asked = contract("adherence")
    assert faults([asked], QUESTIONS, {"adherence": "?", "gone": "?"}) == [
        "adherence is no metric that is not asked", "gone is no metric that is not asked"
    ]  # fmt: skip


def test_a_dimension_that_is_left_out_is_named_and_so_is_a_total() -> None:
    asked = contract("adherence")
    wider = replace(asked, dimensions=(*asked.dimensions, "weekday"))
    assert faults([wider], QUESTIONS, {}) == ["adherence is not asked by all its dimensions"]
    parts = [each for each in QUESTIONS if each.by]
    assert faults([asked], parts, {}) == ["adherence is not asked in total"]
