"""Who changed what in a placement or case, when and why: every version of every fact, newest first. Pure.

A fact's first version tells what happened; a later one with other content is a correction, shown as old → new
with its reason; a version that takes the fact back says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from html import escape
from itertools import groupby
from typing import Any, Final, Literal

from msgspec.structs import asdict

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work import assistance_facts
from apps.work.address import Address
from apps.work.facts import shown, title
from apps.work.names import Names
from apps.work.row import named
from schemas.codec import decode_stored
from schemas.envelope import Event
from schemas.municipality import Municipality
from schemas.placements import RequestSent
from warehouse.shown import HIDDEN_FORM

Kind = Literal["told", "corrected", "retracted"]
_NOT_SHOWN: Final = ("placement", "assistance")


@dataclass(frozen=True)
class Line:
    """One step of the history. at: when the source recorded it; details: sentences under the title."""

    kind: Kind
    title: str
    details: tuple[str, ...]
    at: datetime
    entity: str = ""


@dataclass(frozen=True)
class History:
    """Of one placement or case. lead: where it is and since when."""

    lead: str
    lines: tuple[Line, ...]


def read(rows: Sequence[Mapping[str, Any]], town: Municipality, *, has_clock: bool = False) -> History:
    """The history of the events that a query gave. is_hidden in a row: no provider is to be named.

    has_clock: things happen by the minute, not by the day.
    """
    events = [decode_stored(row["body"].encode()) for row in rows]
    hidden = _is_hidden(events) or any(row.get("is_hidden") for row in rows)
    asked = {e.subject: e.data.provider for e in events if isinstance(e.data, RequestSent)}
    names = Names(town, hidden, asked, has_clock)
    facts = sorted(events, key=lambda event: (event.subject, event.id, event.recordedtime))
    lines = [
        line
        for _, versions in groupby(facts, key=lambda event: (event.subject, event.id))
        for line in _told(list(versions), names)
    ]
    return History(_lead(events, names), tuple(sorted(lines, key=_newest_first)))


def _is_hidden(events: Sequence[Event]) -> bool:
    """Whether any fact has ever said protected housing: then no provider of this placement is named."""
    return any(getattr(event.data, "care_form", None) == HIDDEN_FORM for event in events)


def _newest_first(line: Line) -> tuple[float, str]:
    return -line.at.timestamp(), line.title


def _lead(events: Sequence[Event], names: Names) -> str:
    """`HVB hos B112 sedan 2 mars 2026`, by the newest version of how it started."""
    starts = [e for e in events if type(e.data).__name__ == "PlacementStarted" and not e.retracted]
    if not starts:
        return assistance_facts.lead(events, names)
    fact = max(starts, key=lambda event: event.recordedtime).data
    return say(
        "history_lead", care_form=named(names.town, "care_form", fact.care_form),
        provider=names.provider(fact.provider), day=wording.day(fact.on),
    )  # fmt: skip


def _told(versions: Sequence[Event], names: Names) -> Iterable[Line]:
    before: Event | None = None
    for event in versions:
        if before is None or _content(before) != _content(event):
            yield _line(before, event, names)
        before = event


def _content(event: Event) -> tuple[object, ...]:
    return event.data, event.time, event.retracted


def _line(before: Event | None, event: Event, names: Names) -> Line:
    about = title(event, names)
    if event.retracted:
        kind, words, details = "retracted", say("h_retracted", what=_small(about)), []
    elif before is None:
        kind, words, details = "told", about, _happened(event, names)
    else:
        kind, words = "corrected", say("h_corrected", what=_small(about))
        details = _changes(before, event, names)
    details += _why(event, kind)
    return Line(kind, words, (*details, _who(event, names)), event.recordedtime, event.subject)  # type: ignore[arg-type]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _happened(event: Event, names: Names) -> list[str]:
    """When it happened, where it was written down on another day or at another minute."""
    happened, written = names.moment(event.time), names.moment(event.recordedtime)
    return [] if happened == written else [say("h_happened", day=happened)]


def _changes(before: Event, event: Event, names: Names) -> list[str]:
    if before.retracted:
        return [say("h_again")]
    old, new = asdict(before.data), asdict(event.data)
    told = [
        say("h_change", **shown(name, type(event.data), old[name], value, names))
        for name, value in new.items()
        if name not in _NOT_SHOWN and old[name] != value
    ]
    was, now = names.moment(before.time), names.moment(event.time)
    if was != now:
        told.append(say("h_change", what=say("f_time" if names.has_clock else "f_day"), old=was, new=now))
    frozen = [name for name in event.data.FROZEN if old[name] != new[name]]
    return [*told, say("h_frozen")] if frozen and not event.reason else told


def _why(event: Event, kind: str) -> list[str]:
    if event.reason:
        return [say("h_reason", reason=term(terms.CORRECTIONS, event.reason))]
    return [] if kind == "told" else [say("h_no_reason")]


def _who(event: Event, names: Names) -> str:
    """`9 mars 2026, placeringssamordnare 4F2A`: role and a short form of the pseudonym, else the source."""
    if event.actor is None:
        who = say("h_source", source=event.source)
    else:
        who = term(terms.ACTORS, event.actor.role)
        who += f" {handle(event.actor.pseudonym)}" if event.actor.pseudonym else ""
    return f"{names.moment(event.recordedtime)}, {who}"


def handle(pseudonym: str) -> str:
    """Four signs by which two people in the same role are told apart within one history."""
    return md5(pseudonym.encode(), usedforsecurity=False).hexdigest()[:4].upper()


def as_html(name: str, history: History | None, address: Address, nothing: str = "history_none") -> str:
    """The history under the name of what it is about, and the way back. nothing: the word where there is
    none.
    """
    close = f'<p><a target="_self" href="{escape(address.link(rad=""))}">{say("close_history")}</a></p>'
    if history is None or not history.lines:
        return f"<h2>{name}</h2><p>{say(nothing)}.</p>{close}"
    lines = "".join(
        f'<li class="{line.kind}"><b>{escape(line.title)}</b>'
        + "".join(f"<small>{escape(detail)}</small>" for detail in line.details)
        + "</li>"
        for line in history.lines
    )
    lead = f"<p>{escape(history.lead)}</p>" if history.lead else ""
    return f"<h2>{name}</h2>{lead}<h3>{say('history_of')}</h3><ol>{lines}</ol>{close}"
