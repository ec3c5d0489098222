"""The hub's own fold against the answer key: the same events, twice and in any order, give its figures."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from random import Random

import pytest

from producers.synthetic.answer_key import AnswerKey, answer_key
from producers.synthetic.generator import history
from producers.synthetic.workdays import DAY, start_of
from streams.folds.case import CaseRow, fold
from streams.history import History, micros

NOW = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
FIRST = start_of(date(2024, 11, 22))
SIZE = 0.02
VARIANTS = {"a": "application_to_decision", "b": "investigation", "c": "first_contact_to_decision"}


@pytest.fixture(scope="module")
def key() -> AnswerKey:
    return answer_key(7, NOW, SIZE)


@pytest.fixture(scope="module")
def rows() -> list[CaseRow]:
    events = [e for e in history(7, NOW, SIZE) if "/case/" in e.subject] * 2
    Random(1).shuffle(events)
    histories: dict[str, History] = {}
    for event in events:
        histories.setdefault(event.subject, History([])).hear(event, micros(event.recordedtime))
    return [fold(history.living()[0]) for history in histories.values()]


def test_the_hubs_balance_is_the_keys_on_every_day(key: AnswerKey, rows: list[CaseRow]) -> None:
    for n in range((NOW - FIRST).days):
        at = FIRST + n * DAY
        open_now = Counter(
            (unit, stage, "true" if handler else "false", row.law, row.case_type, row.sex, row.age_band)
            for row in rows
            for since, until, unit, stage, handler in zip(
                row.spells__from, row.spells__until, row.spells__unit, row.spells__stage,
                row.spells__handler_known, strict=True)
            if since <= micros(at) < until
        )  # fmt: skip
        by = ("unit", "stage", "handler_known", "law", "case_type", "sex", "age_band")
        assert open_now == key.balance(at, by)


def test_the_hubs_flows_are_the_keys(key: AnswerKey, rows: list[CaseRow]) -> None:
    first, last = micros(FIRST), micros(NOW)
    opened = [o for r in rows for o in zip(r.openings__at, r.openings__unit, r.openings__kind, strict=True)]
    closed = [c for r in rows for c in zip(r.closings__at, r.closings__unit, r.closings__reason, strict=True)]
    moved = [
        t
        for r in rows
        for t in zip(r.transfers__at, r.transfers__from_unit, r.transfers__to_unit, strict=True)
    ]
    for mine, theirs in ((opened, key.inflow(FIRST, NOW)), (closed, key.outflow(FIRST, NOW)),
                         (moved, key.transfers(FIRST, NOW))):  # fmt: skip
        assert Counter((unit, what) for at, unit, what in mine if first <= at < last) == theirs


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_hubs_handling_times_are_the_keys(variant: str, key: AnswerKey, rows: list[CaseRow]) -> None:
    ended = sorted(
        (until - since) / 86_400_000_000
        for row in rows
        for name, since, until in zip(
            row.handlings__variant, row.handlings__from, row.handlings__until, strict=True
        )
        if name == VARIANTS[variant] and micros(FIRST) <= until < micros(NOW)
    )
    assert {(): ended} == key.handling_times(variant, FIRST, NOW, ())
