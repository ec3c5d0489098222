"""Mittköping through the real warehouse equals its answer key on every day, also when all is sent twice in
another order.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import mean, median

import pytest

from producers.synthetic.answer_key import AnswerKey, answer_key
from producers.synthetic.clock_key import clock_key
from producers.synthetic.generator import history
from schemas.calendar import days, midnight
from schemas.envelope import Event
from schemas.municipality import municipality
from streams.batch import Batch, decode_all
from streams.memory import Memory
from tests.telling import messages
from warehouse.client import Warehouse
from warehouse.contracts import contract
from warehouse.figures import as_things_stand, at_instants, in_period

pytestmark = pytest.mark.slow

SEED, SIZE = 11, 0.02
MONTHLY = 30
UNTIL = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ZONE = municipality("9999").zone


def send(warehouse: Warehouse, events: Sequence[Event]) -> None:
    with ThreadPoolExecutor(2) as pool:
        batch = Batch(warehouse, Memory(3_000), pool)
        batch.learn_archive()
        for start in range(0, len(events), 4_000):
            now = datetime.now(UTC)
            told = [
                message for event in events[start : start + 4_000] for message in messages([event], start)
            ]
            outcome = batch.apply(decode_all(told, now), now)
            assert outcome.refused == []


def assert_equals_key(warehouse: Warehouse, key: AnswerKey, of_clocks: Counter[str]) -> None:
    last = UNTIL.astimezone(ZONE).date()
    instants = [midnight(day, ZONE) for day in days(last - timedelta(days=725), last + timedelta(days=1))]
    for by in (("unit",), ("unit", "stage"), ("law", "case_type")):
        rows = at_instants(warehouse, contract("caseload_balance"), "9999", instants, by)
        counted: Counter[tuple[object, ...]] = Counter()
        for row in rows:
            counted[row.at, tuple(row.dimensions.values())] = int(row.value or 0)
        wanted = Counter(
            {(at, cell): count for at in instants for cell, count in key.balance(at, by).items() if count}
        )
        assert counted == wanted
    span = (instants[0], instants[-1])
    for name, by, wanted_flow in (
        ("inflow", ("unit", "kind"), key.inflow(*span)), ("outflow", ("unit", "reason"), key.outflow(*span)),
        ("transfers", ("from_unit", "to_unit"), dict(key.transfers(*span))),
    ):  # fmt: skip
        flow = {
            tuple(row.dimensions.values()): row.value
            for row in in_period(warehouse, contract(name), "9999", span, by)
        }
        assert flow == {cell: count for cell, count in wanted_flow.items() if count}, name
    flaws = as_things_stand(warehouse, contract("flawed_cases"), "9999", ("flaw",))
    assert {row.dimensions["flaw"]: row.value for row in flaws} == dict(key.flaws() + of_clocks)
    (void,) = warehouse.rows("SELECT count() AS cases FROM cases FINAL WHERE void = 1")
    assert void["cases"] == key.void_cases()
    assert_handling_times(warehouse, key, span)
    assert_unassigned(warehouse, key, instants)
    assert_ages(warehouse, key, instants[::MONTHLY])
    assert_cases_per_fte(warehouse, key, instants[::MONTHLY])
    assert_net_flow(warehouse, key, [at for at in instants if at.astimezone(ZONE).weekday() == 0])


def assert_unassigned(warehouse: Warehouse, key: AnswerKey, instants: list[datetime]) -> None:
    """C1b on every day, by unit."""
    rows = at_instants(warehouse, contract("unassigned_cases"), "9999", instants, ("unit",))
    told = {(row.at, row.dimensions["unit"]): row.value for row in rows}
    wanted = {(at, unit): count for at in instants for (unit,), count in key.unassigned(at).items()}
    assert told == wanted
    assert len(wanted) > len(instants)


def assert_ages(warehouse: Warehouse, key: AnswerKey, instants: list[datetime]) -> None:
    """C4: mean, median, 90th percentile and the bands, by unit."""
    ages: dict[tuple[datetime | None, str], list[float]]
    ages = {(at, unit): days for at in instants for (unit,), days in key.ages(at).items()}
    assert len(ages) > len(instants)
    rows = at_instants(warehouse, contract("open_case_age"), "9999", instants, ("unit", "statistic"))
    for name, statistic in (("mean", mean), ("median", median), ("p90", p90)):
        told = {
            (r.at, r.dimensions["unit"]): (r.value, r.n) for r in rows if r.dimensions["statistic"] == name
        }
        assert told.keys() == ages.keys()
        for cell, (value, n) in told.items():
            assert value == pytest.approx(statistic(ages[cell]), abs=1e-6)
            assert n == len(ages[cell])
    banded = at_instants(warehouse, contract("open_cases_by_age"), "9999", instants, ("unit", "age_days"))
    assert {(row.at, *row.dimensions.values()): row.value for row in banded} == Counter(
        (at, unit, band_of(age)) for (at, unit), days in ages.items() for age in days
    )


def p90(days: list[float]) -> float:
    """By linear interpolation between the two nearest."""
    place = 0.9 * (len(days) - 1)
    low = int(place)
    return days[low] + (days[min(low + 1, len(days) - 1)] - days[low]) * (place - low)


def band_of(age: float) -> str:
    """The band of whole days."""
    bands = ((14, "0-14"), (30, "15-30"), (60, "31-60"), (120, "61-120"))
    return next((name for last, name in bands if int(age) <= last), "over-120")


def assert_cases_per_fte(warehouse: Warehouse, key: AnswerKey, instants: list[datetime]) -> None:
    """C5 by unit."""
    rows = at_instants(warehouse, contract("cases_per_fte"), "9999", instants, ("unit",))
    told = {(row.at, row.dimensions["unit"]): (row.value, row.n) for row in rows}
    wanted: dict[tuple[datetime | None, str], tuple[float | None, int]] = {}
    for at in instants:
        balance = key.balance(at)
        for (unit,), fte in key.fte(at).items():
            open_cases = balance.get((unit,), 0)
            wanted[at, unit] = open_cases / fte, open_cases
    assert told == wanted
    assert len(wanted) == len(instants) * len(municipality("9999").units)


def assert_net_flow(warehouse: Warehouse, key: AnswerKey, mondays: list[datetime]) -> None:
    """C6 in every whole week, by unit."""
    span = (mondays[0], mondays[-1])
    rows = in_period(warehouse, contract("net_flow"), "9999", span, ("unit", "week"))
    told = {(row.dimensions["week"], row.dimensions["unit"]): row.value for row in rows}
    wanted: Counter[tuple[str, str]] = Counter()
    for since, until in pairwise(mondays):
        week = since.astimezone(ZONE).date().isoformat()
        for (unit,), count in key.inflow(since, until, ("unit",)).items():
            wanted[week, unit] += count
        for (unit,), count in key.outflow(since, until, ("unit",)).items():
            wanted[week, unit] -= count
    assert told == wanted
    assert len(told) > len(mondays)


def assert_handling_times(warehouse: Warehouse, key: AnswerKey, span: tuple[datetime, datetime]) -> None:
    names = {"application_to_decision": "a", "investigation": "b", "first_contact_to_decision": "c"}
    rows = in_period(warehouse, contract("handling_time"), "9999", span, ("unit", "variant"))
    for name, variant in names.items():
        told = {(r.dimensions["unit"],): (r.value, r.n) for r in rows if r.dimensions["variant"] == name}
        wanted = {
            cell: (median(found), len(found)) for cell, found in key.handling_times(variant, *span).items()
        }
        assert told.keys() == wanted.keys()
        for cell, (value, n) in told.items():
            assert value == pytest.approx(wanted[cell][0], abs=1e-9)
            assert n == wanted[cell][1]


def test_mittkoping_equals_its_answer_key_on_every_day_also_sent_again_in_another_order(
    warehouse: Warehouse,
) -> None:
    key, of_clocks = answer_key(SEED, UNTIL, SIZE), clock_key(SEED, UNTIL, SIZE).flaws
    events = list(history(SEED, UNTIL, SIZE))
    send(warehouse, events)
    assert_equals_key(warehouse, key, of_clocks)
    again = events + events
    random.Random(1).shuffle(again)
    send(warehouse, again)
    assert_equals_key(warehouse, key, of_clocks)
    warehouse.command("TRUNCATE TABLE events")
    warehouse.command("TRUNCATE TABLE confirmations")
    warehouse.command("TRUNCATE TABLE cases")
    send(warehouse, again)
    assert_equals_key(warehouse, key, of_clocks)
    residual = at_instants(warehouse, contract("balance_residual"), "9999", [UNTIL - timedelta(days=30)])
    assert [row.value for row in residual] == [0]
