"""Every case of bad input in domain 5.2 has fixtures at its doors, each with the fate that it declares."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Final

import msgspec
import pytest

from producers.gateway.judging import judge
from producers.gateway.tokens import Grant
from producers.report import as_text, to_json
from schemas import reasons
from schemas.codec import MAX_BYTES, encode
from schemas.codes import FLAWS, REASONS
from schemas.doors import admit
from schemas.errors import BadEvent, Misconfigured
from streams import refusals
from streams.batch import decode_all
from streams.history import Verdict
from tests.bad_input.domain import CASES
from tests.bad_input.doors import BY_GROUP, FIXTURES, NOW, folded, heard, reported, taken
from tests.bad_input.fixtures import (
    Alarmed,
    Fate,
    File,
    Fixture,
    Flawed,
    Judged,
    Message,
    Noticed,
    NotRead,
    Refused,
    Remarked,
    Taken,
    Told,
    Watched,
)

ANYTHING: Final = Grant("9999", "example", ("*",), NOW)


def of(door: type, *fates: type[Fate]) -> list[object]:
    """The fixtures at a door with one of these fates."""
    return [pytest.param(one, id=f"{one.case}-{number}") for number, one in enumerate(FIXTURES)
            if isinstance(one.door, door) and isinstance(one.fate, fates)]  # fmt: skip


def missing(fixtures: dict[str, tuple[Fixture, ...]]) -> list[str]:
    """What the list of domain 5.2 has and the fixtures lack: cases, and groups at a door."""
    without = [case for group, cases in CASES.items() for case in cases
               if case not in {one.case for one in fixtures.get(group, ())}]  # fmt: skip
    for group, door in ((group, door) for group in CASES for door in (File, Message | Told)):
        if not any(isinstance(one.door, door) for one in fixtures.get(group, ())):
            without.append(f"{group} at {door}")
    return without


def test_every_case_has_a_fixture_and_every_group_comes_to_every_door() -> None:
    assert missing(BY_GROUP) == []
    assert sum(map(len, CASES.values())) == 68
    for group, fixtures in BY_GROUP.items():
        assert {one.case for one in fixtures} <= set(CASES[group])


def test_a_case_without_a_fixture_is_seen() -> None:
    fewer = BY_GROUP | {"volume": tuple(one for one in BY_GROUP["volume"] if one.case != "sudden zero")}
    assert missing(fewer) == ["sudden zero"]
    assert "order at <class 'tests.bad_input.fixtures.File'>" in missing(
        BY_GROUP | {"order": tuple(one for one in BY_GROUP["order"] if not isinstance(one.door, File))}
    )


def test_fates_have_names_of_the_product() -> None:
    for fate in (one.fate for one in FIXTURES):
        assert not isinstance(fate, Refused) or (fate.reason in REASONS and fate.reason in reasons.WORDS)
        assert not isinstance(fate, Flawed) or fate.flaw in FLAWS
        assert not isinstance(fate, Judged) or fate.verdict in {one.value for one in Verdict}


@pytest.mark.parametrize("fixture", of(Message, Refused))
def test_a_message_is_refused_with_reason_place_and_remedy_at_both_its_doors(fixture: Fixture) -> None:
    door, fate = fixture.door, fixture.fate
    assert isinstance(door, Message) and isinstance(fate, Refused)
    with pytest.raises(BadEvent) as pushed:
        admit(door.raw, NOW)
    error = pushed.value
    assert (error.reason, error.field) == (fate.reason, fate.at)
    (problem,) = judge([door.raw], ANYTHING, NOW, MAX_BYTES).refusals
    assert (problem.reason, problem.field) == (fate.reason, fate.at)
    decoded = decode_all([heard(door.raw, door.topic, 7)], NOW)
    (refused,) = decoded.refused
    assert decoded.heard == []
    assert (refused.reason, refused.field, refused.offset) == (fate.reason, fate.at, 7)
    assert (refused.text_sv, refused.text_en) == (error.sv, error.en)
    assert error.sv != error.en and sentences(error.sv) >= 2 and sentences(error.en) >= 2, error.sv
    told = [*refusals.lines([refused]), msgspec.json.encode(refused._asdict()).decode(), repr(error),
            repr(problem)]  # fmt: skip
    assert leaked(fixture, told) == []


def sentences(text: str) -> int:
    """What is wrong is one, how to mend it another."""
    return len(re.findall(r"[.?](?= |$)", text))


def leaked(fixture: Fixture, texts: list[str]) -> list[str]:
    """Of a fixture's secrets those that a text tells."""
    return [secret for secret in fixture.secrets if any(secret in text for text in texts)]


