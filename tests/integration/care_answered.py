"""Which metrics of hours and devices Mittköping's answer key answers, and why it does not answer the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from tests.integration.assistance_questions import ASSISTANCE, STAFF
from tests.integration.care_asking import Asked
from tests.integration.care_questions import DEVICES, HOURS
from warehouse.contracts import Contract

QUESTIONS: Final = (*HOURS, *STAFF, *ASSISTANCE, *DEVICES)
UNANSWERED: Final[Mapping[str, str]] = {
    "heavy_cases_cost_share": "told of fifty cases or more (T19): the town that is sent has six",
}


def faults(
    contracts: Iterable[Contract], questions: Collection[Asked], unanswered: Mapping[str, str]
) -> list[str]:
    """Metrics of hours or devices with neither question nor reason, or both; reasons for what is no such
    metric; questions that leave out a dimension, or a total that the parts do not decide.
    """
    about = {each.name: each for each in contracts if {"hours", "devices"} & set(each.needs)}
    asked = {name: {each.by for each in questions if each.metric == name} for name in about}
    found = [f"{name} is neither asked nor given a reason" for name, cuts in asked.items()
             if not cuts and name not in unanswered]  # fmt: skip
    found += [f"{name} is no metric that is not asked" for name in unanswered if asked.get(name, True)]
    for name, cuts in asked.items():
        if cuts and about[name].dimensions not in cuts:
            found.append(f"{name} is not asked by all its dimensions")
        if cuts and about[name].measure in ("share", "mean") and () not in cuts:
            found.append(f"{name} is not asked in total")
    return found
