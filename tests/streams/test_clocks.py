"""How the engine runs clocks, whatever the law says: `test_clock_tables.py` has a table for each clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from schemas import cases as c
from schemas import duties as d
from schemas.clocks import Limit, law, read
from schemas.codes import Law
from schemas.errors import Misconfigured
from schemas.municipality import municipality
from streams.clocked import columns_of, engine_of
from streams.clocks import state
from streams.deadlines import last_day
from streams.folds import case
from streams.folds.days import STILL
from tests.streams.clocking import Ran, flaws, instant, living, local, ran, rows

REPORT = c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12")
OPENED = c.InvestigationOpened()
ENTRY = {
    "id": "X1",
    "name": "Mål",
    "statute": "Eget mål",
    "section": "-",
    "valid_from": date(2026, 1, 1),
    "start": [{"event": "case.report-received"}],
    "stop": [{"event": "case.closed"}],
    "limit": {"days": 1},
}


def test_every_clock_of_the_domain_has_an_entry() -> None:
    assert {clock.id for clock in law()} == {f"LC{number}" for number in range(1, 22)}


def test_no_clock_says_that_a_lawyer_has_confirmed_it() -> None:
    assert not [clock.code for clock in law() if clock.confirmed]


@pytest.mark.parametrize(
    ("limit", "start", "last"),
    [
        (Limit(days=14), date(2026, 2, 20), date(2026, 3, 6)),
        (Limit(days=14), date(2024, 2, 20), date(2024, 3, 5)),
        (Limit(weeks=1), date(2026, 12, 28), date(2027, 1, 4)),
        (Limit(months=4), date(2025, 10, 31), date(2026, 2, 28)),
        (Limit(months=4), date(2023, 10, 31), date(2024, 2, 29)),
        (Limit(months=3), date(2026, 11, 30), date(2027, 2, 28)),
        (Limit(months=6), date(2026, 8, 31), date(2027, 2, 28)),
        (Limit(years=2), date(2024, 2, 29), date(2026, 2, 28)),
        (Limit(years=5, then="end_of_next_year"), date(2026, 3, 1), date(2032, 12, 31)),
        (Limit(then="end_of_quarter"), date(2026, 10, 1), date(2026, 12, 31)),
        (Limit(months=1, then="end_of_quarter"), date(2026, 3, 15), date(2026, 6, 30)),
    ],
)
def test_the_last_day_of_a_limit(limit: Limit, start: date, last: date) -> None:
    assert last_day(limit, start) == last


def test_the_last_day_is_in_time_to_its_last_moment() -> None:
    def at(when: str) -> str:
        assessed = c.PreliminaryAssessed(outcome="no_investigation")
        return ran("LC2", [("2026-03-02 23:59", REPORT), (when, assessed)], "2026-04-01")[0].state

    assert at("2026-03-16 23:59:59.999999") == "in_time"
    assert at("2026-03-17 00:00") == "late"


def test_a_last_day_that_is_no_working_day_is_shown_both_ways() -> None:
    (row,) = [row for row in rows([("2026-06-05 10:00", REPORT)]) if row.clock == "LC2"]
    assert (local(row.law_at)[:10], local(row.shifted_at)[:10]) == ("2026-06-19", "2026-06-22")
    assert row.due_at == row.law_at
    (moved,) = [row for row in rows([("2026-06-05 10:00", REPORT)], shifts=True) if row.clock == "LC2"]
    assert moved.due_at == moved.shifted_at


def test_old_cases_keep_the_old_law() -> None:
    told = [("2025-06-30 23:59", REPORT), ("2025-07-01 00:00", REPORT)]
    assert [row.rule for row in rows(told) if row.clock == "LC2"] == ["2013-01-01", "2025-07-01"]


def test_an_extension_in_time_moves_the_last_day_and_one_too_late_does_not() -> None:
    extended = c.InvestigationExtended(until_on=date(2026, 9, 30))
    in_time = [("2026-03-02 08:00", REPORT), ("2026-03-03 08:00", OPENED), ("2026-07-03 08:00", extended)]
    assert ran("LC3", in_time, "2026-08-01") == [Ran("LC3", "2026-03-03 08:00", "2026-09-30", "extended")]
    late = [*in_time[:2], ("2026-07-04 08:00", extended)]
    assert ran("LC3", late, "2026-08-01") == [Ran("LC3", "2026-03-03 08:00", "2026-07-03", "overdue")]
    assert flaws(late) == {"clock_extended_late"}
    assert flaws(in_time) == set()


def test_a_stop_before_the_first_start_is_a_flaw_and_nobody_was_late() -> None:
    told = [("2026-03-01 08:00", c.SafetyAssessed(protection_needed=False)), ("2026-03-02 08:00", REPORT)]
    assert ran("LC1", told, "2026-05-01")[0].state == "ended"
    assert flaws(told) == {"clock_stopped_before_start"}
    told.append(("2026-03-02 12:00", c.SafetyAssessed(protection_needed=False)))
    assert ran("LC1", told, "2026-05-01")[0].state == "in_time"
    assert flaws(told) == set()


def test_a_service_that_had_begun_and_is_interrupted_runs_until_it_is_carried_out_again() -> None:
    acts: tuple[tuple[Law, str], ...] = (("SoL", "LC6b"), ("LSS", "LC6d"))
    for act, clock in acts:
        told = [
            ("2026-01-02 08:00", c.ApplicationReceived(unit="a", law=act)),
            ("2026-01-10 08:00", c.Decided(outcome="granted", service_follows=True)),
            ("2026-02-01 08:00", c.ServiceStarted()),
            ("2026-03-05 08:00", c.ServiceInterrupted(reason="provider")),
        ]
        assert [(one.clock, one.state) for one in ran("LC6", told, "2026-06-06")][-1] == (clock, "overdue")
        assert flaws(told) == set()
        again = [*told, ("2026-06-01 08:00", c.ServiceStarted())]
        assert ran("LC6", again, "2026-06-06")[-1].state == "in_time"


def test_a_new_decision_runs_although_an_earlier_service_has_begun_and_ended() -> None:
    told = [
        ("2026-01-02 08:00", c.ApplicationReceived(unit="a", law="SoL")),
        ("2026-01-03 08:00", c.ServiceStarted()),
        ("2026-02-01 08:00", c.ServiceEnded()),
        ("2026-03-01 08:00", c.Decided(outcome="granted", service_follows=True)),
    ]
    assert [one.state for one in ran("LC6", told, "2026-06-02")] == ["overdue"]


def test_a_clock_that_ends_with_time_left_was_never_due_and_one_past_its_day_was_late() -> None:
    told = [("2026-03-02 08:00", REPORT)]
    early = [*told, ("2026-03-10 08:00", c.CaseClosed(reason="moved"))]
    assert ran("LC2", early, "2026-05-01")[0].state == "ended"
    late = [*told, ("2026-03-20 08:00", c.CaseClosed(reason="moved"))]
    assert ran("LC2", late, "2026-05-01")[0].state == "late"


def test_a_decision_is_carried_out_by_the_service_of_its_kind_else_the_oldest_first() -> None:
    def decided(kind: str) -> c.Decided:
        return c.Decided(outcome="granted", service_follows=True, service_type=kind)

    told = [
        ("2026-01-02 08:00", c.ApplicationReceived(unit="a", law="SoL")),
        ("2026-01-10 08:00", decided("home_care")),
        ("2026-01-11 08:00", decided("safety_alarm")),
        ("2026-01-20 08:00", c.ServiceStarted(service_type="safety_alarm")),
    ]
    found = {row.about: row.stopped_at for row in rows(told) if row.clock == "LC6a"}
    assert found == {"home_care": STILL, "safety_alarm": instant("2026-01-20 08:00")}
    told[-1] = ("2026-01-20 08:00", c.ServiceStarted())
    found = {row.about: row.stopped_at for row in rows(told) if row.clock == "LC6a"}
    assert found == {"home_care": instant("2026-01-20 08:00"), "safety_alarm": STILL}


def test_a_running_service_hides_no_decision_of_another() -> None:
    def decided(kind: str) -> c.Decided:
        return c.Decided(outcome="granted", service_follows=True, service_type=kind)

    told = [
        ("2026-01-02 08:00", c.ApplicationReceived(unit="a", law="SoL")),
        ("2026-01-10 08:00", decided("home_care")),
        ("2026-01-20 08:00", c.ServiceStarted()),
        ("2026-02-10 08:00", decided("home_care")),
        ("2026-02-11 08:00", decided("safety_alarm")),
    ]
    assert [row.about for row in rows(told) if row.clock == "LC6a"] == ["home_care", "safety_alarm"]


def test_months_of_support_count_only_in_a_row() -> None:
    def support(*months: int) -> list[tuple[str, d.SupportGranted]]:
        return [
            (f"2026-{month:02}-05 08:00", d.SupportGranted(month=date(2026, month, 1))) for month in months
        ]

    broken = [*support(10, 11), ("2027-01-05 08:00", d.SupportGranted(month=date(2027, 1, 1)))]
    assert [each.state for each in ran("LC19", broken, "2027-06-01")] == ["ended", "ended"]
    row = [*support(8, 9, 10, 11, 12), ("2027-01-05 08:00", d.SupportGranted(month=date(2027, 1, 1)))]
    assert ran("LC19", row, "2027-01-20") == [Ran("LC19", "2026-10-01 00:00", "2027-01-01", "overdue")]


def test_the_state_of_a_clock_is_that_of_the_instant_asked_for() -> None:
    told = [("2026-03-02 08:00", REPORT), ("2026-03-20 08:00", c.PreliminaryAssessed(outcome="joined"))]
    (row,) = [row for row in rows(told) if row.clock == "LC2"]
    states = [state(row, instant(day)) for day in ("2026-03-10", "2026-03-18", "2026-03-21")]
    assert states == ["running", "overdue", "late"]


def test_the_unit_is_the_one_that_had_the_case_when_the_clock_fell_due() -> None:
    told = [
        ("2026-03-02 08:00", REPORT),
        ("2026-03-10 08:00", c.CaseTransferred(to_unit="vuxen")),
        ("2026-03-25 08:00", c.CaseTransferred(to_unit="lss")),
    ]
    facts = living(told)
    columns, _ = columns_of("0780", facts, case.fold(facts))
    assert dict(zip(columns[0], columns[2], strict=True)) == {"LC1": "barn-unga", "LC2": "vuxen"}


def test_foreign_data_has_no_swedish_clocks_and_a_case_closed_before_it_opened_none() -> None:
    assert engine_of("9901").run(living([("2026-03-02 08:00", REPORT)]))[0] == []
    facts = living([("2026-03-01 08:00", c.CaseClosed()), ("2026-03-02 08:00", REPORT)])
    assert columns_of("0780", facts, case.fold(facts)) == ([[]] * 12, [])


def test_a_target_of_its_own_has_the_same_form_and_may_lie_in_a_field() -> None:
    own = read("x.toml", [{
        "id": "SM1", "name": "Måltid", "statute": "Eget mål", "section": "-", "valid_from": date(2015, 1, 1),
        "start": [{"event": "case.report-received"}], "stop": [{"event": "case.closed"}],
        "limit": {"field": "target_at"},
    }])  # fmt: skip
    target = c.ReportReceived(unit="a", target_at=datetime(2026, 3, 5, tzinfo=UTC))
    told = [("2026-03-02 08:00", target), ("2026-03-05 01:00", c.CaseClosed())]
    assert [state(row, STILL - 1) for row in rows(told, own)] == ["in_time"]
    no_target = rows([("2026-03-02 08:00", c.ReportReceived(unit="a"))], own)
    assert [(row.due_at, state(row, instant("2030-01-01"))) for row in no_target] == [(STILL, "running")]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"start": [{"event": "case.opened"}]}, "no event is called case.opened"),
        ({"start": [{"event": "placement.started"}]}, "placement.started is no event of a case"),
        ({"stop": [{"event": "case.closed", "where": {"colour": ["red"]}}]}, "has a field colour"),
        ({"stop": [{"event": "case.closed", "at": "until_on"}]}, "case.closed has no field until_on"),
        ({"limit": {}}, "limit is empty"),
        ({"name": " "}, "name is empty"),
        ({"extend": [{"event": "case.investigation-extended"}]}, "extend and until belong together"),
        ({"days": 14}, "days"),
    ],
)
def test_an_entry_with_a_fault_is_refused_by_name(change: dict[str, object], fault: str) -> None:
    assert read("x.toml", [ENTRY])
    with pytest.raises(Misconfigured, match=fault):
        read("x.toml", [ENTRY | change])


def test_two_entries_of_one_clock_may_not_hold_on_the_same_day() -> None:
    with pytest.raises(Misconfigured, match="overlap"):
        read("x.toml", [ENTRY, ENTRY | {"valid_from": date(2026, 6, 1)}])
    assert read(
        "x.toml", [ENTRY | {"valid_until": date(2026, 6, 1)}, ENTRY | {"valid_from": date(2026, 6, 1)}]
    )


def test_a_municipality_chooses_whether_last_days_move() -> None:
    assert not municipality("9999").weekend_shift
    assert replace(municipality("9999"), weekend_shift=True).weekend_shift
