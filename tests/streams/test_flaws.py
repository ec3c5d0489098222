"""The names of flaws: each is given by something, and nothing gives another."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from schemas.codes import FLAWS, ProducerFlaw

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
