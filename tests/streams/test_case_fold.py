from __future__ import annotations

from datetime import datetime

import pytest

from schemas import cases as c
from schemas.codes import PreliminaryOutcome
from schemas.envelope import Fact
from streams.folds.case import CaseRow, fold
from streams.folds.days import STILL
from streams.history import Living, micros
from tests.telling import at

PERSON = c.EXAMPLE_PERSON
OPENERS = [c.ReportReceived(unit="a"), c.ApplicationReceived(unit="a"), c.CaseRegistered(unit="a")]


def folded(*told: tuple[float, Fact]) -> CaseRow:
    return fold([Living(micros(at(day)), fact, ()) for day, fact in told])


def spells(row: CaseRow) -> list[tuple[float, float | None, str, str, int]]:
    def day(instant: int) -> float:
        return (instant - micros(at())) / 86_400_000_000

    return [
        (day(since), None if until == STILL else day(until), unit, stage, known)
        for since, until, unit, stage, known in zip(
            row.spells__from,
            row.spells__until,
            row.spells__unit,
            row.spells__stage,
            row.spells__handler_known,
            strict=True,
        )
    ]


@pytest.mark.parametrize(
    ("fact", "kind"), list(zip(OPENERS, ["report", "application", "own_initiative"], strict=True))
)
def test_an_opening_event_opens_the_case_in_intake(fact: Fact, kind: str) -> None:
    row = folded((0, fact))
    assert spells(row) == [(0, None, "a", "intake", 0)]
    assert row.openings__kind == [kind]
    assert row.flaws == []


def test_a_second_report_on_an_open_case_changes_nothing() -> None:
    row = folded((0, c.ReportReceived(unit="a")), (3, c.ReportReceived(unit="b")))
    assert spells(row) == [(0, None, "a", "intake", 0)]
    assert len(row.openings__at) == 1


@pytest.mark.parametrize(
    ("fact", "stage"),
    [
        (c.SafetyAssessed(protection_needed=True), "intake"),
        (c.PreliminaryAssessed(outcome="investigate"), "intake"),
        (c.InvestigationOpened(), "investigation"),
        (c.InvestigationExtended(until_on=datetime(2026, 9, 1).date()), "investigation"),
        (c.InvestigationClosed(), "decision"),
        (c.Decided(outcome="granted", service_follows=True), "service"),
        (c.Decided(outcome="partly_granted", service_follows=True), "service"),
        (c.Decided(outcome="granted"), "decision"),
        (c.Decided(outcome="refused"), "decision"),
        (c.Decided(outcome="refused", service_follows=True), "decision"),
        (c.ServiceStarted(), "service"),
        (c.ServiceInterrupted(), "service"),
        (c.ServiceEnded(), "follow_up"),
        (c.FollowedUp(), "intake"),
        (c.Considered(), "intake"),
        (c.PlanMade(), "intake"),
        (c.PlanRevised(), "intake"),
    ],
)
def test_each_event_leads_to_the_stage_of_the_table(fact: Fact, stage: str) -> None:
    row = folded((0, c.ReportReceived(unit="a")), (1, fact))
    assert row.spells__stage[-1] == stage
    assert row.spells__until[-1] == STILL
    assert row.flaws == []


@pytest.mark.parametrize("outcome", ["no_investigation", "joined"])
def test_a_preliminary_assessment_without_investigation_closes_the_case(
    outcome: PreliminaryOutcome,
) -> None:
    row = folded((0, c.ReportReceived(unit="a")), (5, c.PreliminaryAssessed(outcome=outcome)))
    assert spells(row) == [(0, 5, "a", "intake", 0)]
    assert row.closings__reason == [outcome]
    assert row.closed_at == micros(at(5))


def test_an_assignment_makes_the_handler_known_and_a_transfer_keeps_it() -> None:
    row = folded(
        (0, c.ReportReceived(unit="a")),
        (1, c.CaseAssigned(handler=PERSON)),
        (2, c.CaseTransferred(to_unit="b")),
    )
    assert spells(row) == [(0, 1, "a", "intake", 0), (1, 2, "a", "intake", 1), (2, None, "b", "intake", 1)]
    assert row.handler_seen == 1


