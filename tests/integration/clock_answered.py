"""Which metrics of the law's times Mittköping's answer key answers, and why it does not answer the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from tests.integration.clock_questions import AskedOfKey
from warehouse.contracts import Contract

VIEWS: Final = ("judged_clocks", "due_clocks", "unexecuted_at")
UNANSWERED: Final[Mapping[str, str]] = {}


def faults(
    contracts: Iterable[Contract], questions: Collection[AskedOfKey], unanswered: Mapping[str, str]
) -> list[str]:
    """Metrics of times with neither question nor reason; questions of what is no such metric, that leave out
    a dimension, or a total that the parts do not decide. Nothing where no metric tells of times.
    """
    about = {each.name: each for each in contracts if any(view in each.sql for view in VIEWS)}
    asked = {name: {each.by for each in questions if each.metric == name} for name in about}
    found = [f"{name} is neither asked nor given a reason" for name, cuts in asked.items()
             if not cuts and name not in unanswered]  # fmt: skip
    if about:
        found += [f"{each.metric} is no metric of times" for each in questions if each.metric not in about]
    for name, cuts in asked.items():
        if cuts and about[name].dimensions not in cuts:
            found.append(f"{name} is not asked by all its dimensions")
        if cuts and about[name].measure in ("share", "mean") and () not in cuts:
            found.append(f"{name} is not asked in total")
    return found
