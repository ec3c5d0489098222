"""How persons go through Mittköping's units, asked of the hub and of the answer key."""

from __future__ import annotations

from typing import Any, Final

from producers.synthetic.journey_key import JourneyKey
from tests.integration.clock_questions import TODAY, By, Cells, and_total, middle_of, parts

_GAP_DAYS: Final = 14  # of Mittköping's settings


def _several(key: JourneyKey, at: Any, by: By) -> Cells:
    return key.several(at, by)


def _several_share(key: JourneyKey, at: Any, by: By) -> Cells:
    return key.several_share(at, by)


def _handovers(key: JourneyKey, span: Any, by: By) -> Cells:
    return key.handovers(span, by) if span[0] < TODAY else {}


def _gap_days(key: JourneyKey, span: Any, by: By) -> Cells:
    return middle_of(key.gaps(span, TODAY, tuple(name for name in by if name != "statistic")), by)


def _gap_share(key: JourneyKey, span: Any, by: By) -> Cells:
    found = key.gaps(span, TODAY, by)
    return {cell: sum(each > _GAP_DAYS for each in days) / len(days) for cell, days in found.items()}


def _not_returned(key: JourneyKey, at: Any, by: By) -> Cells:
    return key.not_returned(at, by)


QUESTIONS: Final = (
    *parts("concurrent_investigations", ("investigations", "sex"), _several),
    *and_total("concurrent_investigations_share", ("sex",), _several_share),
    *and_total("unit_handovers", ("sex",), _handovers),
    *and_total("service_gap_days", ("service_type", "statistic"), _gap_days),
    *and_total("service_gap_share", ("service_type", "sex"), _gap_share),
    *and_total("not_returned_share", ("young", "sex", "ending"), _not_returned),
)
