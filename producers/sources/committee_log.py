"""What a committee's secretary keeps in one sheet: targets, notes, decisions, meetings, a row for each.

Rows of one day belong together, so that several notes of a day stay apart: a day is sent whole or not at all.
The file is a closed import to the hub: a sheet that is a week old must hold no figure back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Final, NamedTuple, cast

from producers.choices import Synonyms, choose
from producers.committee_words import DIMENSIONS, DIRECTIONS, HEADINGS, KINDS, PER, ROLES
from producers.rows import BadCell, BadCells, Row, slug
from producers.source import Passed, Said
from producers.times import Moment
from schemas.codes import (
    NOTE_PATTERN,
    CommitteeRole,
    NotePeriod,
    PeriodKind,
    TargetDirection,
)
from schemas.envelope import Fact
from schemas.errors import BadEvent
from schemas.governance import DecisionRecorded, MeetingHeld, NoteAdded, TargetSet
from schemas.identity import find_identity_in_prose

MODE = "historical"
DOMAIN = "reference"
TOPIC = "reference"
GROUP = "Datum"
COLUMNS = ("Datum", "Slag")
MISSING = ("-", "–", "—")
ALIASES = HEADINGS

_PERCENT: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_PART: Final = re.compile(r"([^=]+?)\s*=\s*(\S.*)")
_PERIOD: Final = re.compile(r"(\d{4})(?:\s*[Kk]([1-4])|-(0[1-9]|1[0-2])(-\d{2})?)?")
_DECISION: Final = re.compile(r"([A-Za-zÅÄÖåäö]{2,8})\s*(\d{4}-\d{2}-\d{2})\s*,?\s*§\s*(\d{1,4})")
_NOTE: Final = re.compile(NOTE_PATTERN)
_LONGEST: Final = 100
NO_NAMES: Final[Mapping[str, str]] = {}


class About(NamedTuple):
    """What a target or a note is about."""

    metric: str
    unit: str | None
    dimension: str | None
    code: str | None

    @property
    def words(self) -> tuple[str, ...]:
        """Its parts that say something, as they make a key."""
        pair = (f"{self.dimension}-{self.code}".replace("+", "-"),) if self.dimension else ()
        return (self.metric, *((self.unit,) if self.unit else ()), *pair)


def events(rows: Sequence[Row]) -> Iterator[Said | Passed]:
    """The facts of one day's rows. BadCells names every cell of the day that cannot be read."""
    told: list[Said | Passed] = []
    faults: list[BadCell] = []
    seen: Counter[str] = Counter()
    for row in rows:
        try:
            told.append(_numbered(_said(row), seen))
        except BadCells as error:
            faults += error.cells
        except BadCell as error:
            faults.append(error)
    if faults:
        raise BadCells(faults)
    yield from told


def _numbered(said: Said | Passed, seen: Counter[str]) -> Said | Passed:
    """Several notes of one role about one figure on one day are numbered in the order of the sheet."""
    if isinstance(said, Passed) or not isinstance(said.fact, NoteAdded):
        return said
    key = str(said.key)
    seen[key] += 1
    return said if seen[key] == 1 else _with_key(said, _key(key, str(seen[key])))


def _with_key(said: Said, key: str) -> Said:
    return Said(said.fact, key, said.at, retracted=said.retracted, reason=said.reason, row=said.row)


def _said(row: Row) -> Said | Passed:
    at, on, kind = row.time("Datum"), row.day("Datum"), _chosen(row, "Slag", KINDS)
    if kind == "meeting":
        if on > row.table.today:
            return Passed("not-yet-held")
        return _told(row, MeetingHeld(on=on), on.isoformat(), at)
    if on > row.table.today:
        raise _bad(row, "Datum", "Dagen har inte varit.", "The day has not been.")
    return {"target": _target, "note": _note, "decision": _decision}[kind](row, at, on)


def _told(row: Row, fact: Fact, key: str, at: Moment, occurrence: str | int = 0) -> Said:
    """The fact; one whose row is struck out is taken back."""
    is_out = bool(_cell(row, "Utgår"))
    return Said(fact, key, at, occurrence, retracted=is_out, row=row,
                reason="registered_by_mistake" if is_out else None)  # fmt: skip


def _target(row: Row, at: Moment, on: date) -> Said:
    about = _about(row)
    per = cast("PeriodKind", _chosen(row, "Period", PER)) if _cell(row, "Period") else None
    from_on = row.day("Från") if _cell(row, "Från") else on
    fact = TargetSet(
        metric=about.metric, value=_value(row),
        direction=cast("TargetDirection", _chosen(row, "Riktning", DIRECTIONS)), from_on=from_on,
        owner=cast("CommitteeRole", _chosen(row, "Ägare", ROLES)), decision=_reference(row),
        unit=about.unit, dimension=about.dimension, code=about.code, per=per,
    )  # fmt: skip
    return _told(row, fact, _key(*about.words, per or ""), at, from_on.isoformat())