@pytest.mark.parametrize("fixture", of(Message, Taken))
def test_a_message_that_is_right_is_taken_as_it_is(fixture: Fixture) -> None:
    door, fate = fixture.door, fixture.fate
    assert isinstance(door, Message) and isinstance(fate, Taken)
    event = admit(door.raw, NOW, door.topic)
    assert {name: getattr(event.data, name) for name in fate.data} == fate.data


@pytest.mark.parametrize("fixture", of(Told, Flawed, Judged, Watched, Alarmed, Taken, Refused))
def test_what_is_told_of_comes_through_both_its_doors(fixture: Fixture) -> None:
    assert isinstance(fixture.door, Told)
    events = fixture.door.events
    assert [admit(encode(event), NOW) for event in events] == list(events)
    letters = [heard(encode(event), event.data.TOPIC, offset) for offset, event in enumerate(events)]
    assert decode_all(letters, NOW).refused == []


@pytest.mark.parametrize("fixture", of(File, Refused, Remarked, Noticed, NotRead))
def test_a_file_is_refused_or_remarked_on_with_line_column_and_remedy(
    fixture: Fixture, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file, fate = fixture.door, fixture.fate
    assert isinstance(file, File)
    caplog.set_level(logging.DEBUG)
    if isinstance(fate, NotRead):
        with pytest.raises(Misconfigured, match=fate.said) as stopped:
            reported(file, tmp_path)
        assert leaked(fixture, [str(stopped.value), *caplog.messages]) == []
        return
    report = reported(file, tmp_path)
    words = as_text(report)
    assert report.seconds == round(report.seconds, 3), (
        "more digits than that hold any four in a row by chance"
    )
    assert leaked(fixture, [words, to_json(report), *caplog.messages]) == []
    if isinstance(fate, Refused):
        (one,) = report.refused
        assert (one.file, one.line, one.column, one.reason) == (file.name, fate.line, fate.at, fate.reason)
        assert one.sv != one.en and one.sv in words and one.en in words
        assert sentences(one.sv) >= 2 and sentences(one.en) >= 2, one
        assert file.name in words and (not fate.line or f"rad/line {fate.line}" in words)
        assert report.sent == 0 and report.exit_code == 1
    elif isinstance(fate, Remarked):
        assert [remark.column for remark in report.remarks] == [fate.column]
        assert report.remarks[0].sv != report.remarks[0].en and report.sent
    elif isinstance(fate, Noticed):
        assert any(fate.sv in sv and fate.en in en for sv, en in report.notices), report.notices
        assert report.refusals == 0


@pytest.mark.parametrize("fixture", [*of(File, Taken), *of(Told, Taken)])
def test_what_only_looks_bad_is_taken_without_a_flaw(fixture: Fixture, tmp_path: Path) -> None:
    assert isinstance(fixture.fate, Taken)
    if isinstance(fixture.door, File):
        report = reported(fixture.door, tmp_path)
        assert (report.refusals, report.remarks) == (0, [])
        assert leaked(fixture, [as_text(report), to_json(report)]) == []
    events = taken(fixture, tmp_path)
    assert events and folded(events).flaws == set()
    for name, value in fixture.fate.data.items():
        assert value in [getattr(event.data, name, None) for event in events]


@pytest.mark.parametrize("fixture", [*of(File, Judged), *of(Told, Judged)])
def test_what_is_told_again_is_judged_for_what_it_is(fixture: Fixture, tmp_path: Path) -> None:
    assert isinstance(fixture.fate, Judged)
    assert folded(taken(fixture, tmp_path)).verdict == fixture.fate.verdict


@pytest.mark.parametrize("fixture", of(Told, Refused))
def test_what_history_refuses_is_refused_with_reason_and_place(fixture: Fixture) -> None:
    assert isinstance(fixture.door, Told) and isinstance(fixture.fate, Refused)
    with pytest.raises(BadEvent) as refused:
        folded(fixture.door.events)
    assert (refused.value.reason, refused.value.field) == (fixture.fate.reason, fixture.fate.at)
    assert sentences(refused.value.sv) >= 2


def test_every_fixture_is_asked_of_its_fate() -> None:
    """By this module, or where a warehouse is needed by `test_bad_world.py`."""
    here = [*of(Message, Refused, Taken), *of(File, Refused, Remarked, Noticed, NotRead, Taken, Judged),
            *of(Told, Taken, Judged, Refused)]  # fmt: skip
    there = [one for one in FIXTURES if isinstance(one.fate, Flawed | Watched | Alarmed)]
    assert len(here) + len(there) == len(FIXTURES)
