"""`./puls report ej-verkstallda` over the real warehouse: files, the log, and what is refused in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from apps.cli import app
from apps.terms import ROLES
from apps.unexecuted_export import Asked
from apps.work.unexecuted_files import as_csv
from apps.work.unexecuted_report import Basis, report
from producers.deliver import delivered
from schemas.errors import HubError, Misconfigured
from schemas.reference import ProducerAlive
from schemas.reporting import ReportDelivered
from schemas.settings import Settings
from tests.warehouse.town import about, fold
from tests.warehouse.unexecuted_town import HERE, SWEDEN, TOLD, alive, town
from warehouse.audit import ROWS
from warehouse.audit_check import verify
from warehouse.client import Warehouse
from warehouse.quarters import Quarter
from warehouse.restricted import QUERIES
from warehouse.unexecuted import decisions

Q3 = Quarter(2026, 3)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def store(own_warehouse: Warehouse) -> Warehouse:
    """A warehouse of the module's own that was told of the town, until 22 November."""
    fold(own_warehouse, [*town(), alive(), about("boston.1", ProducerAlive("cases", TOLD), TOLD, "9901")])
    positions = "INSERT INTO positions (topic, partition, told_until) VALUES ('cases', 0, {at:DateTime64(6)})"
    own_warehouse.command(positions, {"at": TOLD})
    return own_warehouse


def run(settings: Settings, *words: str) -> Result:
    env = {
        "PULS_HOME": str(settings.home), "PULS_WAREHOUSE": settings.warehouse,
        "PULS_DATABASE": settings.database, "PULS_KAFKA": "",
    }  # fmt: skip
    return CliRunner().invoke(app, ["report", *words], env=env)


def test_it_writes_a_file_of_each_form_for_each_receiver_and_says_how_new_they_are(
    own_tables: Settings, store: Warehouse, tmp_path: Path
) -> None:
    done = run(own_tables, "ej-verkstallda", "--quarter", "2026Q3", "--out", str(tmp_path / "new"))
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "new").iterdir()} == {
        f"ej-verkstallda-9999-2026Q3-{to}.{form}"
        for to in ("ivo", "revisorer", "fullmaktige") for form in ("xlsx", "csv", "pdf")
    }  # fmt: skip
    said = done.output.replace("\N{NO-BREAK SPACE}", " ")
    assert "Uppgifter till 22 november 2026, kl. 0.30" in said and "100,0 % av kvartalet" in said
    assert "9 rader (rows)" in said


def test_the_files_hold_the_rows_that_the_work_view_shows(
    own_tables: Settings, store: Warehouse, tmp_path: Path
) -> None:
    words = ("--to", "auditors", "--format", "csv", "--municipality", HERE, "--out", str(tmp_path))
    assert run(own_tables, "ej-verkstallda", "--quarter", "2026q3", *words).exit_code == 0
    [path] = tmp_path.iterdir()
    since, until = Q3.span(SWEDEN)
    limits: dict[str, Any] = {"municipality": HERE, "every_unit": 1, "units": []}
    rows = store.rows(QUERIES["unexecuted_decisions"].sql, limits | {"since": since, "until": until})
    asked = Asked.of(store, "2026Q3", HERE, NOW)
    shown = report("auditors", decisions(rows, Q3, SWEDEN), Basis(asked.town, Q3, TOLD))
    assert path.read_bytes() == as_csv(shown)


def test_every_read_of_the_command_stands_in_the_chain(
    own_tables: Settings, store: Warehouse, tmp_path: Path
) -> None:
    before = len(store.rows(ROWS))
    run(own_tables, "ej-verkstallda", "--quarter", "2026Q3", "--to", "ivo", "--out", str(tmp_path))
    rows = store.rows(ROWS)
    assert len(rows) > before
    told = max(rows, key=lambda row: row["at"])
    assert (told["act"], told["role"], told["page"], told["query"], told["row_count"], told["purpose"]) == (
        "export", "command", "puls report", "unexecuted_decisions", 9, "statutory_report",
    )  # fmt: skip
    assert len(told["entities"]) == 9
    assert '"receiver":"ivo"' in told["filters"]
    assert told["actor"].startswith("w1.")
    assert ROLES["command"]
    assert verify(rows) == []


REFUSED = {
    ("ej-verkstallda", "--quarter", "2026Q5"): "inget kvartal",
    ("ej-verkstallda", "--quarter", "2099Q4"): "är inte slut förrän 2100-01-01",
    ("annat", "--quarter", "2026Q3"): "är inget känt rapport",
    ("ej-verkstallda", "--quarter", "2026Q3", "--to", "pressen"): "ivo, auditors, council",
    ("ej-verkstallda", "--quarter", "2026Q3", "--format", "docx"): "excel, csv, pdf",
    ("ej-verkstallda", "--quarter", "2026Q3", "--municipality", "9901"): "Swedish law does not hold",
    ("ej-verkstallda", "--quarter", "2026Q3", "--delivered", "ivo"): "hör ihop",
    ("ej-verkstallda", "--quarter", "2026Q3", "--delivered", "ivo", "--on", "nu"): "är ingen dag",
    ("ej-verkstallda", "--quarter", "2026Q3", "--delivered", "ivo", "--on", "2026-09-30"): "inte slut",
    ("ej-verkstallda", "--quarter", "2026Q3", "--delivered", "ivo", "--on", "2099-01-01"): "inte kommit",
}  # fmt: skip


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_reported_is_refused_in_words(
    own_tables: Settings, store: Warehouse, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = len(store.rows(ROWS))
    out = () if "--delivered" in words else ("--out", str(tmp_path))
    done = run(own_tables, *words, *out)
    assert isinstance(done.exception, HubError)
    assert REFUSED[words] in str(done.exception)
    assert not list(tmp_path.iterdir())
    assert len(store.rows(ROWS)) == before


def test_a_municipality_must_be_named_where_there_are_several(own_tables: Settings, store: Warehouse) -> None:
    assert Asked.of(store, "2026Q3", "", NOW).town.code == HERE  # foreign ones do not count
    fold(store, [about("other.1", ProducerAlive("cases", TOLD), TOLD, "9998")])
    with pytest.raises(Misconfigured, match=r"Vilken kommun.*9998, 9999"):
        Asked.of(store, "2026Q3", "", NOW)


def test_a_delivery_is_one_event_per_quarter_and_receiver() -> None:
    fact = ReportDelivered(
        report="unexecuted_decisions", to="ivo", from_on=date(2026, 7, 1), until_on=date(2026, 10, 1)
    )
    one = delivered(HERE, fact, "2026Q3", date(2026, 10, 12), NOW).event
    again = delivered(HERE, fact, "2026Q3", date(2026, 10, 13), NOW).event
    assert one.subject == "9999/report/unexecuted_decisions.2026Q3.ivo"
    assert (one.time, one.id) == (datetime(2026, 10, 11, 22, tzinfo=UTC), again.id)
