"""The work and the words of `./puls produce`; dry runs need no broker, real ones have the run's own."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from apps.cli import app
from apps.hub.broker import RunningBroker
from producers import produce as work
from producers.produce import Order, Report, produce
from producers.publish import ensure_topics
from producers.report import as_text, to_json
from producers.source import load
from schemas.codec import encode
from schemas.errors import Misconfigured, Unavailable
from schemas.reference import ProducerAlive
from schemas.settings import Settings
from tests.producers.making import DATA
from tests.producers.test_publish import messages
from tests.producers.test_run import HEADING, ROWS, SOURCE, file, written

EXTRACT = DATA / "boston311_extract.csv"
BAD = "19;Enheten för ekonomiskt bistånd, omsorg och stöd;;2026-03-02 08:00;\n"  # more than 40 characters


@pytest.fixture
def mine(tmp_path: Path) -> str:
    return str(written(tmp_path / "mine.py", SOURCE))


@pytest.fixture
def settings(broker: RunningBroker, tmp_path: Path) -> Settings:
    found = Settings(home=tmp_path, kafka=broker.address)
    ensure_topics(found)
    return found


def puls(home: Path, *words: str) -> tuple[int, str]:
    """Exit code and text of a command."""
    done = CliRunner().invoke(app, list(words), env={"PULS_HOME": str(home), "PULS_KAFKA": ""})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def test_a_dry_run_shows_events_and_counts_and_needs_no_broker(tmp_path: Path) -> None:
    code, text = puls(tmp_path, "produce", "boston311", str(EXTRACT), "--municipality", "9901", "--dry-run")
    assert code == 0
    assert "se.kommunpuls.case.report-received.v1" in text
    assert "inget skickat" in text and "406" in text
    assert not (tmp_path / "keys").exists()


def test_a_dry_run_tells_refused_rows_in_both_languages_and_exits_with_1(mine: str, tmp_path: Path) -> None:
    path = file(tmp_path, *ROWS, BAD)
    code, text = puls(tmp_path, "produce", mine, str(path), "--municipality", "9999", "--dry-run")
    assert code == 1
    assert "fil.csv, rad/line 4, Enhet [bad_value]" in text
    assert "En enhets kod har 1–40 tecken" in text and "A unit's code has 1–40 characters" in text
    assert "omsorg" not in text


def test_programs_get_json(mine: str, tmp_path: Path) -> None:
    path = file(tmp_path, *ROWS, BAD)
    code, text = puls(tmp_path, "produce", mine, str(path), "--municipality", "9999", "--dry-run", "--json")
    told = json.loads(text)
    assert (code, told["exit_code"], told["sent"], told["refusals"]) == (1, 1, 0, 1)
    assert told["events"] == {"se.kommunpuls.case.closed.v1": 1, "se.kommunpuls.case.report-received.v1": 2}
    assert [(one["line"], one["column"]) for one in told["refused"]] == [(4, "Enhet")]
    assert told["examples"][0]["kommunkod"] == "9999"


def test_an_excel_row_is_told_by_its_cell(mine: str, tmp_path: Path) -> None:
    from tests.producers.test_readers import workbook

    path = workbook(tmp_path / "fil.xlsx", HEADING.strip().split(";"), [19, "Vård", None, "i går", None])
    report = produce(Settings(home=tmp_path), Order(mine, path, dry_run=True, municipality="9999"))
    assert "fil.xlsx, Blad1!D2, Inkom [bad_time]" in as_text(report)


@pytest.mark.parametrize(("content", "reason"), [("", "no_rows"), ("a;b\n1;2\n", "mapping"), (HEADING, "")])
def test_a_file_without_use_is_told(content: str, reason: str, mine: str, tmp_path: Path) -> None:
    path = written(tmp_path / "fil.csv", content)
    report = produce(Settings(home=tmp_path), Order(mine, path, dry_run=True, municipality="9999"))
    assert {refused.reason for refused in report.refused} - {"missing_column"} <= {reason}
    assert report.exit_code == bool(reason)


def test_a_file_that_makes_nothing_says_so(mine: str, tmp_path: Path) -> None:
    report = produce(Settings(home=tmp_path), Order(mine, file(tmp_path), dry_run=True, municipality="9999"))
    assert "Filen gav inga händelser." in as_text(report)


@pytest.mark.parametrize("dry_run", [True, False])
def test_the_report_says_which_recorded_time_was_used_and_points_to_the_option(dry_run: bool) -> None:
    at = datetime(2026, 4, 1, 10, tzinfo=UTC)
    report = Report("mine", "fil.csv", dry_run)
    report.count(work.alive(load("boston311"), "9901", at, at))
    text = as_text(report)
    assert "2026-04-01 10:00:00 UTC (filens tid / the file's time)" in text
    assert "--recorded-at" in text


@pytest.mark.parametrize(
    ("more", "said", "told"),
    [
        ("", None, "2026-04-01 10:00:00 UTC (filens tid"),
        ("", datetime(2026, 5, 1, tzinfo=UTC), "2026-05-01 00:00:00 UTC (--recorded-at)"),
        ('RECORDED = "Inkom"\n', None, "2026-03-02 07:00:00 – 2026-03-03 07:00:00 UTC (källans kolumn"),
    ],
)
def test_where_the_recorded_time_comes_from_is_told(
    more: str, said: datetime | None, told: str, tmp_path: Path
) -> None:
    source = str(written(tmp_path / "mine.py", SOURCE + more))
    order = Order(source, file(tmp_path, *ROWS), dry_run=True, municipality="9999", recorded_at=said)
    report = produce(Settings(home=tmp_path), order)
    assert told in as_text(report)
    assert ("Ange --recorded-at" in as_text(report)) is (said is None)


def test_a_file_that_is_older_than_what_it_tells_is_noticed(mine: str, tmp_path: Path) -> None:
    old = file(tmp_path, *ROWS, mtime="1980-01-01T00:00Z")
    report = produce(Settings(home=tmp_path), Order(mine, old, dry_run=True, municipality="9999"))
    assert "Filens tid (1980-01-01 00:00:00 UTC) är tidigare än 3 av dess händelser" in as_text(report)
    order = Order(mine, old, dry_run=True, municipality="9999", recorded_at=datetime(2026, 5, 1, tzinfo=UTC))
    assert "tidigare än" not in as_text(produce(Settings(home=tmp_path), order))


def test_rewritten_names_of_units_are_shown_and_those_that_become_one_are_noticed(
    mine: str, tmp_path: Path
) -> None:
    names = ("Vuxen/LSS", "Vuxen LSS", "Bistånd, äldre")
    path = file(tmp_path, *(f"{n};{name};;2026-03-02 08:00;\n" for n, name in enumerate(names)))
    report = produce(Settings(home=tmp_path), Order(mine, path, dry_run=True, municipality="9999"))
    text = as_text(report)
    assert "Bistånd, äldre → Bistånd_äldre, Vuxen/LSS → Vuxen_LSS" in text
    assert "! Flera enhetsnamn får samma kod Vuxen_LSS" in text
    assert json.loads(to_json(report))["units"]["Vuxen LSS"] == "Vuxen_LSS"


def test_the_limit_is_rows(mine: str, tmp_path: Path) -> None:
    order = Order(mine, file(tmp_path, *ROWS), dry_run=True, municipality="9999", limit=1)
    assert produce(Settings(home=tmp_path), order).sent == 2


def test_only_so_many_refusals_are_kept_and_all_are_counted(tmp_path: Path, mine: str) -> None:
    path = file(tmp_path, *(BAD for _ in range(1_200)))
    report = produce(Settings(home=tmp_path), Order(mine, path, dry_run=True, municipality="9999"))
    assert (report.refusals, len(report.refused)) == (1_200, 1_000)
    assert "1180 till" in as_text(report)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("boston311", str(EXTRACT), "--dry-run"), "Which municipality"),
        (("boston311", str(EXTRACT), "--dry-run", "--municipality", "780"), "four digits"),
        (("boston311", str(EXTRACT), "--dry-run", "--municipality", "0001"), "No municipality"),
        (("boston311", "/nowhere.csv", "--dry-run", "--municipality", "9901"), "is not there"),
        (("boston311", str(DATA), "--dry-run", "--municipality", "9901"), "is a folder; name one file in it"),
        (("nothing", str(EXTRACT), "--dry-run", "--municipality", "9901"), "Built in"),
        (
            ("boston311", str(EXTRACT), "--dry-run", "--municipality", "9901", "--recorded-at", "2026-01-01"),
            "zone",
        ),
    ],
)
def test_a_wrong_order_is_one_line_with_its_remedy(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=told):
        puls(tmp_path, "produce", *words)


def test_an_identity_in_the_files_name_is_refused_and_not_shown(tmp_path: Path, mine: str) -> None:
    path = written(tmp_path / "19121212-1212.csv", HEADING + ROWS[0])
    with pytest.raises(Misconfigured) as caught:
        produce(Settings(home=tmp_path), Order(mine, path, dry_run=True, municipality="9999"))
    assert "1212" not in str(caught.value)


def test_a_key_is_made_by_its_command_once(tmp_path: Path) -> None:
    code, text = puls(tmp_path, "key", "create", "--municipality", "0780")
    assert code == 0 and "0780-cases.key" in text and "copy" in text
    with pytest.raises(Misconfigured, match="never replaced"):
        puls(tmp_path, "key", "create", "--municipality", "0780")


def test_without_a_hub_the_line_says_what_to_start(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"\./puls up"):
        puls(tmp_path, "produce", "boston311", str(EXTRACT), "--municipality", "9901")


@pytest.mark.broker
def test_a_real_run_sends_the_good_rows_and_reports_the_bad(
    settings: Settings, mine: str, tmp_path: Path
) -> None:
    report = produce(settings, Order(mine, file(tmp_path, *ROWS, BAD), municipality="9999"))
    assert (report.sent, report.refusals, report.exit_code) == (3, 1, 1)
    assert "sparas" not in as_text(report) and "9999-cases.key" in as_text(report)
    from producers.pseudonym import load as load_key

    key = load_key(settings.key_folder, "9999")
    subjects = {f"9999/case/{key.of('case', number)}".encode() for number in ("17", "18")}
    assert len(messages(settings, subjects)) == 3


@pytest.mark.broker
def test_the_same_file_again_sends_the_same_bytes(settings: Settings, mine: str, tmp_path: Path) -> None:
    order = Order(mine, file(tmp_path, *ROWS), municipality="9999")
    assert [produce(settings, order).sent for _ in range(2)] == [3, 3]
    from producers.pseudonym import load as load_key

    subject = f"9999/case/{load_key(settings.key_folder, '9999').of('case', '17')}".encode()
    values = [record.value for record in messages(settings, {subject})]
    assert len(values) == 4 and len(set(values)) == 2


@pytest.mark.broker
def test_a_real_municipality_without_a_key_sends_nothing(
    settings: Settings, mine: str, tmp_path: Path
) -> None:
    with pytest.raises(Misconfigured, match="key create"):
        produce(settings, Order(mine, file(tmp_path, *ROWS), municipality="0780"))


@pytest.mark.broker
def test_several_processes_report_as_one(
    settings: Settings, mine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"{n};Vård;;2026-03-02 08:{n % 60:02};\n" for n in range(1_600)]
    rows[700] = rows[1_200] = BAD
    path = file(tmp_path, *rows)
    alone = produce(settings, Order(mine, path, municipality="9999"))
    monkeypatch.setattr(work, "SHARED_BYTES", 1)
    monkeypatch.setattr(work, "PROCESSES", 2)
    watched: list[tuple[int, int]] = []
    together = produce(
        settings, Order(mine, path, municipality="9999"), lambda *counts: watched.append(counts)
    )
    assert together.events == alone.events and together.complete_until == alone.complete_until
    assert [refused.line for refused in together.refused] == [702, 1202]
    assert together.units == alone.units == {"Vård": "Vård"}
    assert watched[-1] == (1_598, 2)


@pytest.mark.broker
def test_an_error_in_a_process_is_the_runs(
    settings: Settings, mine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "SHARED_BYTES", 1)
    with pytest.raises(Misconfigured, match="key create"):
        produce(settings, Order(mine, file(tmp_path, *ROWS), municipality="0780"))


def test_a_closed_import_is_complete_until_its_newest_event() -> None:
    report = Report("boston311", "f", False, historical=True)
    newest = datetime(2016, 1, 13, 3, 22, 40, tzinfo=UTC)
    made = work.alive(load("boston311"), "9901", newest, datetime(2026, 1, 1, tzinfo=UTC))
    report.count(made)
    assert report.complete_until == {"9901": newest}


def test_a_sign_of_life_follows_from_the_file_alone() -> None:
    until, recorded = datetime(2016, 1, 13, 3, 22, 40, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    event = work.alive(load("boston311"), "9901", until, recorded).event
    assert isinstance(event.data, ProducerAlive)
    assert (event.data.complete_until, event.data.historical, event.data.topic) == (until, True, "cases")
    assert event.subject == "9901/producer/boston311.20160113T03"
    assert encode(event) == encode(work.alive(load("boston311"), "9901", until, recorded).event)


def test_the_hour_of_a_sign_of_life_is_nobodys_number() -> None:
    until = datetime(2201, 12, 17, 18, tzinfo=UTC)  # 2201121718 would be a personal identity number
    event = work.alive(load("boston311"), "9901", until, datetime(2026, 1, 1, tzinfo=UTC)).event
    assert event.subject == "9901/producer/boston311.22011217T18"


@pytest.mark.broker
def test_a_limited_run_claims_nothing(
    settings: Settings, mine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr(work, "_tell_alive", lambda *_: told.append(1))
    produce(settings, Order(mine, file(tmp_path, *ROWS), municipality="9999", limit=1))
    assert told == []
    produce(settings, Order(mine, file(tmp_path, *ROWS), municipality="9999"))
    assert told == [1]


def test_rows_that_are_passed_over_are_told_by_why(tmp_path: Path) -> None:
    words = (
        "produce",
        "mimic_doses",
        str(DATA / "mimic_doses_extract.csv"),
        "--municipality",
        "9903",
        "--dry-run",
    )
    code, text = puls(tmp_path, *words)
    assert code == 0
    assert "407 rader som inte är någon händelse / rows that tell no event:" in text
    assert "       168  prescription" in text
    _, told = puls(tmp_path, *words, "--json")
    assert json.loads(told)["passed"]["flush"] == 30


def test_what_several_processes_passed_over_is_added_up() -> None:
    parts = [Report("x", "f.csv", False, passed=Counter(told)) for told in ("aab", "bc")]
    assert work.merged(parts).passed == {"a": 2, "b": 2, "c": 1}


def test_the_report_of_a_real_run_says_what_was_acknowledged() -> None:
    report = Report("boston311", "f.csv", False, seconds=2.0)
    report.events["se.kommunpuls.case.closed.v1"] = 40_000
    assert "40,000 händelser skickade och kvitterade" in as_text(report)
    assert "20,000/s" in as_text(report)
    assert json.loads(to_json(report))["sent"] == 40_000
