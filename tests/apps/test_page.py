from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.apps.samples import NOW, figures, page


def test_the_proof_has_a_slower_beat_and_does_not_make_the_page_late() -> None:
    shown = tuple(
        replace(f, told_until=NOW - timedelta(minutes=5)) if f.metric == "balance_residual" else f
        for f in figures()
    )
    assert any(f.metric == "balance_residual" for f in shown)
    told = page(shown=shown).told
    assert told is not None
    assert told.told_until == NOW - timedelta(seconds=70)
    assert not page(shown=shown).is_late(told)