def test_a_transfer_is_neither_inflow_nor_outflow() -> None:
    row = folded((0, c.ReportReceived(unit="a")), (2, c.CaseTransferred(from_unit="a", to_unit="b")))
    assert (row.transfers__from_unit, row.transfers__to_unit) == (["a"], ["b"])
    assert len(row.openings__at) == 1
    assert row.closings__at == []


def test_a_transfer_out_of_another_unit_is_a_flaw_and_still_followed() -> None:
    row = folded((0, c.ReportReceived(unit="a")), (2, c.CaseTransferred(from_unit="x", to_unit="b")))
    assert row.flaws == ["transfer_from_other_unit"]
    assert row.spells__unit == ["a", "b"]


def test_a_reopened_case_is_inflow_of_its_own_kind_and_the_gap_is_no_spell() -> None:
    row = folded(
        (0, c.ReportReceived(unit="a")),
        (1, c.CaseAssigned(handler=PERSON)),
        (4, c.CaseClosed()),
        (9, c.CaseReopened()),
    )
    assert spells(row) == [(0, 1, "a", "intake", 0), (1, 4, "a", "intake", 1), (9, None, "a", "intake", 0)]
    assert row.openings__kind == ["report", "reopened"]
    assert row.closed_at is None


def test_an_event_on_a_case_never_opened_opens_it_with_a_flaw() -> None:
    row = folded((3, c.Decided(outcome="granted", unit="b")))
    assert spells(row) == [(3, None, "b", "decision", 0)]
    assert row.flaws == ["opened_implicitly"]
    assert row.openings__kind == ["implicit"]


def test_an_event_after_the_closing_leaves_it_closed_with_a_flaw() -> None:
    row = folded((0, c.ReportReceived(unit="a")), (2, c.CaseClosed()), (3, c.Decided(outcome="granted")))
    assert spells(row) == [(0, 2, "a", "intake", 0)]
    assert row.flaws == ["event_after_close"]


def test_closed_before_opened_is_in_no_balance_and_no_duration() -> None:
    row = folded((0, c.CaseClosed()), (2, c.ReportReceived(unit="a")))
    assert row.flaws == ["closed_before_opened"]
    assert (row.spells__from, row.openings__at, row.closings__at, row.handlings__from) == ([], [], [], [])
    assert row.opened_at == micros(at(2))


def test_opened_and_closed_in_the_same_second_counts_as_zero_days() -> None:
    row = folded((0, c.ReportReceived(unit="a")), (0, c.CaseClosed()))
    assert row.spells__from == []
    assert row.closings__at == row.closings__opened_at == [micros(at())]
    assert row.handlings__variant == ["lead_time"]


def test_reopened_while_open_is_a_flaw_that_opens_nothing() -> None:
    row = folded((0, c.ReportReceived(unit="a")), (1, c.CaseReopened()))
    assert row.flaws == ["reopened_while_open"]
    assert row.reopenings == 1
    assert len(row.openings__at) == 1


def test_handling_times_are_kept_by_variant() -> None:
    row = folded(
        (0, c.ApplicationReceived(unit="a", case_type="financial_support")),
        (1, c.InvestigationOpened()),
        (8, c.InvestigationClosed()),
        (10, c.Decided(outcome="granted")),
        (12, c.CaseClosed()),
    )
    days = {
        variant: (until - since) / 86_400_000_000
        for variant, since, until in zip(
            row.handlings__variant, row.handlings__from, row.handlings__until, strict=True
        )
    }
    assert days == {
        "investigation": 7,
        "application_to_decision": 10,
        "first_contact_to_decision": 10,
        "lead_time": 12,
    }


def test_spells_of_a_case_are_contiguous_and_half_open_while_it_is_open() -> None:
    row = folded(
        (0, c.ReportReceived(unit="a")),
        (1, c.InvestigationOpened()),
        (2, c.CaseTransferred(to_unit="b")),
        (3, c.Decided(outcome="granted", service_follows=True)),
        (7, c.ServiceEnded()),
        (9, c.CaseClosed()),
    )
    assert row.spells__from[1:] == row.spells__until[:-1]
    assert (row.spells__from[0], row.spells__until[-1]) == (micros(at(0)), micros(at(9)))


def test_no_facts_give_an_empty_row() -> None:
    row = folded()
    assert (row.events, row.spells__from, row.opened_at) == (0, [], None)
