"""The supervisor's log as events."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.hub.journal import Journal, events, restarts, told

LOG = """\
2026-11-22 18:20:00,123 INFO spawned: 'worker' with pid 41
2026-11-22 18:20:10,001 INFO success: worker entered RUNNING state, process has stayed up for > than 10 s
2026-11-22 18:21:00,500 WARN exited: worker (exit status 1; not expected)
2026-11-22 18:21:02,000 INFO spawned: 'worker' with pid 42
2026-11-22 18:21:03,000 WARN exited: worker (terminated by SIGKILL; not expected)
2026-11-22 18:21:04,000 INFO spawned: 'worker' with pid 43
2026-11-22 18:22:00,000 WARN killing 'worker' (43) with SIGKILL
2026-11-22 18:22:00,100 WARN stopped: worker (terminated by SIGKILL)
"""


def test_starts_ends_and_kills_are_events_and_other_lines_are_not() -> None:
    found = [(event.kind, event.detail) for event in events(LOG.splitlines())]
    assert found == [
        ("started", "41"), ("stopped", "exit 1"), ("started", "42"), ("stopped", "SIGKILL"),
        ("started", "43"), ("killed", "43"), ("stopped", "SIGKILL"),
    ]  # fmt: skip


def test_every_start_after_the_first_is_a_restart() -> None:
    assert restarts(events(LOG.splitlines())) == {"worker": 2}


def test_a_journal_tells_each_event_once_waits_for_whole_lines_and_survives_rotation(tmp_path: Path) -> None:
    file = tmp_path / "supervisord.log"
    journal = Journal(file)
    assert journal.news() == []
    first, second = LOG.splitlines(keepends=True)[:2], LOG.splitlines(keepends=True)[2:]
    file.write_text("".join(first) + second[0][:30])
    assert [event.kind for event in journal.news()] == ["started"]
    file.write_text("".join(first + second))
    assert [event.kind for event in journal.news()] == [e.kind for e in events(second)]
    file.write_text(second[0])
    assert [event.detail for event in journal.news()] == ["exit 1"]


@pytest.mark.parametrize(
    ("line", "exits", "text"),
    [(0, {}, ""), (2, {}, "worker stopped (exit 1)"), (3, {"worker": 1}, "worker restarted (pid 42)")],
)
def test_only_news_is_told(line: int, exits: dict[str, int], text: str) -> None:
    (event,) = events([LOG.splitlines()[line]])
    assert told(event, exits) == text
