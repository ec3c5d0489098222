from __future__ import annotations

from streams.refusals import MOST, lines
from warehouse.archive import Refusal


def refusal(offset: int, reason: str = "bad_value", field: str = "$.data.unit") -> Refusal:
    return Refusal("cases", 3, offset, reason, field, "fel", "wrong", "0f" * 32, 0, 0)


def test_a_refused_event_is_told_with_its_pointer_reason_and_field() -> None:
    assert list(lines([refusal(17), refusal(18, "not_json", "")])) == [
        "refused cases/3/17: bad_value at '$.data.unit'",
        "refused cases/3/18: not_json",
    ]


def test_a_field_can_break_no_line_and_is_cut() -> None:
    (line,) = lines([refusal(1, field="$.å\nCRITICAL " + "x" * 500)])
    assert "\n" not in line
    assert len(line) < 150


def test_a_batch_full_of_refused_events_is_a_few_lines_and_a_count() -> None:
    told = list(
        lines([refusal(offset) for offset in range(MOST)] + [refusal(99, "clock")] * 3 + [refusal(7)])
    )
    assert len(told) == MOST + 1
    assert told[-1] == "refused 4 more of this batch: clock 3, bad_value 1"


def test_nothing_refused_is_nothing_told() -> None:
    assert list(lines([])) == []
