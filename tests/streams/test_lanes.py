from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from schemas import cases as c
from schemas.codec import encode
from schemas.envelope import Event
from schemas.errors import Unavailable
from schemas.settings import Settings
from streams.lanes import Lane, LaneGone, Stretch
from tests.streams.test_batch import stored_rows, true_rows
from tests.telling import at, tell
from tests.warehouse.starting import start
from warehouse.client import Warehouse, connect, create_tables

TOLD = [
    tell("x", c.ReportReceived(unit="a"), at(0)),
    tell("x", c.InvestigationOpened(), at(1)),
    tell("y", c.ReportReceived(unit="b"), at(2)),
]


def stretch(events: Sequence[Event], *raw: bytes) -> Stretch:
    told = [*map(encode, events), *raw]
    return Stretch("cases", 0, list(range(len(told))), [0] * len(told), told)


@contextmanager
def lane_of(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lane]:
    monkeypatch.setenv("PULS_WAREHOUSE", settings.warehouse)
    monkeypatch.setenv("PULS_DATABASE", settings.database)
    monkeypatch.setenv("PULS_HOME", str(settings.home))
    made = Lane()
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def lane(
    warehouse: Warehouse, warehouse_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Lane]:
    with lane_of(warehouse_settings, monkeypatch) as made:
        made.learn_archive()
        yield made


def own_process(lane: Lane) -> psutil.Process:
    return psutil.Process(lane._process.pid)


def test_a_lane_writes_what_plain_python_says(lane: Lane, warehouse: Warehouse) -> None:
    outcome = lane.apply([stretch(TOLD)])
    assert (dict(outcome.verdicts), outcome.refused) == ({"new": 3}, [])
    assert stored_rows(warehouse, "9999") == true_rows(TOLD)


def test_a_refused_message_comes_back_with_its_place_and_reason(lane: Lane) -> None:
    (refused,) = lane.apply([stretch(TOLD, b"{")]).refused
    assert (refused.topic, refused.partition, refused.offset, refused.reason) == ("cases", 0, 3, "not_json")


def test_a_lane_remembers_the_archive_after_a_rest_and_a_new_assignment(lane: Lane) -> None:
    lane.apply([stretch(TOLD)])
    lane.rest()
    assert dict(lane.apply([stretch(TOLD)]).verdicts) == {"duplicate": 3}
    lane.learn_archive()
    assert dict(lane.apply([stretch(TOLD)]).verdicts) == {"duplicate": 3}


def test_a_store_that_is_away_is_told_and_tried_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start(tmp_path / "store") as server:
        settings = Settings(home=tmp_path, warehouse=server.address, database="away")
        create_tables(connect(settings), "away")
        with lane_of(settings, monkeypatch) as lane:
            lane.learn_archive()
            server.process.terminate()
            server.process.wait(30)
            with pytest.raises(Unavailable):
                lane.apply([stretch(TOLD)])
            with start(tmp_path / "store", port=server.port):
                assert dict(lane.apply([stretch(TOLD)], again=True).verdicts) == {"new": 3}


def test_a_lane_that_was_killed_is_gone_for_its_worker(lane: Lane) -> None:
    own_process(lane).kill()
    with pytest.raises(LaneGone):
        lane.apply([stretch(TOLD)])


def test_a_lane_ends_when_its_worker_hangs_up(lane: Lane) -> None:
    process = own_process(lane)
    lane.close()
    assert not process.is_running()
    assert lane._process.returncode == 0


def test_a_lane_with_a_fault_in_its_settings_says_so_and_is_gone(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PULS_LANES", "0")
    lane = Lane()
    with pytest.raises(LaneGone):
        lane.learn_archive()
    lane.close()
    assert "lane: PULS_LANES='0': must be a whole number above 0" in capfd.readouterr().err
