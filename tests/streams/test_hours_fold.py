"""Grants, assistance cases and their money, unit days of staff, rates and prices: case by case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from schemas import assistance as a
from schemas import hours as h
from schemas import staffing as s
from schemas.envelope import Fact
from streams.folds import assistance, grant, staff_day
from streams.folds.days import STILL_DAY, day_number
from streams.history import Living, micros
from tests.placing import pseudonym

ANN, BO, CASE = (pseudonym(kind, kind) for kind in ("person", "temp", "assistance"))
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def living(*facts: Fact) -> list[Living]:
    """The facts as told a day apart, from 5 January 2026."""
    return [Living(micros(START + timedelta(days=number)), fact, ()) for number, fact in enumerate(facts)]


def on(text: str) -> date:
    return date.fromisoformat(text)


def day(text: str) -> int:
    return day_number(on(text))


def granted(hours: float, from_on: str, until_on: str = "", per: str = "week", **said: Any) -> h.HoursGranted:
    until = on(until_on) if until_on else None
    days: dict[str, Any] = {"from_on": on(from_on), "until_on": until, "per": per}
    return h.HoursGranted(service="home_care", unit="north", hours=hours, **days, **said)


def steps(*facts: Fact) -> list[tuple[int, int, float]]:
    """From, until and hours of a grant that these were told of."""
    row = grant.fold(living(*facts))
    return list(zip(row.steps__from_on, row.steps__until_on, row.steps__hours, strict=True))


def test_a_grant_holds_until_a_later_decision_begins() -> None:
    assert steps(granted(10, "2026-02-01"), granted(14, "2026-03-01")) == [
        (day("2026-02-01"), day("2026-03-01"), 10), (day("2026-03-01"), STILL_DAY, 14),
    ]  # fmt: skip


def test_a_later_decision_replaces_the_earlier_from_its_first_day_also_backwards() -> None:
    assert steps(granted(10, "2026-03-01"), granted(14, "2026-02-01")) == [(day("2026-02-01"), STILL_DAY, 14)]
    assert steps(granted(10, "2026-02-01", "2026-08-01"), granted(14, "2026-03-01", "2026-04-01")) == [
        (day("2026-02-01"), day("2026-03-01"), 10), (day("2026-03-01"), day("2026-04-01"), 14),
    ]  # fmt: skip


def test_decisions_that_follow_each_other_leave_each_other_alone() -> None:
    told = (
        granted(10, "2026-02-01", "2026-03-01"),
        granted(14, "2026-05-01"),
        granted(9, "2026-03-01", "2026-05-01"),
    )
    assert [hours for *_, hours in steps(*told)] == [10, 9, 14]


def test_what_ends_ends_and_a_decision_after_it_is_a_flaw_without_hours() -> None:
    end = h.GrantEnded(on=on("2026-04-01"), reason="deceased")
    told = granted(10, "2026-02-01"), granted(12, "2026-05-01"), end, granted(14, "2026-06-01")
    assert steps(*told) == [(day("2026-02-01"), day("2026-04-01"), 10)]
    row = grant.fold(living(*told))
    assert (row.end_on, row.end_reason, row.flaws) == (day("2026-04-01"), "deceased", ["event_after_end"])


def test_what_a_later_decision_leaves_out_is_as_told_before() -> None:
    first = granted(10, "2026-02-01", person=ANN, sex="woman", age_band="80+", law="SoL", regi="in_house")
    row = grant.fold(living(first, granted(12, "2026-03-01")))
    assert (row.person, row.sex, row.age_band, row.law) == (ANN, "woman", "80+", "SoL")
    assert row.steps__regi == ["in_house", "in_house"]


def test_a_decision_is_of_the_day_that_is_told_else_of_its_time() -> None:
    row = grant.fold(living(granted(1, "2026-02-01", decided_on=on("2026-01-02")), granted(2, "2026-03-01")))
    assert row.steps__decided_on == [day("2026-01-02"), day("2026-01-06")]
    assert list(zip(row.decisions__on, row.decisions__from_on, strict=True)) == [
        (day("2026-01-02"), day("2026-02-01")), (day("2026-01-06"), day("2026-03-01")),
    ]  # fmt: skip


ENDED = h.GrantEnded(on=on("2026-01-31"))


@pytest.mark.parametrize(
    ("facts", "flaws"),
    [
        ([granted(168, "2026-02-01")], []),
        ([granted(169, "2026-02-01")], ["hours_over_24_a_day"]),
        ([granted(25, "2026-02-01", per="day")], ["hours_over_24_a_day"]),
        ([granted(745, "2026-02-01", per="month")], ["hours_over_24_a_day"]),
        ([granted(1, "2026-02-01", "2026-02-01")], ["last_before_first"]),
        ([granted(1, "2026-02-01"), ENDED], ["ended_before_start_day"]),
        ([granted(1, "2026-01-31"), ENDED], []),
        ([ENDED], ["never_granted"]),
        ([h.GrantScheduleChanged(on=on("2026-02-01"))], ["never_granted"]),
        (
            [
                granted(1, "2026-01-01", decided_on=on("2026-01-10")),
                h.GrantScheduleChanged(on=on("2026-01-09")),
            ],
            ["schedule_before_decision"],
        ),
        (
            [
                granted(1, "2026-01-01", decided_on=on("2026-01-10")),
                h.GrantScheduleChanged(on=on("2026-01-10")),
            ],
            [],
        ),
        (
            [
                granted(1, "2026-01-09", decided_on=on("2026-01-10")),
                h.GrantScheduleChanged(on=on("2026-01-08")),
            ],
            [],
        ),
    ],
)
def test_a_grant_that_makes_no_sense_has_a_named_flaw(facts: list[Fact], flaws: list[str]) -> None:
    assert grant.fold(living(*facts)).flaws == flaws


def decided(hours: float, from_on: str, until_on: str, **said: Any) -> a.AssistanceDecided:
    return a.AssistanceDecided(
        from_on=on(from_on), until_on=on(until_on), hours=hours, unit="assistance", **said
    )


def periods(row: assistance.AssistanceRow) -> list[tuple[int, int, float]]:
    hours = [round(hours, 9) for hours in row.periods__hours]
    return list(zip(row.periods__from_on, row.periods__until_on, hours, strict=True))


def test_a_changed_decision_leaves_the_earlier_its_share_of_the_days() -> None:
    row = assistance.fold(
        living(decided(1810, "2026-01-01", "2026-07-01"), decided(500, "2026-05-01", "2026-07-01"))
    )
    assert periods(row) == [
        (day("2026-01-01"), day("2026-05-01"), 1200),
        (day("2026-05-01"), day("2026-07-01"), 500),
    ]
    assert (row.periods__decided_hours, row.flaws) == ([1810, 500], [])
    assert row.decisions__hours_a_day == [10, pytest.approx(500 / 61)]


def test_a_case_that_ends_has_hours_until_then() -> None:
    end = a.AssistanceEnded(on=on("2026-02-01"), reason="moved")
    row = assistance.fold(living(decided(1810, "2026-01-01", "2026-07-01"), end))
    assert periods(row) == [(day("2026-01-01"), day("2026-02-01"), 310)]
    assert (row.end_on, row.end_reason) == (day("2026-02-01"), "moved")


def test_a_refusal_by_mistake_is_no_hours_and_a_raised_rate_may_come_after_the_end() -> None:
    end = a.AssistanceEnded(on=on("2026-02-01"))
    rate = a.AssistanceRateSet(from_on=on("2026-01-01"), rate_kr=389.42)
    row = assistance.fold(living(decided(0, "2026-01-01", "2026-07-01"), end, rate))
    assert (row.periods__hours, row.rates__rate_kr, row.flaws) == ([0], [389.42], [])


@pytest.mark.parametrize(
    ("facts", "flaws"),
    [
        ([decided(1, "2026-07-01", "2027-01-01")], []),
        ([decided(1, "2026-07-01", "2027-01-02")], ["period_over_six_months"]),
        ([decided(1, "2026-07-01", "2027-07-01", payer="municipality")], []),  # LSS sets no such limit
        ([decided(1, "2026-08-31", "2027-03-01")], []),
        ([decided(1, "2026-08-31", "2027-03-02")], ["period_over_six_months"]),
        ([decided(24, "2026-07-01", "2026-07-02")], []),
        ([decided(25, "2026-07-01", "2026-07-02")], ["hours_over_24_a_day"]),
        ([decided(1, "2026-07-01", "2026-07-01")], ["last_before_first"]),
        ([decided(1, "2026-01-01", "2026-07-01"), decided(1, "2026-02-01", "2026-03-01")],
         ["overlapping_periods"]),
        ([decided(1, "2026-03-01", "2026-07-01"), decided(1, "2026-01-01", "2026-04-01")],
         ["overlapping_periods"]),
        ([decided(1, "2026-01-01", "2026-05-01"), decided(1, "2026-03-01", "2026-07-01")], []),
        ([decided(1, "2026-01-01", "2026-07-01", decided_on=on("2026-01-10")),
          a.AssistanceScheduleChanged(on=on("2026-01-01"))], ["schedule_before_decision"]),
        ([a.AssistanceEnded(on=on("2026-02-01"))], ["never_decided"]),
        ([a.AssistanceRateSet(from_on=on("2026-02-01"), rate_kr=1)], ["never_decided"]),
        ([decided(1, "2026-03-01", "2026-07-01"), a.AssistanceEnded(on=on("2026-02-01"))],
         ["ended_before_start_day"]),
        ([decided(1, "2026-01-01", "2026-07-01"), a.AssistanceEnded(on=on("2026-02-01")),
          decided(1, "2026-07-01", "2026-12-01")], ["event_after_end"]),
    ],
)  # fmt: skip
def test_a_case_that_makes_no_sense_has_a_named_flaw(facts: list[Fact], flaws: list[str]) -> None:
    assert assistance.fold(living(*facts)).flaws == flaws


MONTH: dict[str, Any] = {"month": date(2026, 7, 1), "unit": "assistance", "assistance": CASE}
CLAIMS = [a.AllowanceClaimed(hours=hours, amount_kr=hours, **MONTH) for hours in (2, 1)]


def test_what_nobody_told_of_a_month_is_missing_and_lines_of_the_ledger_add_up() -> None:
    row = assistance.fold_month(living(
        a.CostBooked(amount_kr=100.1, **MONTH), a.CostBooked(amount_kr=0.2, **MONTH),
        a.CostBooked(amount_kr=30, kind="overhead", **MONTH), a.AllowancePaid(amount_kr=5, **MONTH),
        a.AllowancePaid(amount_kr=-5, **MONTH),
    ))  # fmt: skip
    assert (row.cost_kr, row.overhead_kr, row.paid_kr) == (100.3, 30, 0)
    assert (row.claimed_h, row.claimed_kr, row.revenue_kr, row.flaws) == (None, None, None, [])
    assert (row.month, row.assistance) == (day("2026-07-01"), CASE)


@pytest.mark.parametrize(
    ("facts", "flaws"),
    [
        ([*CLAIMS], ["told_twice"]),
        ([a.RevenueBooked(amount_kr=1, **(MONTH | {"month": date(2026, 7, 31)}))], ["not_first_of_month"]),
        ([a.RevenueBooked(amount_kr=1, **MONTH),
          a.RevenueBooked(amount_kr=1, **(MONTH | {"month": date(2026, 8, 1)}))], ["several_in_one"]),
    ],
)  # fmt: skip
def test_a_month_that_makes_no_sense_has_a_named_flaw(facts: list[Fact], flaws: list[str]) -> None:
    row = assistance.fold_month(living(*facts))
    assert row.flaws == flaws
    assert row.month in (day("2026-07-01"), day("2026-08-01"))


def test_of_two_claims_for_a_month_the_last_holds() -> None:
    assert assistance.fold_month(living(*CLAIMS)).claimed_h == 1


DAY: dict[str, Any] = {"unit": "north", "on": date(2026, 3, 2)}
SCHEDULE = s.TimeScheduled(hours=72, persons=12, **DAY)


def test_a_unit_day_keeps_each_kind_of_time_apart() -> None:
    row = staff_day.fold(living(
        SCHEDULE, s.TimeWorked(hours=44.5, used_for="direct", **DAY),
        s.TimeWorked(hours=14, used_for="direct", qualified=True, **DAY), s.OvertimeWorked(hours=3.5, **DAY),
        s.SickLeaveTaken(hours=8, spell="short", persons=1, **DAY),
        s.SickLeaveTaken(hours=16, spell="long", **DAY),
        s.ExternalStaffHired(hours=7, **DAY), s.TempEngaged(hours=7.5, temp=BO, assistance=CASE, **DAY),
    ))  # fmt: skip
    assert (row.scheduled_h, row.scheduled_persons, row.overtime_h, row.external_h) == (72, 12, 3.5, 7)
    assert (row.sick_short_h, row.sick_long_h, row.sick_unknown_h, row.sick_persons) == (8, 16, 0, None)
    assert (row.worked__qualified, row.worked__hours) == (["unknown", "yes"], [44.5, 14])
    assert (row.temps__temp, row.temps__assistance, row.temps__hours, row.flaws) == ([BO], [CASE], [7.5], [])


def test_without_a_schedule_its_hours_are_unknown_and_without_absence_nobody_was_away() -> None:
    row = staff_day.fold(living(s.OvertimeWorked(hours=1, **DAY)))
    assert (row.scheduled_h, row.scheduled_persons, row.sick_persons, row.sick_short_h) == (None, None, 0, 0)


@pytest.mark.parametrize(
    ("facts", "flaws"),
    [
        ([SCHEDULE, s.TimeScheduled(hours=70, persons=12, **DAY)], ["told_twice"]),
        ([s.TimeScheduled(hours=25, persons=1, **DAY)], ["hours_over_24_a_day"]),
        ([s.TempEngaged(hours=25, temp=BO, **DAY)], ["hours_over_24_a_day"]),
        ([SCHEDULE, s.SickLeaveTaken(hours=73, spell="long", **DAY)], ["sick_over_scheduled"]),
        ([SCHEDULE, s.OvertimeWorked(hours=1, unit="south", on=date(2026, 3, 2))], ["several_in_one"]),
    ],
)
def test_a_unit_day_that_makes_no_sense_has_a_named_flaw(facts: list[Fact], flaws: list[str]) -> None:
    assert staff_day.fold(living(*facts)).flaws == flaws


def test_of_a_day_told_twice_the_last_holds() -> None:
    row = staff_day.fold(living(SCHEDULE, s.TimeScheduled(hours=70, persons=11, **DAY)))
    assert (row.scheduled_h, row.scheduled_persons) == (70, 11)
