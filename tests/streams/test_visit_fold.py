"""The life of a visit and of a report of hours, case by case; days are those of March 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from schemas import hours as h
from schemas.envelope import Fact
from streams.folds import hours_report, visit
from streams.folds.days import NO_DAY, day_number
from streams.folds.visit import VisitRow
from streams.history import History, Living, micros
from streams.kinds import BY_NAME
from streams.rows import fold_rows
from tests.caring import clock, reported
from tests.placing import pseudonym, tell

ANN, BO = pseudonym("person", "ann"), pseudonym("staff", "bo")
START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def at(minutes: float = 0) -> datetime:
    """Minutes after eight on Monday 2 March."""
    return START + timedelta(minutes=minutes)


def planned(start: float = 0, stop: float = 30, **said: Any) -> h.VisitPlanned:
    return h.VisitPlanned(start_at=at(start), stop_at=at(stop), unit="north", **said)


def done(start: float = 0, stop: float | None = 30, **said: Any) -> h.VisitPerformed:
    return h.VisitPerformed(
        start_at=at(start), stop_at=None if stop is None else at(stop), unit="north", **said
    )


def doubled(start: float, stop: float) -> h.VisitDoubleStaffed:
    return h.VisitDoubleStaffed(start_at=at(start), stop_at=at(stop))


def told(*facts: Fact) -> VisitRow:
    """The row of a visit that these were told of, in this order."""
    return visit.fold([Living(micros(at(number)), fact, ()) for number, fact in enumerate(facts)])


CANCELLED = h.VisitCancelled(reason="in_hospital")


def test_a_visit_has_the_hours_between_its_start_and_its_stop() -> None:
    row = told(planned(), done(3, 29))
    assert (row.net_s, row.counted, row.flaws) == (26 * 60, 1, [])
    assert (row.plan_start_at, row.plan_stop_at) == (micros(at(0)), micros(at(30)))
    assert (row.start_at, row.stop_at) == (micros(at(3)), micros(at(29)))


def test_what_the_performance_leaves_out_is_as_planned() -> None:
    plan = planned(
        service="respite", purpose="meal", regi="contracted", channel="video", staff_count=2, person=ANN
    )
    row = told(plan, done())
    assert (row.service, row.purpose, row.regi, row.channel, row.staff_count, row.person) == (
        "respite", "meal", "contracted", "video", 2, ANN,
    )  # fmt: skip
    row = told(
        plan, done(service="home_care", purpose="care", regi="in_house", channel="on_site", staff_count=1)
    )
    assert (row.service, row.purpose, row.regi, row.channel, row.staff_count, row.plan_staff) == (
        "home_care", "care", "in_house", "on_site", 1, 2,
    )  # fmt: skip


def test_how_a_visit_was_made_is_unknown_where_nobody_told_nor_planned_it() -> None:
    assert told(done()).channel == "unknown"
    assert told(done(channel="phone")).channel == "phone"


def test_staff_who_are_named_are_counted_where_no_count_is_told() -> None:
    assert told(done(staff=(ANN, BO, BO))).staff_count == 2
    assert told(done(staff=(ANN, BO), staff_count=1)).staff_count == 1
    assert told(done()).staff_count == 1


def test_a_break_that_the_source_took_off_is_not_taken_off_again() -> None:
    row = told(done(0, 480, net_minutes=420, staff_count=2))
    assert (row.net_s, row.double_s, row.flaws) == (420 * 60, 420 * 60, [])


def test_net_minutes_may_be_rounded_up_and_never_give_more_than_the_visit() -> None:
    assert told(done(0, 29.5, net_minutes=30))[1:] == told(done(0, 29.5))[1:]
    row = told(done(0, 30, net_minutes=45))
    assert (row.net_s, row.flaws) == (1800, ["net_over_gross"])


def test_times_when_there_were_two_are_counted_once_and_within_the_visit() -> None:
    row = told(done(0, 60), doubled(10, 30), doubled(20, 40))
    assert (row.double_s, row.flaws) == (30 * 60, [])
    row = told(done(0, 60), doubled(-10, 10), doubled(50, 70))
    assert (row.double_s, row.flaws) == (20 * 60, ["double_staffed_outside"])
    assert told(done(0, 60, net_minutes=20), doubled(0, 60)).double_s == 20 * 60
    assert told(doubled(0, 60), done(0, 60, staff_count=2)).double_s == 60 * 60


@pytest.mark.parametrize(
    ("facts", "flaw"),
    [
        ([done(0, None)], "stop_missing"),
        ([done(10, 5)], "stopped_before_started"),
        ([done(10, 10)], "visit_without_length"),
        ([done(0, 24 * 60 + 1)], "visit_over_24_hours"),
        ([done(0, 30, net_minutes=32)], "net_over_gross"),
        ([done(0, 30), doubled(40, 50)], "double_staffed_outside"),
        ([done(0, 30), doubled(20, 10)], "double_staffed_outside"),
        ([planned(), doubled(0, 10)], "double_staffed_outside"),
        ([CANCELLED, done()], "performed_after_cancelled"),
        ([done(), CANCELLED], "performed_after_cancelled"),
        ([done(0, 30), done(5, 40)], "performed_twice"),
        ([CANCELLED], "never_performed_or_planned"),
        ([doubled(0, 10)], "never_performed_or_planned"),
        ([planned(30, 0)], "plan_impossible"),
        ([planned(0, 25 * 60 + 1)], "plan_impossible"),
        ([planned(), done(31 * 24 * 60, 31 * 24 * 60 + 30)], "performed_far_from_plan"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_a_named_flaw(facts: list[Fact], flaw: str) -> None:
    assert flaw in told(*facts).flaws


@pytest.mark.parametrize(
    "facts",
    [[done(0, None)], [done(10, 5)], [done(10, 10)], [done(0, 25 * 60 + 1)], [planned()], [CANCELLED]],
)
def test_hours_that_cannot_be_are_in_no_sum(facts: list[Fact]) -> None:
    row = told(*facts, doubled(0, 10))
    assert (row.counted, row.net_s, row.double_s) == (0, 0, 0)


def test_a_whole_day_is_no_flaw() -> None:
    assert told(done(0, 24 * 60)).flaws == []


def test_a_visit_of_25_hours_keeps_them_as_it_may_be_the_night_when_clocks_go_back() -> None:
    row = told(done(0, 25 * 60))
    assert (row.net_s, row.counted, row.flaws) == (25 * 3600, 1, ["visit_over_24_hours"])


def test_a_visit_over_midnight_is_one_visit() -> None:
    start, stop = clock("2026-03-02 23:40"), clock("2026-03-03 00:20")
    row = visit.fold([Living(0, h.VisitPerformed(start_at=start, stop_at=stop, unit="a"), ())])
    assert (row.net_s, row.flaws, row.day) == (40 * 60, [], day("2026-03-02"))


@pytest.mark.parametrize(
    ("start", "stop", "hours"),
    [("2026-03-28 20:00", "2026-03-29 08:00", 11), ("2026-10-24 20:00", "2026-10-25 08:00", 13)],
)
def test_a_night_when_clocks_change_is_as_long_as_it_was(start: str, stop: str, hours: int) -> None:
    row = visit.fold([Living(0, h.VisitPerformed(start_at=clock(start), stop_at=clock(stop), unit="a"), ())])
    assert (row.net_s, row.flaws) == (hours * 3600, [])


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first, second = clock("2026-10-25 02:30"), clock("2026-10-25 02:30", fold=1)
    row = visit.fold([Living(0, h.VisitPerformed(start_at=first, stop_at=second, unit="a"), ())])
    assert row.net_s == 3600


def test_a_shift_from_eight_to_eight_lasts_25_hours_in_the_autumn_and_is_no_flaw() -> None:
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    start, stop = datetime(2026, 10, 24, 8, tzinfo=summer), datetime(2026, 10, 25, 8, tzinfo=winter)
    row = visit.fold([Living(0, h.VisitPerformed(start_at=start, stop_at=stop, unit="a"), ())])
    assert (row.net_s, row.flaws) == (25 * 3600, [])
    start, stop = datetime(2026, 3, 28, 8, tzinfo=winter), datetime(2026, 3, 29, 9, tzinfo=summer)
    spring = visit.fold([Living(0, h.VisitPerformed(start_at=start, stop_at=stop, unit="a"), ())])
    assert (spring.net_s, spring.flaws) == (24 * 3600, [])


def test_a_cancelled_visit_stays_cancelled_when_its_plan_changes_and_not_when_it_took_place() -> None:
    row = told(planned(), CANCELLED, planned(60, 90))
    assert (row.cancelled, row.cancel_reason, row.plan_start_at) == (1, "in_hospital", micros(at(60)))
    assert told(planned(), CANCELLED, done()).cancelled == 0


def test_a_performance_far_from_the_plan_leaves_the_plan_out() -> None:
    row = told(planned(), done(31 * 24 * 60, 31 * 24 * 60 + 30))
    assert (row.plan_start_at, row.plan_staff, row.counted) == (None, 0, 1)


def test_an_empty_history_is_an_empty_row() -> None:
    row = told()
    assert (row.day, row.counted, row.flaws, row.start_at) == (NO_DAY, 0, [], None)


def written(*versions: h.VisitPerformed) -> list[tuple[Any, ...]]:
    """The rows that are written once each version was told, one an hour after the other."""
    history = History([])
    for hour, fact in enumerate(versions):
        event = tell("a", fact, "2026-03-10", recordedtime=at(hour * 60))
        history.hear(event, micros(event.recordedtime))
    return list(fold_rows(BY_NAME["visit"], event.subject, history, 1))


def test_a_visit_that_is_moved_to_another_day_leaves_an_empty_row_on_the_day_it_was() -> None:
    tuesday, wednesday = done(24 * 60, 24 * 60 + 30), done(48 * 60, 48 * 60 + 30)
    (row, empty) = written(tuesday, wednesday)
    assert (row[3], row[4], empty[3], empty[4]) == (0, day("2026-03-04"), 1, day("2026-03-03"))
    assert row[2] == empty[2]
    assert written(tuesday, wednesday, tuesday)[0][3:5] == (0, day("2026-03-03"))
    assert len(written(tuesday, done(24 * 60, 24 * 60 + 45))) == 1


def report(hours: float, until: str = "2026-04-01", **said: Any) -> hours_report.HoursReportRow:
    event = reported("a", "9930", "2026-03-01", until, hours, **said)
    return hours_report.fold([Living(0, event.data, ())])


def test_a_report_has_the_hours_of_its_period() -> None:
    row = report(412.5, double_hours=12)
    assert (row.from_on, row.until_on) == (day("2026-03-01"), day("2026-04-01"))
    assert (row.hours, row.double_hours, row.counted, row.flaws) == (412.5, 12, 1, [])


@pytest.mark.parametrize(
    ("row", "flaws", "counted"),
    [
        (report(1, until="2026-03-01"), ["last_before_first"], 0),
        (report(31 * 25 + 1, person=ANN), ["hours_over_24_a_day"], 0),
        (report(31 * 24 + 1, person=ANN), [], 1),
        (report(31 * 25 + 1, assistance=ANN), ["hours_over_24_a_day"], 0),
        (report(31 * 25 + 1), [], 1),
        (report(10, double_hours=11), ["double_over_hours"], 1),
    ],
)
def test_a_report_that_makes_no_sense_has_a_named_flaw(
    row: hours_report.HoursReportRow, flaws: list[str], counted: int
) -> None:
    assert (row.flaws, row.counted) == (flaws, counted)
    assert row.double_hours <= row.hours


def test_of_two_reports_in_one_the_last_told_holds() -> None:
    events = [reported("a", "9930", "2026-03-01", "2026-04-01", hours) for hours in (9, 7)]
    row = hours_report.fold([Living(number, event.data, ()) for number, event in enumerate(events)])
    assert (row.hours, row.flaws) == (7, ["told_twice"])
