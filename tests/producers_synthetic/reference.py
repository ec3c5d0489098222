"""A second, separate reading of `domain/17_case_life.md`: from the events' bytes to balances, kept short."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from schemas.codec import content_hash, decode, event_type
from schemas.envelope import Event

OPENS = {"report-received": "report", "application-received": "application", "registered": "own_initiative"}
TO = {"investigation-opened": "investigation", "investigation-extended": "investigation",
      "investigation-closed": "decision", "service-started": "service", "service-interrupted": "service",
      "service-ended": "follow_up"}  # fmt: skip

AFTERWARDS = ("reporter-informed", "follow-up-ended")


class Case(NamedTuple):
    ins: list[tuple[datetime, str, str]]
    outs: list[tuple[datetime, str, str]]
    moves: list[tuple[datetime, str, str]]
    # (from, until, unit, stage, handler known, opened, law, case type)
    spells: list[tuple[datetime, datetime | None, str, str, bool, datetime, str, str]]
    flaws: set[str]
    void: bool


def cases(raw: Iterable[bytes]) -> list[Case]:
    """Every case of the events in any order, doubled or not."""
    told: defaultdict[str, defaultdict[str, dict[Any, Event]]] = defaultdict(lambda: defaultdict(dict))
    for event in map(decode, raw):
        if "/case/" in event.subject:
            told[event.subject][event.id][event.recordedtime, -content_hash(event)] = event
    return [_case(facts) for facts in told.values()]


def _case(facts: dict[str, dict[Any, Event]]) -> Case:
    case = Case([], [], [], [], set(), False)
    latest = [versions[max(versions)] for versions in facts.values()]
    living = sorted((e for e in latest if not e.retracted), key=lambda e: (e.time, e.sequence))
    if any(len({recorded for recorded, _ in versions}) < len(versions) for versions in facts.values()):
        case.flaws.add("conflicting_versions")
    if any(e.flaws for e in living):
        case.flaws.add("ambiguous_time")
    opening = next((e.data for e in living if _name(e) in OPENS), None)
    about = (opening.law, opening.case_type) if opening else ("other", "unknown")
    now: tuple[str, str, bool] | None = None
    since, unit = datetime.min, "unknown"
    for event in living:
        name, data = _name(event), event.data
        if now is None:
            kind = "own_initiative" if name == "investigation-opened" else OPENS.get(name)
            kind = "reopened" if name == "reopened" else kind
            if name in AFTERWARDS:
                continue
            if kind is None and case.ins:
                case.flaws.add("event_after_close")
                continue
            if kind is None and name == "closed":
                case.flaws.add("closed_before_opened")
                continue
            if kind is None:
                case.flaws.add("opened_implicitly")
            unit = data.unit or unit
            case.ins.append((event.time, unit, kind or "implicit"))
            now, since = (unit, "intake", False), event.time
        stage = TO.get(name, now[1])
        if name == "decided":
            stage = "service" if data.service_follows and data.outcome != "refused" else "decision"
        if name == "transferred":
            case.moves.append((event.time, unit, data.to_unit))
            unit = data.to_unit
        new = (unit, stage, now[2] or name == "assigned")
        if new != now:
            case.spells.append((since, event.time, *now, case.ins[-1][0], *about))
            now, since = new, event.time
        if name == "closed" or (name == "preliminary-assessed" and data.outcome != "investigate"):
            case.outs.append((event.time, unit, data.reason if name == "closed" else data.outcome))
            case.spells.append((since, event.time, *now, case.ins[-1][0], *about))
            now = None
    if now is not None:
        case.spells.append((since, None, *now, case.ins[-1][0], *about))
    if "closed_before_opened" in case.flaws:
        return Case([], [], [], [], case.flaws, False)
    return case._replace(void=not living)


def _name(event: Event) -> str:
    return event_type(event).split(".")[3]


def balance(found: Iterable[Case], at: datetime) -> Counter[tuple[str, ...]]:
    """Open cases by unit, stage, handler known, law and case type."""
    return Counter(
        (unit, stage, str(known).lower(), law, kind)
        for case in found
        for since, until, unit, stage, known, _, law, kind in case.spells
        if since <= at and (until is None or at < until)
    )