def _note(row: Row, at: Moment, on: date) -> Said:
    about, (period, first) = _about(row), _period(row, on)
    author = cast("CommitteeRole", _chosen(row, "Ägare", ROLES))
    fact = NoteAdded(
        metric=about.metric, on=on, author=author, text=_text(row), unit=about.unit,
        dimension=about.dimension, code=about.code, period=period, period_on=first,
    )  # fmt: skip
    return _told(row, fact, _key(on.isoformat(), author, *about.words), at)


def _decision(row: Row, at: Moment, on: date) -> Said:
    reference = _reference(row)
    metric = row.code("Mått") if _cell(row, "Mått") else None
    version = _version(row) if _cell(row, "Version") else None
    fact = DecisionRecorded(decision=reference, on=on, metric=metric, metric_version=version)
    return _told(row, fact, slug(reference), at, metric or "")


def _about(row: Row) -> About:
    if not _cell(row, "Mått"):
        raise _bad(row, "Mått", "Måttets kod saknas; den står i katalogen.",
                   "The metric's code is missing; the catalogue has it.")  # fmt: skip
    unit = row.unit("Enhet") if _cell(row, "Enhet") else None
    return About(row.code("Mått"), unit, *_part(row))


def _part(row: Row) -> tuple[str, str] | tuple[None, None]:
    """`insats=hemtjänst`, `clock=LC3`: a code, or a name that the municipality has for one."""
    text = _cell(row, "Del")
    if not text:
        return None, None
    found = _PART.fullmatch(text)
    if found is None:
        raise _bad(row, "Del", "Skriv indelning=del, till exempel insats=home_care.",
                   "Write dimension=part, e.g. service=home_care.")  # fmt: skip
    dimension = _meant(row, "Del", found[1], DIMENSIONS, is_open=True)
    names = row.table.names.get(dimension, {})
    return dimension, _meant(row, "Del", found[2], {}, names) if names else found[2]


def _value(row: Row) -> float:
    """A number, or a share in per cent."""
    found = _PERCENT.fullmatch(_cell(row, "Värde"))
    return round(float(found[1].replace(",", ".")) / 100, 9) if found else row.number_in("Värde")


def _version(row: Row) -> int:
    value = row.number_in("Version")
    if value < 1 or not value.is_integer():
        raise _bad(row, "Version", "Versionen ska vara ett heltal.", "The version must be a whole number.")
    return int(value)


def _period(row: Row, on: date) -> tuple[NotePeriod, date]:
    """`2026`, `2026K3`, `2026-09`, `2026-09-14`; left out: the day it was written on."""
    text = _cell(row, "Period")
    if not text:
        return "day", on
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise _bad(row, "Period", "Skriv 2026, 2026K3, 2026-09 eller 2026-09-14.",
                   "Write 2026, 2026K3, 2026-09 or 2026-09-14.")  # fmt: skip
    if found[4]:
        return "day", row.day("Period")
    if found[2]:
        return "quarter", date(int(found[1]), int(found[2]) * 3 - 2, 1)
    return (
        ("month", date(int(found[1]), int(found[3]), 1)) if found[3] else ("year", date(int(found[1]), 1, 1))
    )


def _reference(row: Row) -> str:
    found = _DECISION.fullmatch(_cell(row, "Beslut"))
    if found is None:
        raise _bad(row, "Beslut", "Skriv nämnd, dag och paragraf: SN 2026-03-12 § 45.",
                   "Write committee, day and paragraph: SN 2026-03-12 § 45.")  # fmt: skip
    return f"{found[1].upper()} {found[2]} § {found[3]}"


def _text(row: Row) -> str:
    """The note, with single blanks. An identity is told of here, with all other faults of the day."""
    text = " ".join(_cell(row, "Text").split())
    kind = find_identity_in_prose(text)
    if kind is not None:
        raise BadCell(row.number, "identity", "Text",
                      f"Texten innehåller en identitetsuppgift ({kind}). Ta bort den.",
                      f"The text holds an identity ({kind}). Remove it.")  # fmt: skip
    if _NOTE.fullmatch(text) is None:
        raise _bad(row, "Text", "Texten ska ha 1–500 tecken: bokstäver, siffror och vanliga skiljetecken.",
                   "The text must have 1–500 letters, digits and plain signs.")  # fmt: skip
    return text


def _chosen(row: Row, column: str, synonyms: Synonyms) -> str:
    return _meant(row, column, _cell(row, column), synonyms)


def _meant(
    row: Row,
    column: str,
    text: str,
    synonyms: Synonyms,
    names: Mapping[str, str] = NO_NAMES,
    is_open: bool = False,
) -> str:
    try:
        return choose(text, names, synonyms, is_open=is_open)
    except BadEvent as error:
        raise BadCell(row.number, error.reason, column, error.sv, error.en) from None


def _cell(row: Row, column: str) -> str:
    """The cell's text, "" where the sheet has no such column."""
    return row[column] if row.has(column) else ""


def _key(*parts: str) -> str:
    """The entity's key of its parts; of too many signs their check sum."""
    key = ".".join(part for part in parts if part)
    return key if len(key) <= _LONGEST else blake2b(key.encode(), digest_size=16).hexdigest()


def _bad(row: Row, column: str, sv: str, en: str) -> BadCell:
    return BadCell(row.number, "bad_value", column, sv, en)
