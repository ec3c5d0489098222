"""Runs the suites of one municipality through real queries and says what held. Counts only, never a value."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Final

import pandas as pd
import pyarrow as pa

from expectations import assistance, cases, devices, hours, placements
from expectations.judgement import Judgement
from expectations.library import ExpectationValidationResult, FailureSeverity, validate
from expectations.suite import Suite
from schemas.errors import Misconfigured
from schemas.municipality import municipality
from warehouse.client import Warehouse

SUBJECTS: Final = (
    cases.suites, placements.suites, hours.suites, assistance.suites, devices.suites,
)  # fmt: skip
PATIENCE_S: Final = 5.0  # a batch that is being written is whole by then
_RESULTS: Final = pa.schema(
    [("judged_at", pa.timestamp("us", tz="UTC")), ("municipality", pa.string()), ("suite", pa.string()),
     ("expectation", pa.string()), ("severity", pa.string()), ("holds", pa.uint8()), ("checked", pa.uint64()),
     ("broken", pa.uint64())]
)  # fmt: skip


def judge(warehouse: Warehouse, code: str, now: datetime, patience_s: float | None = None) -> list[Judgement]:
    """Every expectation of one municipality.

    What fails is asked again after a while: a batch under way writes archive and rows one after the other.
    """
    wait_s = PATIENCE_S if patience_s is None else patience_s
    found = _judge_once(warehouse, code, now)
    if any(judgement.fails_the_run for judgement in found) and wait_s:
        time.sleep(wait_s)
        found = _judge_once(warehouse, code, now)
    return found


def _judge_once(warehouse: Warehouse, code: str, now: datetime) -> list[Judgement]:
    place = municipality(code)
    found = [suite for suites in SUBJECTS for suite in suites(place, now)]
    return [one for suite in found for one in of_suite(warehouse, code, suite)]


def of_suite(warehouse: Warehouse, code: str, suite: Suite) -> list[Judgement]:
    """What one suite says of one municipality; nothing where its query finds nothing."""
    table = warehouse.query_arrow(suite.sql, suite.parameters)
    if not table.num_rows:
        return []  # nothing of the kind has been told
    frame = table.to_pandas(types_mapper=pd.ArrowDtype)
    judged = [_judgement(code, suite.name, one) for one in validate(suite.name, frame, suite.expectations)]
    order = [(expectation.meta or {})["name"] for expectation in suite.expectations]
    return sorted(judged, key=lambda one: order.index(one.expectation))


def _judgement(code: str, suite: str, one: ExpectationValidationResult) -> Judgement:
    said, told = one.expectation_config, one.result
    assert said is not None
    if "unexpected_count" not in told:
        raise Misconfigured(f"expectation {said.meta['name']} could not be judged: does its column exist?")
    return Judgement(
        code, suite, said.meta["name"], said.meta["sentence"], FailureSeverity(said.severity).value,
        bool(one.success), int(told["element_count"]), int(told["unexpected_count"]),
    )  # fmt: skip


def keep(warehouse: Warehouse, judged: list[Judgement], now: datetime) -> None:
    """Write the results to `quality_results`."""
    rows = [{"judged_at": now, **one._asdict(), "holds": int(one.holds)} for one in judged]
    warehouse.insert_arrow("quality_results", pa.Table.from_pylist(rows, schema=_RESULTS))
