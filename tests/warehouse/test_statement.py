"""Where a statement ends and its data begins, whatever its names are."""

from __future__ import annotations

import pytest

from warehouse.embedded.statement import answer_format, as_written, first_word, read_insert, uses_kafka_engine


@pytest.mark.parametrize(
    ("text", "sql", "data"),
    [
        ("INSERT INTO t FORMAT Native\n\x01\n", "INSERT INTO t  FORMAT Native", b"\x01\n"),
        ("insert into t format TSV 1\t2\n", "insert into t  FORMAT TSV", b"1\t2\n"),
        (
            "INSERT INTO t (format, settings) FORMAT CSV\r\n1,2",
            "INSERT INTO t (format, settings)  FORMAT CSV",
            b"1,2",
        ),
        ("INSERT INTO format FORMAT CSV\n1", "INSERT INTO format  FORMAT CSV", b"1"),
        (
            "INSERT INTO db.values (`a FORMAT b`) FORMAT CSV\n1",
            "INSERT INTO db.values (`a FORMAT b`)  FORMAT CSV",
            b"1",
        ),
        (
            "/* FORMAT x */ INSERT INTO t -- y\n FORMAT CSV\n1",
            "/* FORMAT x */ INSERT INTO t -- y\n  FORMAT CSV",
            b"1",
        ),
        ("INSERT INTO t SETTINGS a=1 FORMAT CSV\n1", "INSERT INTO t SETTINGS a=1 FORMAT CSV", b"1"),
        ("INSERT INTO t FORMAT CSV\n\n SELECT 1;", "INSERT INTO t  FORMAT CSV", b"\n SELECT 1;"),
        ("INSERT INTO t (a) VALUES", "INSERT INTO t (a)  FORMAT Values", b""),
    ],
)
def test_an_insert_is_split_from_its_data(text: str, sql: str, data: bytes) -> None:
    insert = read_insert(text.encode(), has_more=False)
    assert insert is not None
    assert (" ".join(insert.sql.split()), insert.data) == (" ".join(sql.split()), data)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1 FORMAT CSV\n1",
        "INSERT INTO t SELECT 1 FORMAT Null",
        "INSERT INTO t (a) (SELECT 1) FORMAT Null",
        "INSERT INTO t WITH 1 AS a SELECT a",
        "INSERT INTO t (a) VALUES (1), (2)",
        "INSERT INTO t FROM INFILE 'x' FORMAT CSV",
        "INSERT INTO t",
        "",
        "-- INSERT INTO t FORMAT CSV\nSELECT 1",
    ],
)
def test_other_statements_are_left_to_the_engine(text: str) -> None:
    assert read_insert(text.encode(), has_more=False) is None


def test_data_is_read_from_a_file_before_the_settings() -> None:
    insert = read_insert(b"INSERT INTO t (a) SETTINGS b=1 FORMAT CSV\n1", has_more=False)
    assert insert is not None
    told = "INSERT INTO t (a) FROM INFILE '/f' COMPRESSION 'none' SETTINGS b=1 FORMAT CSV"
    assert " ".join(insert.from_file("/f").split()) == told


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("SELECT 1", "TabSeparated"),
        ("SELECT 1 FORMAT Native", "Native"),
        ("SELECT 1\nformat JSON;\n", "JSON"),
        ("SELECT 1 FORMAT CSV SETTINGS max_threads = 1", "CSV"),
        ("SELECT ' FORMAT CSV'", "TabSeparated"),
    ],
)
def test_the_format_stands_at_the_end(sql: str, name: str) -> None:
    assert answer_format(sql) == name


def test_only_a_plain_format_is_taken_away_before_the_list_is_asked() -> None:
    assert as_written("\nSELECT 1\n FORMAT Native") == "SELECT 1"
    assert as_written("SELECT 1 FORMAT Native SETTINGS a = 1") == "SELECT 1 FORMAT Native SETTINGS a = 1"
    assert as_written("SELECT 1; SELECT 2 FORMAT Native") == "SELECT 1; SELECT 2"


@pytest.mark.parametrize(
    ("sql", "word"), [("(SELECT 1)", "SELECT"), ("/* x */ -- y\nwith a", "WITH"), ("", ""), ("'a'", "")]
)
def test_the_first_word_is_found_behind_brackets_and_remarks(sql: str, word: str) -> None:
    assert first_word(sql) == word


@pytest.mark.parametrize(
    "sql", ["CREATE TABLE t (a Int8) ENGINE = Kafka('x')", "create table t (a Int8) engine kafka"]
)
def test_the_kafka_engine_is_seen(sql: str) -> None:
    assert uses_kafka_engine(sql)
    assert not uses_kafka_engine("SELECT 'ENGINE = Kafka'")
