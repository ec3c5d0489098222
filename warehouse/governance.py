"""What the committee set, said and decided, as the published layer shows it: targets with their history,
notes, decisions, meetings. Pure, but for the statement that reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

SHOWN: Final = """
SELECT kind, item, newest.2 AS metric, newest.3 AS metric_version, newest.4 AS unit, newest.5 AS dimension,
       newest.6 AS code, newest.7 AS period, newest.8 AS period_on, newest.9 AS on_day, newest.10 AS value,
       newest.11 AS direction, newest.12 AS role, newest.13 AS decision, newest.14 AS text
FROM
(
    SELECT kind, item, argMax(state, run) AS last,
           argMaxIf(tuple(state, metric, metric_version, unit, dimension, code, period, period_on, on_day,
                          value, direction, role, decision, text), run, run <= {run:UInt64}) AS newest
    FROM governance
    WHERE municipality = {municipality:String}
    GROUP BY kind, item
)
WHERE newest.1 = 'shown' AND last != 'withheld'
ORDER BY kind, on_day, item"""
"""run: the last run that counts. What is withheld today, since it holds an identity, is not shown as it was
shown then either.
"""


@dataclass(frozen=True)
class Target:
    """What a metric's part should be from a day on. dimensions: of the figure; {} is the total.

    per: the kind of period that it is for, "" every kind. direction: at_least or at_most.
    """

    metric: str
    dimensions: Mapping[str, str]
    per: str
    value: float
    direction: str
    from_on: date
    owner: str
    decision: str

    @property
    def about(self) -> tuple[str, frozenset[tuple[str, str]], str]:
        """What it is a target of: those of the same are each other's history."""
        return self.metric, frozenset(self.dimensions.items()), self.per


@dataclass(frozen=True)
class Note:
    """What a role says of a figure, about the period that begins on `first`; `day` is a single day."""

    metric: str
    dimensions: Mapping[str, str]
    on: date
    author: str
    period: str
    first: date
    text: str


@dataclass(frozen=True)
class Decision:
    """A decision, and one metric that it rests on; "" and 0 where it names none."""

    decision: str
    on: date
    metric: str
    version: int


@dataclass(frozen=True)
class Governance:
    """All of one municipality, oldest first."""

    targets: tuple[Target, ...] = ()
    notes: tuple[Note, ...] = ()
    decisions: tuple[Decision, ...] = ()
    meetings: tuple[date, ...] = ()

    def target(self, metric: str, dimensions: Mapping[str, str], kind: str, last: date) -> Target | None:
        """The target that holds on the last day of a period; one for its kind goes before one for all."""
        held = [
            t for t in self.targets if t.metric == metric and t.dimensions == dimensions and t.from_on <= last
        ]
        newest = {t.per: t for t in held}
        return newest.get(kind) or newest.get("")

    def history(self, metric: str) -> tuple[Target, ...]:
        """Every target of a metric and its parts, part by part, the newest first."""
        own = [target for target in self.targets if target.metric == metric]
        return tuple(sorted(own, key=_by_part))

    def last_meeting(self, today: date) -> date | None:
        """The day of the last meeting before today."""
        return max((on for on in self.meetings if on < today), default=None)


def governance_of(rows: Iterable[Mapping[str, Any]]) -> Governance:
    """Rows of `SHOWN` as records."""
    by_kind: dict[str, list[Mapping[str, Any]]] = {"target": [], "note": [], "decision": [], "meeting": []}
    for row in rows:
        by_kind[row["kind"]].append(row)
    return Governance(
        tuple(map(_target, by_kind["target"])),
        tuple(map(_note, by_kind["note"])),
        tuple(
            Decision(r["decision"], r["on_day"], r["metric"], r["metric_version"])
            for r in by_kind["decision"]
        ),
        tuple(row["on_day"] for row in by_kind["meeting"]),
    )


def _by_part(target: Target) -> tuple[list[tuple[str, str]], str, int]:
    return sorted(target.dimensions.items()), target.per, -target.from_on.toordinal()


def _dimensions(row: Mapping[str, Any]) -> dict[str, str]:
    unit = {"unit": row["unit"]} if row["unit"] else {}
    return unit | ({row["dimension"]: row["code"]} if row["dimension"] else {})


def _target(row: Mapping[str, Any]) -> Target:
    return Target(
        row["metric"], _dimensions(row), row["period"], row["value"], row["direction"], row["on_day"],
        row["role"], row["decision"],
    )  # fmt: skip


def _note(row: Mapping[str, Any]) -> Note:
    return Note(
        row["metric"],
        _dimensions(row),
        row["on_day"],
        row["role"],
        row["period"],
        row["period_on"],
        row["text"],
    )
