from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schemas.codec import decode
from streams.history import History, Verdict, micros
from tests.bench import load, main, ours, peers, results
from tests.bench.ground import Measured, ground
from tests.bench.latency import quantile
from tests.bench.load import Plan
from tests.bench.replay import Replayed
from tests.bench.results import Results
from tests.bench.work import row_of

SMALL = Plan(events=1_000)


def test_a_load_has_exactly_so_many_events_of_so_many_cases() -> None:
    facts = load.base(SMALL)
    assert len(facts) == 1_000
    assert len({told.case for told in facts}) == SMALL.cases == 200


def test_the_same_seed_gives_the_same_load_and_another_seed_another() -> None:
    first = [load.raw(told) for told in load.base(SMALL)]
    assert first == [load.raw(told) for told in load.base(SMALL)]
    assert first != [load.raw(told) for told in load.base(Plan(events=1_000, seed=1))]


def test_every_event_of_every_load_is_accepted_by_the_hub() -> None:
    for make in load.LOADS.values():
        for told in make(SMALL):
            assert decode(load.raw(told)).subject == load.subject(told.case)


def test_facts_come_in_the_order_of_recording_and_some_are_late_or_corrected() -> None:
    facts = load.base(SMALL)
    assert [told.recorded for told in facts] == sorted(told.recorded for told in facts)
    assert sum(told.reason is not None for told in facts) == 20
    late = sum(told.recorded - told.occurred > 86_400 for told in facts if told.reason is None)
    assert 5 <= late <= 40


def test_what_is_sent_again_is_known_but_for_one_correction_in_ten() -> None:
    histories: dict[str, History] = {}

    def hear(name: str) -> Counter[Verdict]:
        verdicts: Counter[Verdict] = Counter()
        for told in load.LOADS[name](SMALL):
            event = decode(load.raw(told))
            history = histories.setdefault(event.subject, History([]))
            verdicts[history.hear(event, micros(event.recordedtime))[0]] += 1
        return verdicts

    assert hear("base")[Verdict.NEW] == 980
    again = hear("resent")
    assert again[Verdict.NEW] == 0
    assert again[Verdict.CORRECTION] + again[Verdict.CONFLICT] == pytest.approx(100, abs=3)


def test_the_peers_row_counts_a_repeated_event_once() -> None:
    event = load.raw(load.base(SMALL)[0])
    entity = decode(event).subject
    assert row_of(entity, [event, event]) == row_of(entity, [event])


@pytest.mark.slow
@pytest.mark.broker
def test_the_worker_and_a_faust_table_end_with_the_same_rows(tmp_path: Path) -> None:
    with ground(SMALL, tmp_path) as where, ThreadPoolExecutor(2) as both:
        where.broker("base")
        told = both.submit(peers.measured, where, "faust", "faust_table", peers.own_python())
        own = ours.empty(where, "own", rest_s=0)
        more_to_come = both.submit(where.broker, "continued")
        table = told.result()
        assert own.outcome == table.outcome
        assert own.outcome[0] == SMALL.cases
        assert own.events == table.events == SMALL.events
        more_to_come.result()
        more = ours.filled(where, "own", "continued")
    assert more.outcome[0] == SMALL.cases
    assert more.outcome != own.outcome


def _results(**runs: Measured) -> Results:
    return Results(SMALL, "./puls bench", {"date": "today"}, {way: [run] for way, run in runs.items()})


def test_rows_that_differ_from_ours_are_told() -> None:
    same, other = Measured(10, 1.0, (2, "a")), Measured(10, 4.0, (2, "b"))
    told = _results(ours=same, quix=same, faust=other)
    assert told.unequal() == ["faust"]
    lines = results.text(told).splitlines()
    (faust,) = [line for line in lines if line.startswith("| Faust agent")]
    assert faust.endswith("| 4.0 | 0 | no |")


def test_a_way_that_could_not_be_run_is_told() -> None:
    told = _results(ours=Measured(10, 1.0, (2, "a")))
    told.skipped["quix"] = "no network"
    assert "| quixstreams with state | not run: no network |" in results.text(told)


def test_a_quantile_is_one_of_the_values() -> None:
    assert quantile([1.0, 2.0, 3.0, 4.0], 0.5) == 3.0
    assert quantile([1.0], 0.95) == 1.0


def test_an_unknown_way_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["--only", "flink"])
    assert "--only takes ours" in capsys.readouterr().err


def test_replay_and_restore_are_told_by_command() -> None:
    found = Results(SMALL, "./puls bench", {})
    assert "Replay and restore:" not in results.text(found)
    found.replayed = Replayed(1_000, 200, 30, 0.4, {"verify": 2.34}, {"verify": 150.0})
    text = results.text(found)
    assert "## Replay and restore: 1,000 events of 200 entities, 30 published figures" in text
    assert "| verify | 2.3 | 150 |" in text
