"""The files of `./puls report ej-verkstallda`: the same rows as the work view gives, each read with a row in
the log.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from apps.access.login import pseudonym
from apps.access.secret import kept
from apps.work.unexecuted_files import KINDS, Form, name_of
from apps.work.unexecuted_report import Basis, report
from schemas.codes import ReportTo
from schemas.errors import Misconfigured
from schemas.municipality import Municipality, municipality
from schemas.settings import Settings
from warehouse.audit import MOST_ENTITIES, Entry, Log
from warehouse.client import Warehouse
from warehouse.quarters import Quarter, quarter
from warehouse.restricted import QUERIES
from warehouse.unexecuted import PUBLISHED, decisions, published
from warehouse.watermark import Watermark, watermarks

QUERY: Final = "unexecuted_decisions"
PAGE: Final = "puls report"
"""What the log calls this way in."""
FORMS: Final[dict[str, Form]] = {"excel": "xlsx", "csv": "csv", "pdf": "pdf"}
T = TypeVar("T", bound=str)


@dataclass(frozen=True)
class Asked:
    """Which report of whom, and until when the municipality's cases are told."""

    town: Municipality
    quarter: Quarter
    mark: Watermark | None
    now: datetime

    @classmethod
    def of(cls, store: Warehouse, name: str, code: str, now: datetime) -> Self:
        """What was asked for. Misconfigured for a quarter that is none or not over, and a municipality that
        is none, not under Swedish law, or one of several.
        """
        wanted, marks = quarter(name), watermarks(store)
        town = municipality(code) if code else _only([*marks])
        if town.kind == "foreign":
            raise Misconfigured(f"{town.name}: svensk lag gäller inte där (Swedish law does not hold there)")
        if not wanted.is_over(now, town.zone):
            raise Misconfigured(
                f"{wanted.name} är inte slut förrän {wanted.until} (the quarter is not over until then)"
            )
        return cls(town, wanted, marks.get(town.code, {}).get("cases"), now)

    @property
    def basis(self) -> Basis:
        """What the report is made of."""
        return Basis(self.town, self.quarter, self.mark.as_of if self.mark else None)


def _only(codes: Sequence[str]) -> Municipality:
    """The one municipality under Swedish law that anything is told of."""
    towns = [town for town in map(municipality, codes) if town.kind != "foreign"]
    if len(towns) != 1:
        known = ", ".join(sorted(town.code for town in towns)) or "–"
        raise Misconfigured(f"Vilken kommun? (Which municipality?) --municipality, en av (one of): {known}")
    return towns[0]


def chosen(sv: str, en: str, given: str, known: Sequence[T]) -> tuple[T, ...]:
    """The one that was given, all where none was. Misconfigured names what there is."""
    if given and given not in known:
        listed = ", ".join(known)
        raise Misconfigured(f"{given!r} är inget känt {sv} (is no known {en}): {listed}")
    return tuple(one for one in known if given in ("", one))


def write(
    settings: Settings, store: Warehouse, asked: Asked, what: tuple[Sequence[ReportTo], Sequence[Form]],
    out: Path,
) -> Iterator[str]:  # fmt: skip
    """Write the files of these receivers and forms; what there is to say of them, line by line."""
    log = Log(lambda: store)
    out.mkdir(parents=True, exist_ok=True)
    for to in what[0]:
        rows = _read(settings, store, asked, log, to)
        code, on = asked.town.code, asked.quarter.first
        shown = published(store.rows(PUBLISHED, {"municipality": code, "on": on}) if to == "council" else [])
        made = report(to, decisions(rows, asked.quarter, asked.town.zone), asked.basis, shown)
        for form in what[1]:
            path = out / name_of(made, form)
            path.write_bytes(KINDS[form].make(made))
            yield f"{path}: {len(made.rows)} rader (rows)"
    yield from asked.basis.words


def _read(settings: Settings, store: Warehouse, asked: Asked, log: Log, to: ReportTo) -> list[dict[str, Any]]:
    """The rows, once they stand in the log: by a pseudonym of who runs the command on this machine."""
    since, until = asked.quarter.span(asked.town.zone)
    span = {"since": since, "until": until}
    limits = {"municipality": asked.town.code, "every_unit": 1, "units": []}
    rows = store.rows(QUERIES[QUERY].sql, span | limits)
    about = sorted({row["entity"] for row in rows})
    actor = pseudonym(kept(settings.home, "work-actor").encode(), f"command:{os.getuid()}")
    log.append(Entry(
        "export", "command", actor, PAGE, QUERY, asked.town.code, span | {"receiver": to}, len(rows),
        about if len(about) <= MOST_ENTITIES else [], "statutory_report",
    ))  # fmt: skip
    return rows
