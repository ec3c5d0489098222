"""The names of flaws: each is given by something, and nothing gives another."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from schemas.codec import make
from schemas.codes import FLAWS, ProducerFlaw
from schemas.envelope import Fact, event_id
from schemas.registry import EVENTS
from streams.history import History, micros
from streams.kinds import BY_NAME
from streams.rows import fold_row
from tests.telling import at

ROOT = Path(__file__).parents[2]
FOLDS = "\n".join(file.read_text() for file in sorted((ROOT / "streams").rglob("*.py")))
VIEWS = "\n".join(file.read_text() for file in sorted((ROOT / "warehouse" / "tables").glob("*.sql")))


def test_every_name_of_a_flaw_is_given_by_a_fold_a_view_or_a_producer() -> None:
    given = set(re.findall(r'"([a-z0-9_]+)"', FOLDS)) | set(re.findall(r"'([a-z0-9_]+)' AS flaw", VIEWS))
    assert [name for name in FLAWS if name not in given | set(get_args(ProducerFlaw))] == []


def test_no_fold_or_view_gives_a_flaw_without_a_name_in_the_list() -> None:
    told = re.findall(r'flaws\.add\(\s*"([a-z0-9_]+)"', FOLDS) + re.findall(r"'([a-z0-9_]+)' AS flaw", VIEWS)
    assert len(set(told)) > 40
    assert set(told) <= set(FLAWS)
    assert len(set(FLAWS)) == len(FLAWS)


@pytest.mark.parametrize("fact", [each for each in EVENTS if each.EXAMPLES], ids=lambda fact: fact.TYPE)
def test_two_contents_of_one_version_are_shown_as_a_conflict_whatever_it_is_and_whichever_came_first(
    fact: type[Fact],
) -> None:
    """The same row in both orders, and flawed: an engineer sees that the source said two things at once."""
    subject, data = f"9999/{fact.KIND}/k1.{'A' * 43}", msgspec.convert(fact.EXAMPLES[0], fact)
    pair = [
        make(data, id=event_id(subject, fact.TYPE, 0), source="test", subject=subject, time=when,
             recordedtime=at(30), kommunkod="9999")
        for when in (at(0), at(0, 1))
    ]  # fmt: skip
    kind, rows = BY_NAME[fact.KIND], []
    for told in (pair, pair[::-1]):
        history = History([])
        for event in told:
            history.hear(event, micros(event.recordedtime))
        rows.append(fold_row(kind, subject, history, 1))
    assert rows[0] == rows[1]
    assert "conflicting_versions" in rows[0][kind.columns.index("flaws")]
