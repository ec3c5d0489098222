"""Who may do what on the embedded server."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import clickhouse_connect
import pytest
import urllib3

from tests.warehouse.asking import HTTP
from tests.warehouse.starting import Started, start
from warehouse.audit import INSERT as AUDIT
from warehouse.audit import ROWS, Entry, Log
from warehouse.audit_check import verify
from warehouse.client import TABLES, Warehouse, statements
from warehouse.published import STATEMENTS

TOKENS = {"hub": "h" * 32, "work": "w" * 32, "screens": "s" * 32}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """A server with three users."""
    tokens = tmp_path_factory.mktemp("tokens")
    for user, token in TOKENS.items():
        (tokens / user).write_text(token + "\n")
        (tokens / user).chmod(0o600)
    with start(tmp_path_factory.mktemp("guarded"), "--tokens", str(tokens)) as server:
        server.login("hub", TOKENS["hub"])
        published = "publications (municipality String, audience String, state String)"
        for table in (published, "secret (a String)"):
            assert server.ask(f"CREATE TABLE {table} ENGINE = MergeTree ORDER BY ()").status == 200
        yield server


def _code(response: urllib3.BaseHTTPResponse) -> str:
    return str(response.headers.get("X-ClickHouse-Exception-Code", "ok"))


@pytest.mark.parametrize(
    ("user", "token"), [("hub", ""), ("hub", "wrong"), ("nobody", "x"), ("../hub", "x"), ("", "")]
)
def test_a_wrong_login_is_refused(guarded: Started, user: str, token: str) -> None:
    guarded.login(user, token)
    for way in ("basic", "headers", "url"):
        response = guarded.ask("SELECT 1", way=way)
        assert (response.status, _code(response)) == (403, "516")
    assert HTTP.request("GET", guarded.address + "/ping").data == b"Ok.\n"


@pytest.mark.parametrize("way", ["basic", "headers", "url"])
def test_a_right_login_enters_each_way(guarded: Started, way: str) -> None:
    guarded.login("hub", TOKENS["hub"])
    assert guarded.ask("SELECT 1", way=way).data == b"1\n"


def test_screens_run_the_published_statements_in_any_format(guarded: Started) -> None:
    guarded.login("screens", TOKENS["screens"])
    sql = STATEMENTS["boards"]
    for text in (sql, f"\n{sql}\n", f"{sql}\n FORMAT Native", f"{sql} FORMAT ArrowStream;"):
        assert _code(guarded.ask(text)) == "ok"
    for name, text in STATEMENTS.items():
        assert _code(guarded.ask(text)) != "497", name


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1",
        "SELECT * FROM secret",
        "SELECT * FROM events",
        "SELECT * FROM case_spells",
        "SELECT * FROM system.tables",
        "SELECT * FROM system.processes",
        "SELECT * FROM file('/etc/passwd', 'LineAsString')",
        "SELECT * FROM url('http://127.0.0.1:1/', 'TSV', 'a String')",
        "SELECT 1; SELECT * FROM events",
        "{sql}; SELECT * FROM events",
        "SHOW TABLES",
        "{sql} ",
        "{sql} UNION ALL SELECT a FROM secret",
        "{sql} LIMIT 1",
        "{sql} SETTINGS max_threads = 1",
        "{sql} INTO OUTFILE '/tmp/x' FORMAT Native",
        "{sql} FORMAT Native SETTINGS max_threads = 1",
        "{sql} FORMAT Native; SELECT * FROM secret FORMAT Native",
        "{sql} -- x",
        "SELECT * FROM ({sql})",
        "INSERT INTO secret FORMAT TSV\nx\n",
        "INSERT INTO secret VALUES ('x')",
    ],
)
def test_screens_run_nothing_else(guarded: Started, text: str) -> None:
    guarded.login("screens", TOKENS["screens"])
    sql = text.replace("{sql}", STATEMENTS["boards"])
    expected = {"{sql} ": "ok"}.get(text, "497")
    assert _code(guarded.ask(sql)) in {expected, "62"}
    guarded.login("hub", TOKENS["hub"])
    assert guarded.ask("SELECT count() FROM secret").data == b"0\n"


@pytest.mark.parametrize(
    "name", ["readonly", "max_execution_time", "max_threads", "log_comment", "additional_table_filters"]
)
def test_screens_cannot_smuggle_settings(guarded: Started, name: str) -> None:
    guarded.login("screens", TOKENS["screens"])
    assert _code(guarded.ask(STATEMENTS["boards"], **{name: "0"})) == "164"


def test_the_url_and_the_body_are_one_statement_for_the_list_too(guarded: Started) -> None:
    guarded.login("screens", TOKENS["screens"])
    assert _code(guarded.ask(" UNION ALL SELECT a FROM secret", query=STATEMENTS["boards"])) == "497"


def test_clickhouse_connect_opens_and_reads_as_screens_and_as_work(guarded: Started) -> None:
    address = urlsplit(guarded.address)
    for user in ("screens", "work"):
        client = clickhouse_connect.get_client(
            host=address.hostname or "", port=address.port or 0, username=user, password=TOKENS[user]
        )
        assert client.query(STATEMENTS["boards"]).column_names == ("municipality",)
        assert client.query_arrow(STATEMENTS["boards"]).column_names == ["municipality"]
        client.close()


@pytest.mark.parametrize(
    "sql",
    ["SELECT count() FROM secret", "WITH 1 AS a SELECT a", "SHOW TABLES", "DESCRIBE secret", "EXISTS secret"],
)
def test_work_reads_anything(guarded: Started, sql: str) -> None:
    guarded.login("work", TOKENS["work"])
    assert _code(guarded.ask(sql)) == "ok"


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO secret FORMAT TSV\nx\n",
        "INSERT INTO secret SELECT 'x'",
        "INSERT INTO audit (chain) VALUES ('x')",
        AUDIT + ", (1)",
        AUDIT.replace("audit (", "secret ("),
        "ALTER TABLE audit DELETE WHERE 1",
        "DROP TABLE secret",
        "SET max_threads = 1",
        "CREATE TEMPORARY TABLE t (a String)",
        "SELECT * FROM file('/etc/passwd', 'LineAsString')",
        "SELECT * FROM url('http://127.0.0.1:1/', 'TSV', 'a String')",
        "SELECT 1 INTO OUTFILE '/tmp/x'",
        "SELECT 1 SETTINGS max_execution_time = 0",
        "KILL QUERY WHERE 1",
        "SYSTEM SHUTDOWN",
    ],
)
def test_work_changes_nothing_and_reads_no_files(guarded: Started, sql: str) -> None:
    guarded.login("work", TOKENS["work"])
    assert _code(guarded.ask(sql)) == "164"


def test_work_appends_to_the_audit_log_by_its_one_statement(guarded: Started) -> None:
    guarded.login("hub", TOKENS["hub"])
    table = (TABLES / "50_audit.sql").read_text()
    assert guarded.ask(statements(table)[0]).status == 200
    address = urlsplit(guarded.address)
    client = clickhouse_connect.get_client(
        host=address.hostname or "",
        port=address.port or 0,
        username="work",
        password=TOKENS["work"],
        tz_mode="aware",
    )
    log = Log(lambda: Warehouse(client))
    for page in ("placeringar", "'); DROP TABLE audit --"):
        log.append(Entry("read", page=page, entities=("9999/placement/a", "'")))
    rows = Warehouse(client).rows(ROWS)
    client.close()
    assert [row["page"] for row in rows] == ["", "placeringar", "'); DROP TABLE audit --"]
    assert verify(rows) == []


def test_work_hides_no_second_statement_behind_its_one(guarded: Started) -> None:
    guarded.login("work", TOKENS["work"])
    assert _code(guarded.ask(AUDIT + "; DROP TABLE secret")) == "62"


def test_screens_may_not_append_to_the_audit_log(guarded: Started) -> None:
    guarded.login("screens", TOKENS["screens"])
    assert _code(guarded.ask(AUDIT)) == "497"


def test_work_may_not_lift_its_limits(guarded: Started) -> None:
    guarded.login("work", TOKENS["work"])
    assert _code(guarded.ask("SELECT 1", max_execution_time="0")) == "164"
    assert _code(guarded.ask("SELECT 1", output_format_json_quote_64bit_integers="1")) == "ok"
