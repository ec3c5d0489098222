"""Reports that the law asks for, given to those that it names. Topic `reference`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta

from schemas.codes import ReportName, ReportTo
from schemas.envelope import Fact


class ReportDelivered(Fact, frozen=True, kw_only=True):
    """Rapport lämnad: a report of a period has been given to one of its receivers (SoL 34 kap.).

    The entity is one report of one period to one receiver
    (`kommunkod/report/unexecuted_decisions.2026Q3.ivo`).
    """

    TYPE = "reference.report-delivered.v1"
    TOPIC = "reference"
    KIND = "report"
    EXAMPLES = (
        {"report": "unexecuted_decisions", "to": "ivo", "from_on": "2026-07-01", "until_on": "2026-10-01"},
        {"report": "statistics", "to": "socialstyrelsen", "from_on": "2026-09-01", "until_on": "2026-10-01"},
    )
    report: Annotated[ReportName, Meta(description="Which report")]
    to: Annotated[ReportTo, Meta(description="Who received it")]
    from_on: Annotated[date, Meta(description="First day of its period")]
    until_on: Annotated[date, Meta(description="Day after the last one of its period")]


EVENTS: tuple[type[Fact], ...] = (ReportDelivered,)
