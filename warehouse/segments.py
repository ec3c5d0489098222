"""A backup's folder: Parquet segments in a hash chain, and the manifest that lists them. No warehouse here.

Each entry holds the hash of its file and of the entry before, so that a segment which is cut, changed,
missing or exchanged is found and named. The manifest is replaced whole: a backup that is broken off leaves
the one before as it was, and the next goes on from what was written.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.errors import HubError, Misconfigured

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DRILLS: Final = "drills.json"
ROW_HASH: Final = "row_hash"
Sums = dict[str, tuple[int, int]]
"""By day: how many rows a table has, and the sum of their hashes."""


class Segment(msgspec.Struct, frozen=True):
    """One file. days: those that its rows are of. chain: hash over the rest of this and the entry before."""

    table: str
    file: str
    rows: int
    size: int
    sha256: str
    days: tuple[str, ...]
    chain: str = ""


class Manifest(msgspec.Struct):
    """What the folder holds. complete: so many segments make up the last backup that was finished; taken_at:
    when that began. By table: sums of what the hub held then; columns with their types; first: the segment
    that it begins with, where columns have changed since.
    """

    format: int = FORMAT
    taken_at: str = ""
    complete: int = 0
    segments: list[Segment] = msgspec.field(default_factory=list)
    sums: dict[str, Sums] = msgspec.field(default_factory=dict)
    columns: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    first: dict[str, int] = msgspec.field(default_factory=dict)

    @property
    def head(self) -> str:
        """The chain's end at the last finished backup; kept elsewhere, it tells when a folder was cut."""
        return self.segments[self.complete - 1].chain if self.complete else ""

    def of(self, table: str) -> Sequence[Segment]:
        """The table's segments in the last backup that was finished."""
        whole = self.segments[self.first.get(table, 0) : self.complete]
        return [entry for entry in whole if entry.table == table]


class NoBackup(HubError):
    """The folder holds no backup, or its manifest cannot be read."""


@dataclass(frozen=True)
class Broken:
    """A segment that is not as it was written."""

    file: str
    why: Literal["missing", "cut", "changed", "out of the chain"]


def read(folder: Path) -> Manifest:
    """The folder's manifest. NoBackup where there is none, or none that can be read."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError as error:
        raise NoBackup(f"{folder} holds no backup: {MANIFEST} is missing") from error
    except msgspec.DecodeError as error:
        raise NoBackup(f"{folder / MANIFEST} is cut or changed: {error}") from error
    if manifest.format != FORMAT:
        raise NoBackup(f"{folder / MANIFEST} is of format {manifest.format}, this hub reads {FORMAT}")
    return manifest


def write(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest whole or not at all."""
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    replace(folder / MANIFEST, text)


def replace(target: Path, text: bytes) -> None:
    """Write a small file whole or not at all."""
    _replace(target, lambda file: file.write_bytes(text))


def append(folder: Path, manifest: Manifest, table: str, rows: pa.Table, days: Sequence[str]) -> Segment:
    """Write the rows as the chain's next segment and list it; it counts once the backup is finished."""
    number = len(manifest.segments) + 1
    name = f"{number:06d}-{table}.parquet"
    _replace(folder / name, lambda file: pq.write_table(rows, file, compression="zstd"))
    entry = Segment(
        table, name, rows.num_rows, (folder / name).stat().st_size, _digest(folder / name), tuple(days)
    )
    entry = msgspec.structs.replace(entry, chain=chained(_last(manifest.segments), entry))
    manifest.segments.append(entry)
    write(folder, manifest)
    return entry


def _replace(target: Path, make: Any) -> None:
    """Through a file beside it that is on the disk before it gets the name."""
    partial = target.with_name(target.name + ".partial")
    make(partial)
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _last(segments: Sequence[Segment]) -> str:
    return segments[-1].chain if segments else ""


def chained(before: str, entry: Segment) -> str:
    """The hash of an entry and of all before it."""
    told = msgspec.json.encode(msgspec.structs.replace(entry, chain=before), order="sorted")
    return sha256(told).hexdigest()


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def check(folder: Path, manifest: Manifest) -> list[Broken]:
    """Every segment that is not as it was written; [] when all are."""
    return list(_checked(folder, manifest))


def _checked(folder: Path, manifest: Manifest) -> Iterator[Broken]:
    before = ""
    for entry in manifest.segments:
        file = folder / entry.file
        if entry.chain != chained(before, entry):
            yield Broken(entry.file, "out of the chain")
        elif not file.exists():
            yield Broken(entry.file, "missing")
        elif file.stat().st_size < entry.size:
            yield Broken(entry.file, "cut")
        elif _digest(file) != entry.sha256:
            yield Broken(entry.file, "changed")
        before = entry.chain


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder against a second backup; the system lets go when this process ends, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Misconfigured(f"another backup is being written to {folder}") from error
        yield


def rows_of(folder: Path, entry: Segment, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """The rows of a segment, some at a time."""
    with pq.ParquetFile(folder / entry.file) as file:
        for batch in file.iter_batches(50_000, columns=list(columns) if columns else None):
            yield pa.Table.from_batches([batch])


def drills(folder: Path) -> list[dict[str, Any]]:
    """Restores from this folder that verified: at (ISO 8601), head, segments, rows, seconds."""
    file = folder / DRILLS
    try:
        told: list[dict[str, Any]] = msgspec.json.decode(file.read_bytes(), type=list[dict[str, Any]])
    except FileNotFoundError:
        return []
    except msgspec.DecodeError as error:
        raise NoBackup(f"{file} is cut or changed: remove it") from error
    return told


def note_drill(folder: Path, drill: dict[str, Any]) -> None:
    """Keep a drill beside the segments, for the hub that they are of. OSError where none can be written."""
    replace(folder / DRILLS, msgspec.json.format(msgspec.json.encode([*drills(folder), drill]), indent=1))
