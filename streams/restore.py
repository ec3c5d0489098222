"""`./puls restore`: a hub from nothing but a backup's segments, verified; a drill wherever it is done.

The chain is checked before anything is written. The published layer comes back as it was shown; entity rows
are folded from the archive. A worker that starts on the restored hub begins where the backup's positions say,
or earlier (`streams/resuming.py`): what it hears again vanishes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from schemas.errors import HubError
from schemas.settings import Settings
from streams.batch import Batch
from streams.folding import TABLES, Say, fold_archive
from streams.memory import Memory
from streams.verify import Verdict, verify
from warehouse import backup, segments
from warehouse.client import Warehouse, connect, create_tables
from warehouse.kept import KEPT
from warehouse.segments import ROW_HASH, Broken, Manifest


class BrokenBackup(HubError):
    """Segments are not as they were written: nothing was restored."""


@dataclass(frozen=True)
class Restored:
    """What a restore came to. rows: put back; entities: folded."""

    rows: int
    entities: int
    seconds: float
    verdict: Verdict


def restore(settings: Settings, folder: Path, say: Say) -> Restored:
    """Fill an empty hub from the folder's last finished backup, and verify it.

    Raises BrokenBackup that names every segment which is not as it was written; HubError where the hub holds
    anything; NoBackup.
    """
    began = time.monotonic()
    manifest = checked(folder)
    hub = connect(settings)
    create_tables(hub, settings.database)
    refuse_unless_empty(hub)
    rows = sum(_put_back(hub, folder, manifest, kept.table, say) for kept in KEPT)
    with ThreadPoolExecutor(2) as pool:
        entities = fold_archive(hub, Batch(hub, Memory(1), pool), "", say)
    verdict = verify(settings, say)
    done = Restored(rows, entities, time.monotonic() - began, verdict)
    if verdict.holds:
        _note_drill(hub, folder, manifest, done)
    hub.close()
    return done


def checked(folder: Path, head: str = "") -> Manifest:
    """The folder's manifest, with every segment checked. head: one that the chain must hold, if known."""
    manifest = segments.read(folder)
    if not manifest.complete:
        raise segments.NoBackup(f"{folder} holds no backup that was finished")
    broken = segments.check(folder, manifest)
    if broken:
        raise BrokenBackup(_named(folder, broken))
    if head and head not in {entry.chain for entry in manifest.segments[: manifest.complete]}:
        raise BrokenBackup(f"{folder}: its chain does not hold {head}: it is another backup, or was cut")
    return manifest


def _named(folder: Path, broken: Sequence[Broken]) -> str:
    told = "; ".join(f"{one.file} is {one.why}" for one in broken)
    return f"{folder}: {told}. Nothing of it was used"


def refuse_unless_empty(hub: Warehouse) -> None:
    """HubError where the hub holds anything that a hub without data does not."""
    tables = [kept.table for kept in KEPT if not kept.early] + list(TABLES)
    full = [table for table in tables if hub.rows(f"SELECT 1 FROM {table} LIMIT 1")]
    if full:
        way_out = "restore into a home of its own (PULS_HOME), or `./puls reset` this one first"
        raise HubError(f"the hub is not empty: {', '.join(full[:5])} hold rows; {way_out}")


def _put_back(hub: Warehouse, folder: Path, manifest: Manifest, table: str, say: Say) -> int:
    rows = 0
    for entry in manifest.of(table):
        for part in segments.rows_of(folder, entry):
            hub.insert_arrow(table, part.drop([ROW_HASH]))
            rows += part.num_rows
    if rows:
        say(f"{table}: {rows:,} rows")
    return rows


def _note_drill(hub: Warehouse, folder: Path, manifest: Manifest, done: Restored) -> None:
    """Here, and beside the segments for the hub that they are of where that folder can be written."""
    at = datetime.now(UTC)
    drill = {"at": at.isoformat(), "head": manifest.head, "segments": manifest.complete, "rows": done.rows,
             "seconds": done.seconds}  # fmt: skip
    backup.note(hub, "drill", drill)
    with suppress(OSError):
        segments.note_drill(folder, drill)
