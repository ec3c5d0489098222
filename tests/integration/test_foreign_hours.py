"""Real visits and doses of others: file → Kafka → worker → warehouse, as their READMEs say."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from apps.figures import Question, answer
from tests.integration.spine import Spine, spine
from tests.producers.making import DATA
from tests.producers.test_real_data import DOSES, HOURS, SFFD, here

pytestmark = [pytest.mark.broker, pytest.mark.slow]
VISITS = (
    "SELECT countIf(cancelled) AS cancelled, sum(counted) AS counted, sum(net_s) / 3600 AS hours,"
    " uniqExact(unit) AS units FROM visits FINAL WHERE municipality = '9906' AND void = 0"
)
OUTCOMES = (
    "SELECT outcome, miss_reason, count() AS n FROM doses FINAL WHERE municipality = '9903' AND void = 0"
    " GROUP BY outcome, miss_reason"
)
FLAWS = (
    "SELECT arrayJoin(flaws) AS flaw, count() AS n FROM {table:Identifier} FINAL WHERE void = 0 GROUP BY flaw"
)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, warehouse_address: str) -> Iterator[Spine]:
    """The hub when it has been told the parts that lie in the repository."""
    with spine(tmp_path_factory.mktemp("spine"), warehouse_address, f"test_{uuid.uuid4().hex[:12]}") as made:
        send_extracts(made)
        yield made


def send_extracts(hub: Spine) -> None:
    assert hub.send("sffd_visits", DATA / "sffd_visits_extract.csv", "9906").refusals == 3
    assert hub.send("mimic_doses", DATA / "mimic_doses_extract.csv", "9903").exit_code == 0


def archived(hub: Spine) -> int:
    (row,) = hub.warehouse.rows("SELECT count() AS n FROM events FINAL WHERE topic IN ('hours', 'devices')")
    return int(row["n"])


def visits(hub: Spine) -> dict[str, Any]:
    (row,) = hub.warehouse.rows(VISITS)
    return row


def flaws(hub: Spine, table: str) -> dict[str, int]:
    return {row["flaw"]: row["n"] for row in hub.warehouse.rows(FLAWS, {"table": table})}


def outcomes(hub: Spine) -> dict[tuple[str, str], int]:
    return {(row["outcome"], row["miss_reason"]): row["n"] for row in hub.warehouse.rows(OUTCOMES)}


def value(hub: Spine, metric: str, code: str, **asked: Any) -> Any:
    (row,) = answer(hub.warehouse, Question(metric, code, **asked), datetime.now(UTC))
    return row["value"]


def test_the_extracts_told_again_add_nothing(hub: Spine) -> None:
    before = (archived(hub), visits(hub), outcomes(hub))
    assert before[0] == 260 + 376
    assert (before[1]["cancelled"], before[1]["counted"]) == (65, 192)
    assert before[2] == {
        ("taken", ""): 175, ("late", ""): 3, ("missed", "not-given"): 9, ("missed", "hold-dose"): 1
    }  # fmt: skip
    send_extracts(hub)
    assert (archived(hub), visits(hub), outcomes(hub)) == before


def test_the_visits_have_the_hours_of_their_readme(hub: Spine) -> None:
    assert hub.send("sffd_visits", here(SFFD), "9906").refusals == 3
    told = visits(hub)
    assert (told["cancelled"], told["counted"], round(told["hours"], 4)) == (1_713, 8_691, 4_891.4783)
    assert told["units"] == 11 + 1  # a unit that never came is not said to be of any district
    assert flaws(hub, "visits") == {
        "never_performed_or_planned": 1_713, "stop_missing": 2, "stopped_before_started": 1
    }  # fmt: skip
    for day, (cut, by_start) in HOURS.items():
        on = {"since": f"2020-04-{day:02}", "until": f"2020-04-{day + 1:02}"}
        assert value(hub, "performed_hours", "9906", **on) == pytest.approx(cut, abs=0.00005)
        assert value(hub, "performed_hours_by_start", "9906", **on) == pytest.approx(by_start, abs=0.00005)


def test_the_doses_have_the_outcomes_of_their_readme(hub: Spine) -> None:
    assert hub.send("mimic_doses", here(DOSES), "9903").exit_code == 0
    assert outcomes(hub) == {
        ("taken", ""): 23_105, ("late", ""): 185, ("missed", "not-given"): 2_486, ("missed", "hold-dose"): 187
    }  # fmt: skip
    assert flaws(hub, "doses") == {}
    ever = {"since": "2110-01-01", "until": "2202-01-01"}
    assert value(hub, "adherence", "9903", **ever) == pytest.approx(23_105 / 25_963)
