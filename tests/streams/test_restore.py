"""A hub with everything that a backup keeps, taken twice and restored beside it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from apps.proofs import proofs
from schemas import cases as c
from schemas.errors import HubError
from schemas.settings import Settings
from streams.folding import TABLES
from streams.restore import BrokenBackup, checked, restore
from tests.streams.test_batch import NOW, apply, new_batch
from tests.telling import at, tell
from tests.warehouse.publishing import Town, now_only
from warehouse import segments
from warehouse.alarms import raise_alarm
from warehouse.audit import Entry, Log
from warehouse.audit_check import check as check_audit
from warehouse.backup import Taken, backup
from warehouse.client import Warehouse, connect
from warehouse.kept import KEPT, MADE_AGAIN
from warehouse.places import Places
from warehouse.published import shown

FEW = {name: now_only(name) for name in ("caseload_balance", "unassigned_cases")}
EARLY, LATE = at(3, hours=1), at(4, hours=1)


def quiet(_: str) -> None:
    """Nobody listens."""


@pytest.fixture(scope="module")
def hub(settings: Settings) -> Iterator[Warehouse]:
    client = connect(settings)
    yield client
    client.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backup") / "copy"


@pytest.fixture(scope="module")
def taken(hub: Warehouse, folder: Path) -> list[Taken]:
    """Three backups: of a day, of the day after with late and corrected things, and of nothing new."""
    town = Town(hub)
    publisher = Places(hub, list(FEW.values()))
    town.tell(at(3), town.opened("vuxen", 9, at(0)) + town.opened("barn", 7, at(1)))
    publisher.publish(1, at(3, hours=0.5))
    raise_alarm(hub, "warehouse.away", ("Lagret svarade inte", "The warehouse did not answer"), at(3))
    log = Log(lambda: hub)
    log.append(Entry("login", role="engineer", actor="k1.someone"))
    found = [backup(hub, folder, quiet)]
    moved = tell("barn-030800-0", c.ReportReceived(unit="vuxen"), at(1), recorded=at(3.5))
    town.tell(at(4), [moved, *town.opened("vuxen", 3, at(3.2))])
    publisher.publish(1, at(4, hours=0.5))
    log.append(Entry("logout", role="engineer", actor="k1.someone"))
    with ThreadPoolExecutor(2) as pool:  # a batch of a worker whose clock is days behind
        apply(new_batch(hub, pool), [tell("x", c.ReportReceived(unit="barn"), at(2))])
        assert at(4) < NOW
    found += [backup(hub, folder, quiet), backup(hub, folder, quiet)]
    return found


def test_a_second_backup_writes_what_is_new_and_a_third_nothing(hub: Warehouse, taken: list[Taken]) -> None:
    first, second, third = taken
    assert (third.new_rows, third.new_segments, third.head) == (0, 0, second.head)
    (events,) = hub.rows("SELECT count() AS n FROM events")
    assert 0 < second.new_rows < first.new_rows and events["n"] > 20
    assert second.rows == first.new_rows + second.new_rows


@pytest.fixture
def beside(hub: Warehouse, taken: list[Taken], bare_settings: Settings, monkeypatch: Any) -> Settings:
    """An empty hub in another database; verified by few metrics."""
    monkeypatch.setattr("warehouse.comparing.load", lambda: FEW)
    return bare_settings


def test_a_hub_that_is_restored_shows_what_was_shown_and_verifies(
    hub: Warehouse, folder: Path, beside: Settings
) -> None:
    restored = restore(beside, folder, quiet)
    there = connect(beside)
    assert restored.verdict.holds and restored.verdict.figures > 9 and restored.rows > 50
    for known_at in (EARLY, LATE, None):
        for metric in FEW:
            told = shown(hub, "9999", [metric], known_at=known_at)
            assert told and shown(there, "9999", [metric], known_at=known_at) == told
    assert shown(hub, "9999", ["caseload_balance"], known_at=EARLY) != shown(
        hub, "9999", ["caseload_balance"], known_at=LATE
    )
    for table in [*TABLES, *(kept.table for kept in KEPT if kept.table != "verifications")]:
        sql = f"SELECT * FROM {table} {'FINAL' if table in TABLES else ''} ORDER BY ALL"
        assert there.raw(sql) == hub.raw(sql), table
    assert check_audit(there, at(-99), at(9999)).broken == ()
    (drill,) = there.rows("SELECT * FROM backups")
    assert (drill["act"], drill["head"]) == ("drill", checked(folder).head)
    backup(hub, folder, quiet)
    last = {row["what"]: row["at"] for row in proofs(hub)}
    assert last["drill"] == drill["at"] and last["backup"] and last["verification"] is None
    acts = [row["act"] for row in hub.rows("SELECT act FROM backups FINAL ORDER BY at")]
    assert acts.count("drill") == 1 and acts[-1] == "backup", "the hub learns of the drill from the folder"
    with pytest.raises(HubError, match="not empty: publications, figures, "):
        restore(beside, folder, quiet)


def test_nothing_is_written_where_a_segment_is_broken(folder: Path, beside: Settings) -> None:
    entry = checked(folder).of("events")[0]
    file = folder / entry.file
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BrokenBackup, match=f"{entry.file} is cut"):
        restore(beside, folder, quiet)
    file.write_bytes(whole)
    assert connect(beside).rows("SELECT name FROM system.tables WHERE database = currentDatabase()") == []


def test_a_backup_that_is_broken_off_leaves_the_one_before_and_the_next_goes_on(
    hub: Warehouse, taken: list[Taken], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = checked(folder)
    raise_alarm(hub, "warehouse.away", ("Lagret svarade inte", "The warehouse did not answer"), at(5))
    Town(hub).tell(at(5), [tell("y", c.ReportReceived(unit="barn"), at(2))])
    real = segments.append

    def dying(where: Path, manifest: segments.Manifest, table: str, *rest: Any) -> segments.Segment:
        if table == "alarms":
            (where / "999999-alarms.parquet.partial").write_bytes(b"PAR1")
            raise KeyboardInterrupt
        return real(where, manifest, table, *rest)

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(segments, "append", dying)
        backup(hub, folder, quiet)
    left = checked(folder)
    assert (left.head, left.complete) == (before.head, before.complete)
    assert len(left.segments) > left.complete, "what was written by then is there"
    assert backup(hub, folder, quiet).new_rows >= 1
    after = checked(folder)
    assert after.segments[: len(left.segments)] == left.segments
    assert sum(entry.rows for entry in after.of("alarms")) == 2
    assert (
        sum(entry.rows for entry in after.of("events")) == hub.rows("SELECT count() AS n FROM events")[0]["n"]
    )


def test_a_table_whose_columns_changed_begins_anew_and_comes_back_once(
    hub: Warehouse, taken: list[Taken], tmp_path: Path
) -> None:
    backup(hub, tmp_path, quiet)
    before = sum(entry.rows for entry in checked(tmp_path).of("alarms"))
    hub.command("ALTER TABLE alarms ADD COLUMN acknowledged_by String")
    try:
        backup(hub, tmp_path, quiet)
        manifest = checked(tmp_path)
    finally:
        hub.command("ALTER TABLE alarms DROP COLUMN acknowledged_by")
    (entry,) = manifest.of("alarms")
    assert entry.rows == before and len([one for one in manifest.segments if one.table == "alarms"]) == 2


def test_every_table_of_the_hub_is_kept_or_made_again(hub: Warehouse) -> None:
    found = hub.rows(
        "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'"
    )
    there = {row["name"] for row in found}
    kept = {one.table for one in KEPT}
    named = kept | MADE_AGAIN.keys() | set(TABLES)
    assert there - named == set(), "say in warehouse/kept.py whether a backup keeps it"
    assert named - there == set() and kept.isdisjoint(MADE_AGAIN)
    assert all(MADE_AGAIN.values())
    assert there - (named - {"audit"}) == {"audit"}, "a table that nobody named would be seen"
