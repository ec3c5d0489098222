"""Every time that the law sets, and Mittköping's own: the real warehouse equals the answer key row by row,
also when all is sent twice in another order.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from producers.synthetic.care.generator import care_history
from producers.synthetic.care.known import CareKey
from producers.synthetic.clock_key import clock_key
from producers.synthetic.clock_others import assistance_clocks, placement_clocks
from producers.synthetic.generator import Town, history
from producers.synthetic.journey_key import journey_key
from producers.synthetic.placement_answer import placement_key
from producers.synthetic.placement_generator import placement_history
from schemas.clocks import law
from tests.integration.clock_questions import QUESTIONS as TIMES
from tests.integration.clocks_told import differences
from tests.integration.journey_questions import QUESTIONS as JOURNEYS
from tests.integration.test_mittkoping import send
from warehouse.client import Warehouse
from warehouse.contracts import load

pytestmark = pytest.mark.slow

SEED, SIZE = 5, 0.03
UNTIL = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def test_every_time_that_the_law_sets_equals_the_answer_key(warehouse: Warehouse) -> None:
    town, key = Town(SEED, SIZE, UNTIL), clock_key(SEED, UNTIL, SIZE)
    events = [
        *history(SEED, UNTIL, SIZE),
        *(e for e in placement_history(SEED, UNTIL, SIZE) if e.data.KIND == "placement"),
        *(e for e in care_history(SEED, UNTIL, SIZE) if e.data.KIND == "assistance"),
    ]
    others = [
        *placement_clocks(placement_key(SEED, UNTIL, TODAY, SIZE)),
        *assistance_clocks(CareKey(town, UNTIL, TODAY)),
        *key.reports,
    ]
    send(warehouse, events)
    assert differences(warehouse, key.cases, others) == []
    again = events + events
    random.Random(2).shuffle(again)
    send(warehouse, again)
    assert differences(warehouse, key.cases, others) == []
    assert {row.clock for row in others} == {"LC7", "LC9", "LC17", "LC18", "LC21"}
    assert Counter(row.clock for row in key.cases).keys() >= {
        clock.code for clock in law() if clock.kind == "case" and clock.id not in ("LC10", "LC13", "LC14")
    }, "those left out are a few a year"


def test_what_times_and_journeys_come_to_equals_the_answer_key(warehouse: Warehouse) -> None:
    size = 0.06
    send(warehouse, list(history(SEED, UNTIL, size)))
    for key, asked in ((clock_key(SEED, UNTIL, size), TIMES), (journey_key(SEED, UNTIL, size), JOURNEYS)):
        told = [each for each in asked if each.metric in load()]
        assert [one for each in told for one in each.differences(warehouse, key)] == []
        assert [each.metric for each in told if each.is_silent(key)] == []
