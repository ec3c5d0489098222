"""The answer key against a separate fold of the same events, arithmetic, and lives made by hand."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from producers.synthetic import model, steps
from producers.synthetic.answer_case import CaseAnswer
from producers.synthetic.answer_key import AnswerKey, answer_key
from producers.synthetic.generator import history
from producers.synthetic.registering import Step, Version
from producers.synthetic.workdays import DAY, start_of
from schemas import cases as c
from schemas.codec import encode
from tests.producers_synthetic.reference import Case, balance, cases

NOW = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
FIRST = date(2024, 11, 22)
SIZE = 0.02
EVERYTHING = ("unit", "stage", "handler_known", "law", "case_type")
UNITS = tuple(model.FTE)


@pytest.fixture(scope="module")
def key() -> AnswerKey:
    return answer_key(7, NOW, SIZE)


@pytest.fixture(scope="module")
def folded() -> list[Case]:
    return cases(encode(e) for e in history(7, NOW, SIZE))


def days(first: date, until: date) -> list[date]:
    return [first + n * DAY for n in range((until - first).days)]


def test_every_days_balance_is_that_of_a_separate_fold(key: AnswerKey, folded: list[Case]) -> None:
    wrong = [d for d in days(FIRST, NOW.date()) if key.balance(d, EVERYTHING) != balance(folded, start_of(d))]
    assert wrong == []
    assert key.balance(NOW, EVERYTHING) == balance(folded, NOW)
    assert sum(key.balance(NOW).values()) > 2000 * SIZE


def test_flows_and_flaws_are_those_of_a_separate_fold(key: AnswerKey, folded: list[Case]) -> None:
    since = start_of(FIRST)
    for mine, theirs in (
        (key.inflow(since, NOW), [move for case in folded for move in case.ins]),
        (key.outflow(since, NOW), [move for case in folded for move in case.outs]),
        (key.transfers(since, NOW), [move for case in folded for move in case.moves]),
    ):
        assert mine == Counter((unit, what) for at, unit, what in theirs if since <= at < NOW)
    assert key.flaws() == Counter(flaw for case in folded for flaw in case.flaws)
    assert key.void_cases() == sum(case.void for case in folded) > 0
    assert key.cases() == len(folded)


def test_ages_are_those_of_a_separate_fold(key: AnswerKey, folded: list[Case]) -> None:
    ages = sorted((NOW - spell[5]) / DAY for case in folded for spell in case.spells if spell[1] is None)
    assert key.ages(NOW, ()) == {(): ages}


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_known_earlier_is_that_of_a_separate_fold(seed: int) -> None:
    """At moments when late facts, corrections and retractions were still to come."""
    for until in (NOW - timedelta(days=200, hours=3), NOW + timedelta(hours=40)):
        key = answer_key(seed, until, 0.01, anchor=NOW)
        folded = cases(encode(e) for e in history(seed, until, 0.01, anchor=NOW))
        for at in (until, until - timedelta(days=2), until - timedelta(days=9)):
            assert key.balance(at, EVERYTHING) == balance(folded, at)
        assert key.flaws() == Counter(flaw for case in folded for flaw in case.flaws)


def test_balance_is_the_balance_before_plus_in_minus_out_plus_transfers(key: AnswerKey) -> None:
    for day in days(date(2026, 3, 10), date(2026, 4, 12)):
        after = day + DAY
        before, now = key.balance(day), key.balance(after)
        ins, outs = key.inflow(day, after, ("unit",)), key.outflow(day, after, ("unit",))
        moves = key.transfers(day, after)
        for unit in UNITS:
            net = ins.get((unit,), 0) - outs.get((unit,), 0)
            net += sum(n for (a, b), n in moves.items() if b == unit) - sum(
                n for (a, b), n in moves.items() if a == unit
            )
            assert now.get((unit,), 0) == before.get((unit,), 0) + net


def test_every_deliberate_flaw_occurs_and_no_other() -> None:
    assert set(answer_key(7, NOW, 0.05).flaws()) == {
        "closed_before_opened", "opened_implicitly", "event_after_close", "ambiguous_time",
        "conflicting_versions",
    }  # fmt: skip


def test_fte_is_known_for_every_unit_and_never_older_than_a_week(key: AnswerKey) -> None:
    for day in days(FIRST, NOW.date()):
        assert set(key.fte(day)) == {(unit,) for unit in UNITS}
    assert sum(key.fte(date(2025, 7, 15)).values()) < 0.85 * sum(key.fte(date(2025, 5, 15)).values())


# Lives made by hand.

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
OPENING = c.ApplicationReceived(unit="vuxen", case_type="financial_support", law="SoL")


def version(day: float, name: str, recorded: float | None = None, **changes: object) -> Version:
    at = MORNING + day * DAY
    if name == "application":
        fact: object = OPENING
        effect = steps.opening_effect(name, "vuxen")
    elif name == "assigned":
        fact, effect = steps.assigned("m9." + "A" * 43)
    elif name == "transferred":
        fact, effect = steps.transferred("vuxen", "lss")
    elif name == "reopened":
        fact, effect = steps.reopened(None)
    else:
        fact, effect = steps.STEPS[name].say(None, at.date()), steps.STEPS[name].effect  # type: ignore[arg-type]
    told = at if recorded is None else MORNING + recorded * DAY
    return Version(at, told, fact, effect)._replace(**changes)  # type: ignore[arg-type]


def answer(*versions: Version | list[Version], known: float = 1000) -> CaseAnswer:
    told = [Step("step", v if isinstance(v, list) else [v]) for v in versions]
    return CaseAnswer(told, MORNING + known * DAY)


def stays(case: CaseAnswer) -> list[tuple[float, float | None, str, str, bool]]:
    return [
        (
            (s.since - MORNING) / DAY,
            (s.until - MORNING) / DAY if s.until else None,
            s.unit,
            s.stage,
            s.handler_known,
        )
        for s in case.stays
    ]


def test_a_plain_case_stays_in_one_stage_after_the_other_until_it_is_closed() -> None:
    before = [version(0, "application"), version(1, "assigned"), version(2, "open_investigation")]
    after = [version(10, "close_investigation"), version(11, "refuse"), version(12, "close_no_service")]
    case = answer(*before, *after)
    assert stays(case) == [
        (0, 1, "vuxen", "intake", False),
        (1, 2, "vuxen", "intake", True),
        (2, 10, "vuxen", "investigation", True),
        (10, 12, "vuxen", "decision", True),
    ]
    assert [(h.variant, (h.until - h.since) / DAY) for h in case.handlings] == [
        ("b", 8),
        ("a", 11),
        ("c", 11),
    ]
    assert [(m.unit, m.what) for m in case.inflow + case.outflow] == [
        ("vuxen", "application"),
        ("vuxen", "no_service"),
    ]
    assert not case.flaws


def test_a_transfer_is_neither_inflow_nor_outflow() -> None:
    case = answer(version(0, "application"), version(3, "transferred"), version(5, "close_done"))
    assert [s[:3] for s in stays(case)] == [(0, 3, "vuxen"), (3, 5, "lss")]
    assert (len(case.inflow), len(case.outflow), case.outflow[0].unit) == (1, 1, "lss")
    assert [(m.unit, m.what) for m in case.transfers] == [("vuxen", "lss")]


def test_a_reopened_case_is_in_intake_without_a_handler_and_the_gap_is_no_stay() -> None:
    case = answer(
        version(0, "application"),
        version(1, "assigned"),
        version(5, "no_investigation"),
        version(9, "reopened"),
    )
    assert stays(case)[-2:] == [(1, 5, "vuxen", "intake", True), (9, None, "vuxen", "intake", False)]
    assert [m.what for m in case.inflow + case.outflow] == ["application", "reopened", "no_investigation"]


def test_a_correction_replaces_from_the_moment_it_was_recorded() -> None:
    wrong, right = (
        version(4, "close_done", reason=None),
        version(7, "close_done", recorded=8, reason="wrong_time"),
    )
    before = answer(version(0, "application"), [wrong, right], known=6)
    after = answer(version(0, "application"), [wrong, right], known=8)
    assert (stays(before)[-1][1], stays(after)[-1][1]) == (4, 7)


def test_a_retracted_closing_leaves_the_case_open() -> None:
    closed = version(4, "close_done")
    undone = closed._replace(recorded=MORNING + 5 * DAY, retracted=True)
    assert stays(answer(version(0, "application"), [closed, undone], known=4))[-1][1] == 4
    assert stays(answer(version(0, "application"), [closed, undone], known=5))[-1][1] is None


def test_a_case_whose_every_fact_is_retracted_is_void() -> None:
    opened = version(0, "application")
    undone = opened._replace(recorded=MORNING + 2 * DAY, retracted=True)
    case = answer([opened, undone])
    assert (case.void, case.told, case.stays, case.inflow) == (True, True, [], [])
    assert not answer([opened, undone], known=1).void
    assert not answer([opened, undone], known=-1).told


def test_a_fact_that_is_not_recorded_yet_is_not_known() -> None:
    late = version(4, "close_done", recorded=9)
    assert stays(answer(version(0, "application"), late, known=8))[-1][1] is None
    assert stays(answer(version(0, "application"), late, known=9))[-1][1] == 4


def test_flawed_lives_carry_their_flaw() -> None:
    early = answer(version(3, "application"), version(1, "close_done"))
    assert (early.flaws, early.stays, early.inflow, early.outflow) == ({"closed_before_opened"}, [], [], [])
    after = answer(version(0, "application"), version(3, "close_done"), version(5, "follow_up"))
    assert (after.flaws, stays(after)[-1][1]) == ({"event_after_close"}, 3)
    implicit = answer(version(0, "start_service"), version(3, "close_done"))
    assert (implicit.flaws, [m.what for m in implicit.inflow]) == ({"opened_implicitly"}, ["implicit"])
    assert stays(implicit) == [(0, 3, "unknown", "service", False)]
