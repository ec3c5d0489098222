from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from apps.hub.programs import MARK, OVERSEER
from apps.hub.status import Asked, problems, show, status
from schemas.errors import Unavailable
from schemas.settings import Settings

AT = datetime(2026, 11, 16, 12, tzinfo=UTC)
ACCOUNT = {"topic": "cases", "partition": 0, "seen": 6, "archived": 3, "duplicates": 2, "refused": 1,
           "difference": 0, "broken_at": 0}  # fmt: skip
ALARM = {"name": "jump.inflow.9999", "text_sv": "Mittköping: Inflöde …", "text_en": "Mittköping: Inflow …",
         "since": AT, "changed_at": AT, "state": "raised",
         "acknowledged_by": "", "to_do_en": "Ask."}  # fmt: skip
REFUSED = {"topic": "cases", "reason": "identity", "field": "$.data.person", "events": 3, "partition": 0,
           "offset": 17, "newest_at": AT, "retry_until": AT, "text_sv": "", "text_en": ""}  # fmt: skip


def test_open_alarms_and_refused_events_by_reason_are_told() -> None:
    found = {
        "alarms": [ALARM],
        "refused": [REFUSED, REFUSED | {"field": "", "events": 1}],
        "reconciled": [ACCOUNT],
    }
    assert problems(found) == [
        "alarms: 1",
        "  Mittköping: Inflow …",
        "    Ask.",
        "refused: 4 events",
        "  3 of cases: Personal data in the event (identity) at $.data.person, newest cases/0/17",
        "  1 of cases: Personal data in the event (identity), newest cases/0/17",
        "accounts: 6 seen = 3 archived + 2 duplicates + 1 refused",
    ]


def test_an_acknowledged_alarm_and_accounts_that_do_not_add_up_are_told() -> None:
    wrong = [ACCOUNT | {"difference": 1, "broken_at": 4}]
    alarm = ALARM | {"state": "acknowledged", "acknowledged_by": "engineer"}
    told = problems({"alarms": [alarm], "refused": [], "reconciled": wrong})
    assert told[1] == "  Mittköping: Inflow … (acknowledged by engineer)"
    assert told[-1] == "  cases 0 does not add up from 4"


def test_none_and_unknown_are_told_apart() -> None:
    none: dict[str, Any] = {"alarms": [], "refused": [], "reconciled": []}
    nothing = "accounts: 0 seen = 0 archived + 0 duplicates + 0 refused"
    assert problems(none) == ["alarms: 0", "refused: 0 events", nothing]
    assert problems(dict.fromkeys(none)) == [
        "alarms: unknown",
        "refused: unknown events",
        "accounts: unknown",
    ]


def test_the_same_is_told_to_programs_and_what_does_not_answer_hides_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = Asked(_away, lambda _: {}, lambda _: [ALARM], lambda _: [REFUSED], lambda _: [])
    with _running(tmp_path):
        show(Settings(home=tmp_path), asked, as_json=True)
        told = json.loads(capsys.readouterr().out)
        show(Settings(home=tmp_path), asked, as_json=False)
        shown = capsys.readouterr().out
    assert (told["running"], told["lag"], told["figures"]) == (True, None, {})
    assert told["alarms"][0]["since"] == "2026-11-16T12:00:00+00:00"
    assert told["refused"][0]["events"] == 3
    assert "lag: unknown" in shown
    assert "\nalarms: 1\n  Mittköping: Inflow …\n    Ask.\nrefused: 3 events\n" in shown


def test_of_a_hub_that_does_not_run_nothing_is_known(tmp_path: Path) -> None:
    found = status(
        Settings(home=tmp_path), Asked(_away, lambda _: {}, lambda _: [ALARM], lambda _: [], lambda _: [])
    )
    assert (found["running"], found["alarms"], found["refused"]) == (False, None, None)


def _away(settings: Settings) -> int:
    raise Unavailable("nobody answers")


@contextmanager
def _running(home: Path) -> Iterator[None]:
    """Something that looks like the hub's supervisor."""
    (home / "logs").mkdir()
    (home / "logs" / "supervisord.log").touch()
    program = "import time; print('up', flush=True); time.sleep(60)"
    command = [sys.executable, "-c", program, OVERSEER]
    with subprocess.Popen(command, env=os.environ | {MARK: str(home)}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.terminate()
