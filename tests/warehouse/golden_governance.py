"""A committee that sets two targets, writes notes and decides (9940), and what G1 and G2 must say of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from schemas.envelope import Event
from schemas.governance import DecisionRecorded, MeetingHeld, NoteAdded, TargetSet
from tests.warehouse.golden import Golden
from tests.warehouse.town import about
from warehouse.client import Warehouse

GOVERNED: Final = "9940"
SHOWN: Final = ("care_days", "contract_coverage", "follow_up_rate", "placed_now")
"""What is published to its committee."""
MARCH: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
_OWNED: Final[dict[str, Any]] = {"owner": "director", "decision": "SN 2026-02-19 § 12"}


def governed(code: str = GOVERNED) -> list[Event]:
    """Targets from March and June, notes of March and May, one about a metric that nobody publishes; five
    decisions, of which two rest on a version of a metric; one meeting.
    """
    coverage = TargetSet(
        metric="contract_coverage", value=0.9, direction="at_least", from_on=date(2026, 3, 1), **_OWNED
    )
    later = TargetSet(metric="contract_coverage", value=0.95, direction="at_least", from_on=date(2026, 9, 1),
                      owner="director", decision="SN 2026-08-20 § 80")  # fmt: skip
    days = TargetSet(metric="care_days", value=900, direction="at_most", from_on=date(2026, 6, 1), **_OWNED)
    other = TargetSet(metric="inflow", value=9, direction="at_most", from_on=date(2026, 3, 1), **_OWNED)
    notes = [("contract_coverage", date(2026, 3, 5)), ("care_days", date(2026, 5, 5)),
             ("follow_up_rate", date(2026, 3, 5)), ("inflow", date(2026, 3, 5))]  # fmt: skip
    told = [about(f"note.{metric}", noted(metric, on), MARCH, code) for metric, on in notes]
    told += [about("coverage", coverage, MARCH, code), about("days", days, MARCH, code)]
    told += [about("coverage", later, MARCH.replace(day=3), code), about("other", other, MARCH, code)]
    return [*told, *decided(code), about("2026-03-12", MeetingHeld(on=date(2026, 3, 12)), MARCH, code)]


def noted(metric: str, on: date, text: str = "Två avtal väntar.") -> NoteAdded:
    return NoteAdded(metric=metric, on=on, author="economist", text=text)


def decided(code: str) -> list[Event]:
    """One decision that rests on two metrics, one without a version, one without a metric, and two of later
    quarters.
    """
    told: list[tuple[int, str, str | None, int | None]] = [
        (45, "2026-03-12", "care_days", 2), (45, "2026-03-12", "placed_now", None),
        (46, "2026-03-12", "care_days", None), (47, "2026-03-12", None, None),
        (51, "2026-04-16", "placed_now", 1), (99, "2026-12-17", None, None),
    ]  # fmt: skip
    return [
        about(f"sn-{on}-{number}", DecisionRecorded(decision=f"SN {on} § {number}", on=date.fromisoformat(on),
                                                   metric=metric, metric_version=version),
              MARCH.replace(minute=place), code)
        for place, (number, on, metric, version) in enumerate(told)
    ]  # fmt: skip


def publish(warehouse: Warehouse, code: str = GOVERNED) -> None:
    """What its committee has been shown, one of it held; staff see another metric."""
    rows = [("committee", metric, "published") for metric in (*SHOWN, "care_days")]
    rows += [("committee", "answer_rate", "held"), ("staff", "open_alarms", "published")]
    for run, (audience, metric, state) in enumerate(rows, 1):
        warehouse.command(
            "INSERT INTO publications (run, municipality, metric, audience, state) VALUES"
            " ({run:UInt64}, {code:String}, {metric:String}, {audience:String}, {state:String})",
            {"run": run, "code": code, "metric": metric, "audience": audience, "state": state},
        )


def _share(since: date, until: date, value: float | None, n: int) -> Golden:
    return Golden("decisions_with_metric_share", (since, until), {"": (value, n)}, (), GOVERNED)


def _ready(at: datetime, value: float | None, n: int = 4) -> Golden:
    return Golden("metrics_with_target_share", at, {"": (value, n)}, (), GOVERNED)


GOLDEN: tuple[Golden, ...] = (
    _share(date(2026, 1, 1), date(2026, 4, 1), 1 / 3, 3),
    _share(date(2026, 4, 1), date(2026, 7, 1), 1, 1),
    _share(date(2026, 1, 1), date(2027, 1, 1), 2 / 4, 4),  # that of December has not been
    _share(date(2025, 1, 1), date(2026, 1, 1), None, 0),
    _ready(datetime(2026, 2, 28, 12, tzinfo=UTC), None),
    _ready(datetime(2026, 2, 28, 23, 30, tzinfo=UTC), 0),  # the first of March in Sweden: targets, no notes
    _ready(datetime(2026, 3, 6, tzinfo=UTC), 1 / 4),
    _ready(datetime(2026, 5, 6, tzinfo=UTC), 1 / 4),
    _ready(datetime(2026, 6, 2, tzinfo=UTC), 2 / 4),
)
