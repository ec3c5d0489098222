"""The folder of a backup without any warehouse: every fault is found and named, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest

from schemas.errors import HubError, Misconfigured
from streams.restore import BrokenBackup, checked
from warehouse import segments
from warehouse.segments import Manifest, NoBackup, Segment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three segments of a finished backup."""
    manifest = Manifest()
    for number in range(3):
        rows = pa.table({"name": [f"row {number}"] * 50, segments.ROW_HASH: pa.array(range(50), pa.uint64())})
        segments.append(tmp_path, manifest, "alarms", rows, ["2026-03-02"])
    manifest.complete = 3
    segments.write(tmp_path, manifest)
    return tmp_path


def second(folder: Path) -> Path:
    return folder / segments.read(folder).segments[1].file


def cut(folder: Path) -> None:
    file = second(folder)
    file.write_bytes(file.read_bytes()[:-7])


def flip(folder: Path) -> None:
    told = bytearray(second(folder).read_bytes())
    told[len(told) // 2] ^= 1
    second(folder).write_bytes(told)


def remove(folder: Path) -> None:
    second(folder).unlink()


def exchange(folder: Path) -> None:
    manifest = segments.read(folder)
    manifest.segments[1], manifest.segments[2] = manifest.segments[2], manifest.segments[1]
    segments.write(folder, manifest)


def leave_out(folder: Path) -> None:
    manifest = segments.read(folder)
    del manifest.segments[1]
    segments.write(folder, manifest)


def rehash(folder: Path) -> None:
    """Change a segment and its entry alike: the entries after it no longer fit."""
    flip(folder)
    manifest = segments.read(folder)
    entry: Segment = manifest.segments[1]
    manifest.segments[1] = msgspec.structs.replace(entry, sha256=segments._digest(second(folder)))
    segments.write(folder, manifest)


def test_a_folder_that_is_as_it_was_written_is_whole(folder: Path) -> None:
    manifest = checked(folder)
    assert (len(manifest.of("alarms")), manifest.head) == (3, manifest.segments[-1].chain)
    assert [part.num_rows for entry in manifest.of("alarms") for part in segments.rows_of(folder, entry)] == [
        50
    ] * 3
    assert checked(folder, manifest.segments[0].chain), "an earlier head is in the chain"


@pytest.mark.parametrize(
    "fault, said",
    [
        (cut, "000002-alarms.parquet is cut"),
        (flip, "000002-alarms.parquet is changed"),
        (remove, "000002-alarms.parquet is missing"),
        (exchange, "000003-alarms.parquet is out of the chain; 000002-alarms.parquet is out of the chain"),
        (leave_out, "000003-alarms.parquet is out of the chain"),
        (rehash, "000002-alarms.parquet is out of the chain"),
    ],
)  # fmt: skip
def test_a_segment_that_is_cut_flipped_missing_or_exchanged_is_named(
    folder: Path, fault: Callable[[Path], None], said: str
) -> None:
    fault(folder)
    with pytest.raises(BrokenBackup, match=said):
        checked(folder)


def test_a_folder_that_was_cut_short_with_its_manifest_does_not_hold_the_head_that_was_noted(
    folder: Path,
) -> None:
    noted, manifest = segments.read(folder).head, segments.read(folder)
    manifest.segments.pop()
    manifest.complete = 2
    segments.write(folder, manifest)
    assert checked(folder).complete == 2
    with pytest.raises(BrokenBackup, match="another backup, or was cut"):
        checked(folder, noted)


def test_a_manifest_that_is_cut_of_another_format_or_gone_is_one_line(folder: Path) -> None:
    file = folder / segments.MANIFEST
    whole = file.read_bytes()
    for text, said in (
        (whole[:-9], "cut or changed"),
        (whole.replace(b'"format": 1', b'"format": 9'), "format 9"),
    ):
        file.write_bytes(text)
        with pytest.raises(NoBackup, match=said):
            checked(folder)
    file.unlink()
    with pytest.raises(NoBackup, match="holds no backup"):
        checked(folder)


def test_two_backups_do_not_write_to_one_folder(folder: Path) -> None:
    with segments.held(folder), pytest.raises(Misconfigured, match="another backup"), segments.held(folder):
        raise AssertionError("both hold it")


def test_a_drill_is_kept_beside_the_segments(folder: Path) -> None:
    assert segments.drills(folder) == []
    for number in (1, 2):
        segments.note_drill(folder, {"at": f"2026-11-0{number}T00:00:00+00:00"})
    assert [drill["at"][:10] for drill in segments.drills(folder)] == ["2026-11-01", "2026-11-02"]
    (folder / segments.DRILLS).write_text("[{")
    with pytest.raises(HubError, match="remove it"):
        segments.drills(folder)
