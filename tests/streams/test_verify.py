"""One town, told once; faults are planted together, each on a case of its own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner, Result

from apps.cli import app
from apps.commands import verify as command
from schemas import cases as c
from schemas.settings import Settings
from streams.batch import decode_all
from streams.verify import verify
from tests.streams.test_batch import new_batch
from tests.streams.test_rebuild import Load
from tests.telling import at, messages, subject, tell
from tests.warehouse.publishing import Town, now_only
from warehouse.client import Warehouse, connect
from warehouse.comparing import asked
from warehouse.contracts import load

CASES = ("flipped", "gone", "void", "blank", "behind", "right")


@pytest.fixture(scope="module")
def hub(settings: Settings) -> Iterator[Warehouse]:
    client = connect(settings)
    told = [tell(name, c.ReportReceived(unit="vuxen"), at(0)) for name in CASES]
    told += [tell(name, c.CaseTransferred(to_unit="barn"), at(2)) for name in ("flipped", "behind")]
    Town(client).tell(at(3), told)
    yield client
    client.close()


@pytest.fixture(autouse=True)
def few_metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole list costs seconds each time."""
    few = {name: now_only(name) for name in ("caseload_balance", "unassigned_cases")}
    monkeypatch.setattr("warehouse.comparing.load", lambda: few)
    monkeypatch.setattr("streams.replay._BEAT_S", 0.01)
    monkeypatch.setattr("streams.replay._TRIES", 2)
    monkeypatch.setattr("streams.folding._SETTLE_S", 0.5)


def test_a_hub_that_equals_its_archive_says_so_and_keeps_the_result(
    hub: Warehouse, settings: Settings
) -> None:
    said = puls(settings, "verify")
    assert said.exit_code == 0 and "Replay equals live: 9 events up to 2026-03-05" in said.output
    (row,) = hub.rows("SELECT * FROM verifications ORDER BY began_at DESC LIMIT 1")
    assert (row["differing_rows"], row["differing_figures"], row["first"]) == (0, 0, [])
    assert (row["events"], row["entities"]) == (9, len(CASES) + 1) and row["figures"] > 9
    assert hub.rows("SELECT 1 FROM system.databases WHERE name LIKE '%\\_\\_live'") == []


def puls(settings: Settings, *words: str) -> Result:
    named = ("home", "warehouse", "database")
    env = {f"PULS_{name.upper()}": str(getattr(settings, name)) for name in named}
    return CliRunner().invoke(app, list(words), env=env)


def changed(name: str, how: str) -> str:
    """A row of a case with another value and the same version, as a broken disk or hand would leave it."""
    row = f"(SELECT * FROM cases FINAL WHERE entity = '{subject(name)}')"
    return f"INSERT INTO cases SELECT * REPLACE ({how}) FROM {row}"


def deleted(*names: str) -> str:
    among = ", ".join(f"'{subject(name)}'" for name in names)
    return f"ALTER TABLE cases DELETE WHERE entity IN ({among}) SETTINGS mutations_sync = 1"


FAULTS = (
    "CREATE TABLE kept CLONE AS cases",
    changed("flipped", "arrayMap(unit -> 'flippad', `spells.unit`) AS `spells.unit`"),
    changed("void", "1 AS void"),
    changed("blank", "NULL AS opened_at"),
    changed("right", "'9999/case/ghost' AS entity"),
    deleted("gone", "behind"),
    "INSERT INTO cases SELECT * REPLACE (version - 1 AS version) FROM kept FINAL"
    f" WHERE entity = '{subject('behind')}'",
)


def test_every_row_that_is_changed_gone_behind_or_of_nobody_is_found_and_named(
    hub: Warehouse, settings: Settings
) -> None:
    for fault in FAULTS:
        hub.command(fault)
    verdict = verify(settings, lambda _: None)
    said = puls(settings, "verify", "--rows-only")
    hub.command("EXCHANGE TABLES kept AND cases")
    hub.command("DROP TABLE kept")
    assert said.exit_code == 1 and "Replay does not equal live: 6 rows" in said.output
    lines = list(command.told(verdict))
    assert [line for line in lines if line.startswith("row ")] == [
        "row 9999/case/ghost in cases: no event tells of it",
        f"row {subject('behind')} in cases: counts 1 of 2 versions",
        f"row {subject('blank')} in cases: differs, with all 1 versions counted",
        f"row {subject('flipped')} in cases: differs, with all 2 versions counted",
        f"row {subject('gone')} in cases: missing, 1 versions tell of it",
        f"row {subject('void')} in cases: differs, with all 1 versions counted",
    ]
    at_flipped = lines.index(f"row {subject('flipped')} in cases: differs, with all 2 versions counted")
    flipped = lines[at_flipped + 1 : at_flipped + 4]
    assert (
        flipped[0] == "  spells.unit: ['flippad', 'flippad'] in the hub, ['vuxen', 'barn'] from the archive"
    )
    assert [event.split(" at ")[1] for event in flipped[1:]] == ["cases/0/0", "cases/0/6"]
    balance = next(n for n, line in enumerate(lines) if line.startswith("figure 9999 caseload_balance now"))
    assert lines[balance].endswith("5 (n=5) from the hub's rows, 6 (n=6) from the archive")
    assert lines[balance + 1].startswith("  events behind it: those of 9999/case/")
    assert lines[-1].startswith("Replay does not equal live: 6 rows and ")
    (kept,) = hub.rows("SELECT * FROM verifications WHERE differing_figures > 0")
    assert kept["differing_rows"] == 6 and f"{subject('flipped')}: spells.unit" in kept["first"]


def test_load_meanwhile_and_clocks_that_are_wrong_make_no_difference(
    hub: Warehouse, settings: Settings
) -> None:
    with ThreadPoolExecutor(2) as pool:
        for name, hours in (("ahead", 1), ("late", -1)):
            now = datetime.now(UTC) + timedelta(hours=hours)
            told = messages([tell(name, c.ReportReceived(unit="vuxen"), at(1))])
            new_batch(hub, pool).apply(decode_all(told, now), now)
    load = Load(settings)
    with load.running():
        verdict = verify(settings, lambda _: None, figures=False)
    assert load.told and verdict.holds, list(command.told(verdict))


def test_every_metric_that_is_published_of_what_is_told_is_asked_for(
    hub: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.comparing.load", load)
    names = {one.contract.name for one in asked(hub, at(4))}
    of_cases = {each.name for each in load().values() if each.publish and set(each.needs) == {"cases"}}
    assert len(of_cases) > 20 and of_cases <= names
