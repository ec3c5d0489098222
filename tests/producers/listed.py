"""Small lists of placements as workbooks, and what comes of them without a broker."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import openpyxl

from producers import ledger as ledgers
from producers.ledger import Ledger
from producers.listing import Work, worked_out
from producers.pseudonym import create
from producers.share import Order, Report
from producers.source import load
from schemas.envelope import Event, Fact
from schemas.settings import Settings

CODE = "9999"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HEADINGS = (
    "Ärende",
    "Personnummer",
    "Namn",
    "Inskriven",
    "Utskriven",
    "Vårdform",
    "Huvudorsak",
    "Aktör",
    "Dygnspris",
    "Ramavtal",
    "Skäl utanför",
    "Avtal t.o.m.",
    "Avtal skickat",
    "Påskrivet",
    "Enhet",
)
GOOD: dict[str, Any] = {
    "Ärende": "SN 2026-1",
    "Personnummer": "20170101-2393",
    "Namn": "Exempel Ett",
    "Inskriven": date(2026, 3, 2),
    "Vårdform": "HVB-hem",
    "Huvudorsak": "Omsorgssvikt",
    "Aktör": "B112",
    "Dygnspris": "6 450 kr",
    "Ramavtal": "ja",
    "Avtal t.o.m.": "2026-09-01",
    "Avtal skickat": "2/3 2026",
    "Påskrivet": "10 mars 2026",
    "Enhet": "Barn och unga",
}
LATER = datetime(2026, 11, 20, 8, tzinfo=UTC)


def row(**changed: Any) -> dict[str, Any]:
    """A row that holds, but for what is changed."""
    return GOOD | {name.replace("_", " "): value for name, value in changed.items()}


def book(path: Path, *rows: dict[str, Any], at: datetime = LATER, sheet: str = "Blad1") -> Path:
    """A workbook with the headings in row 1, saved at that time."""
    return saved(
        path, {sheet: [list(HEADINGS), *([cells.get(name) for name in HEADINGS] for cells in rows)]}, at
    )


def saved(path: Path, sheets: dict[str, Any], at: datetime = LATER) -> Path:
    """A workbook of these sheets and lines."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    made.save(path)
    return touched(path, at)


def touched(path: Path, at: datetime) -> Path:
    """The file as if it was saved then."""
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def work(home: Path, file: Path, source: str = "listan", **order: Any) -> Work:
    """What the file comes to beside the ledger in `home`, which then knows it."""
    settings = Settings(home=home)
    if not (settings.key_folder / f"{CODE}-placements.key").exists():
        create(settings.key_folder, CODE, "placements")
    done = worked_out(settings, load(source), Order("listan", file, municipality=CODE, **order), NOW)
    ledgers.save(ledger_path(home), done.ledger)
    return done


def ledger_path(home: Path) -> Path:
    """Where the ledger lies."""
    return ledgers.path_of(home, CODE, "listan")


def kept(home: Path) -> Ledger:
    """The ledger as it was written."""
    return msgspec.json.decode(ledger_path(home).read_bytes(), type=Ledger)


def told(work: Work) -> list[Event]:
    """The events that would be sent."""
    return [made.event for made in work.events]


def facts(work: Work, kind: type[Fact]) -> list[Any]:
    """The facts of one type that would be sent."""
    return [event.data for event in told(work) if type(event.data) is kind]


def faults(report: Report) -> list[tuple[str, str]]:
    """Cell and reason of every refusal."""
    return [(refused.cell, refused.reason) for refused in report.refused]


def fates(work: Work) -> dict[str, int]:
    """How many rows have which fate, without headings and empty rows."""
    return dict(work.report.fates - Counter({"heading": 99, "empty": 99}))
