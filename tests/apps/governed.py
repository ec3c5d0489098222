"""What an invented committee set, said and decided, and its figures as they were shown when it last met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import pyarrow as pa

from apps.boards import boards
from schemas.municipality import Municipality
from tests.apps.filled import filled
from warehouse.client import Warehouse
from warehouse.governance import Decision, Governance, Note, Target
from warehouse.published import Figure, run_number

MET: Final = date(2026, 10, 15)
BEFORE: Final = datetime(2026, 10, 14, 10, tzinfo=UTC)
"""When the figures of the meeting were published."""
HOME_CARE: Final = {"service": "home_care"}
SET_IN: Final = {2025: "2024-12-12", 2026: "2025-12-11"}
"""The meeting that set a year's targets."""


def _target(metric: str, value: float, direction: str, year: int, paragraph: int, **part: str) -> Target:
    decision = f"SN {SET_IN[year]} § {paragraph}"
    return Target(metric, part, "", value, direction, date(year, 1, 1), "director", decision)


SAID: Final = Governance(
    targets=(
        _target("placed_at_any_time", 52, "at_most", 2026, 113),
        _target("contract_coverage", 0.85, "at_least", 2025, 98),
        _target("performed_to_granted_share", 0.85, "at_least", 2025, 98, **HOME_CARE),
        _target("performed_to_granted_share", 0.89, "at_least", 2026, 112, **HOME_CARE),
        _target("granted_hours", 42_000, "at_most", 2026, 112, **HOME_CARE),
        _target("hourly_cost", 46, "at_most", 2026, 113),
    ),
    notes=(
        Note("placed_at_any_time", {}, date(2026, 5, 4), "coordinator", "month", date(2026, 4, 1),
             "Fler förfrågningar får svar samma dag sedan samordningen samlades på ett ställe."),
        Note("contract_coverage", {}, date(2026, 10, 14), "head_of_department", "quarter", date(2026, 7, 1),
             "Flera avtal väntar på utförarens underskrift. De räknas som saknade tills de är påskrivna."),
        Note("granted_hours", HOME_CARE, date(2026, 7, 2), "unit_head", "month", date(2026, 6, 1),
             "Två grupper slogs ihop i juni. Timmar som båda hade redovisat är rättade."),
        Note("granted_hours", HOME_CARE, date(2026, 10, 14), "economist", "month", date(2026, 9, 1),
             "Nya beslut i september är registrerade till och med den 12 oktober."),
        Note("hourly_cost", {}, date(2026, 10, 14), "economist", "month", date(2026, 9, 1),
             "Semesterlöner belastar juni till augusti."),
    ),
    decisions=(
        Decision("SN 2024-12-12 § 98", date(2024, 12, 12), "", 0),
        Decision("SN 2025-12-11 § 112", date(2025, 12, 11), "performed_to_granted_share", 1),
        Decision("SN 2025-12-11 § 113", date(2025, 12, 11), "placed_at_any_time", 1),
        Decision("SN 2026-10-15 § 90", MET, "contract_coverage", 1),
        Decision("SN 2026-10-15 § 91", MET, "", 0),
    ),
    meetings=(date(2026, 9, 17), MET),
)  # fmt: skip


def with_targets(place: Municipality) -> tuple[Figure, ...]:
    """The figures of all pages, for the page that shows whatever has a target."""
    found = {(f.metric, str(f.dimensions), f.period, f.period_on): f
             for board in boards().values() for f in filled(board, place)}  # fmt: skip
    return tuple(found.values())


def as_before(figures: Iterable[Figure]) -> list[Figure]:
    """The same a little lower, as they were shown at the meeting; every other was the same then."""
    told = enumerate(figures)
    return [replace(f, value=_lower(f.value)) if number % 2 else f for number, f in told]


def _lower(value: float | None) -> float | None:
    return value and (round(value * 0.97) if value > 1 else value * 0.97)


def write(warehouse: Warehouse, code: str, said: Governance, now: datetime) -> None:
    """What the publisher writes of it."""
    common: dict[str, Any] = {"run": run_number(now), "municipality": code, "state": "shown", "known_at": now}
    told = [_EMPTY | common | {"item": str(number)} | row for number, row in enumerate(_rows(said))]
    warehouse.insert_arrow("governance", pa.Table.from_pylist(told))


def _rows(said: Governance) -> Iterator[dict[str, Any]]:
    for t in said.targets:
        told = {"metric": t.metric, "period": t.per, "value": t.value, "role": t.owner, "on_day": t.from_on}
        yield (
            told | {"kind": "target", "direction": t.direction, "decision": t.decision} | _part(t.dimensions)
        )
    for n in said.notes:
        yield {"kind": "note", "metric": n.metric, "on_day": n.on, "role": n.author, "period": n.period,
               "period_on": n.first, "text": n.text} | _part(n.dimensions)  # fmt: skip
    for d in said.decisions:
        yield {"kind": "decision", "decision": d.decision, "on_day": d.on, "metric": d.metric,
               "metric_version": d.version}  # fmt: skip
    for on in said.meetings:
        yield {"kind": "meeting", "on_day": on}


_TEXTS: Final = ("metric", "unit", "dimension", "code", "period", "direction", "role", "decision", "text")
_EMPTY: Final[dict[str, Any]] = {**dict.fromkeys(_TEXTS, ""),
    "value": None, "metric_version": 0, "period_on": date(1970, 1, 1), "on_day": date(1970, 1, 1), "epoch": 1,
}  # fmt: skip


def _part(dimensions: Mapping[str, str]) -> dict[str, Any]:
    return {
        key: text for name, code in dimensions.items() for key, text in (("dimension", name), ("code", code))
    }
