from __future__ import annotations

import csv
import gzip
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pandas
import pyarrow
import pyarrow.parquet
import pytest

from producers.readers import Record, read
from schemas.errors import BadEvent

ROWS = "Ärende;Enhet\n1;Vård\n2;Öppen\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path: Path, *wanted: str) -> tuple[list[str], list[Record]]:
    table, records = read(path, wanted)
    return list(table.index), list(records)


def cells(path: Path, *wanted: str) -> list[list[Any]]:
    return [list(values) for _, values in rows(path, *wanted)[1] if not isinstance(values, BadEvent)]


def refusals(path: Path) -> list[tuple[int, str]]:
    return [(number, values.reason) for number, values in rows(path)[1] if isinstance(values, BadEvent)]


@pytest.mark.parametrize(
    "content",
    [
        ROWS.encode(),
        b"\xef\xbb\xbf" + ROWS.encode(),
        ROWS.encode("latin-1"),
        ROWS.encode("utf-16"),
        ROWS.encode("utf-16-le"),
        ROWS.encode("utf-16-be"),
        ROWS.replace("\n", "\r\n").encode(),
        ROWS.replace(";", "\t").encode(),
        ROWS.replace(";", ",").encode(),
        ROWS.replace(";", "|").encode(),
        gzip.compress(ROWS.encode(), mtime=0),
        gzip.compress(ROWS.encode("latin-1"), mtime=0),
    ],
)
def test_encoding_delimiter_and_packing_are_found_out(content: bytes, tmp_path: Path) -> None:
    columns, found = rows(write(tmp_path, "fil.csv", content))
    assert columns == ["Ärende", "Enhet"]
    assert [(n, list(values)) for n, values in found if not isinstance(values, BadEvent)] == [
        (2, ["1", "Vård"]),
        (3, ["2", "Öppen"]),
    ]


def test_a_stray_latin_1_byte_far_down_decides_for_the_whole_file(tmp_path: Path) -> None:
    long = b"a;b\n" + b"1;plain\n" * 300_000 + "2;Vård\n".encode("latin-1")
    assert cells(write(tmp_path, "fil.csv", long))[-1] == ["2", "Vård"]


def test_utf_8_cut_by_a_reading_block_is_still_utf_8(tmp_path: Path) -> None:
    line = "1;" + "å" * 9 + "\n"
    assert cells(write(tmp_path, "fil.csv", "a;b\nx" + line * 60_000))[-1] == ["1", "å" * 9]


@pytest.mark.parametrize("letter", ["å", "ä", "ö", "Å", "Ä", "Ö", "é"])
def test_utf_8_that_was_read_as_latin_1_before_us_is_noticed(letter: str, tmp_path: Path) -> None:
    twice = f"a;b\n1;x\n2;V{letter}rd\n".encode().decode("cp1252").encode()
    table, _ = read(write(tmp_path, "fil.csv", twice))
    assert [sv.startswith("Rad 3:") for sv, _ in table.notices] == [True]


def test_plain_swedish_gets_no_notice(tmp_path: Path) -> None:
    assert read(write(tmp_path, "fil.csv", ROWS))[0].notices == []


def test_a_delimiter_inside_quotes_or_text_does_not_mislead(tmp_path: Path) -> None:
    assert cells(write(tmp_path, "fil.csv", 'a;b\n1;"x;y, z"\n2;"t,u,v"\n')) == [
        ["1", "x;y, z"],
        ["2", "t,u,v"],
    ]


def test_line_numbers_are_those_of_the_file_also_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    found = rows(write(tmp_path, "fil.csv", 'a;b\n1;"x\ny"\n\n2;z\n'))[1]
    assert [number for number, _ in found] == [2, 5]


def test_the_heading_is_found_below_titles(tmp_path: Path) -> None:
    path = write(tmp_path, "fil.csv", "Lista över ärenden;\n;\nÄrende;Enhet\n1;Vård\n")
    assert rows(path, "Ärende", "Enhet")[1] == [(4, ["1", "Vård"])]


@pytest.mark.parametrize("content", [b"", b"  \n \n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_told_so(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadEvent) as caught:
        read(write(tmp_path, "fil.csv", content))
    assert (caught.value.reason, caught.value.sv) == ("no_rows", "Filen är tom. Exportera den igen.")


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(BadEvent) as caught:
        read(write(tmp_path, "fil.csv", ROWS), ("Ärende", "Avslutad"))
    assert (caught.value.reason, caught.value.field) == ("missing_column", "Avslutad")
    assert "Enhet" in caught.value.sv


def test_a_file_without_heading_does_not_show_its_first_row(tmp_path: Path) -> None:
    with pytest.raises(BadEvent) as caught:
        read(write(tmp_path, "fil.csv", "19121212-1212;Anna Berg\n19121212-1212;Anna Berg\n"), ("Ärende",))
    assert caught.value.reason == "missing_column"
    assert "Berg" not in caught.value.sv + caught.value.en


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadEvent) as caught:
        read(write(tmp_path, "fil.csv", "a;b;a\n1;2;3\n"))
    assert caught.value.field == "a"


def test_a_line_with_too_few_or_too_many_fields_is_refused_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "fil.csv", "a;b\n1;2\n3\n4;5;6\n7;8\n")
    assert refusals(path) == [(3, "bad_value"), (4, "bad_value")]
    assert cells(path) == [["1", "2"], ["7", "8"]]


@pytest.mark.parametrize(
    ("bad", "after"),
    [
        ('3;"x;1\n', "4;5;6\n" * 100_000),  # swallows more than a cell may hold
        ('3;"x;1\n', "4;5;6\n7;8;9\n"),  # swallows the rest of the file
        ('3;x;"1\n', "4;5;6\n7;8;9\n"),  # and makes a row of the right width of it
        ('3;"x;1\n', '4;"5";6\n7;8;9\n'),  # ends in the next row's cell
        ('3;"x;1\n', '4;"5;";6\n7;"8";9\n'),
    ],
)
def test_a_quotation_mark_that_is_not_closed_costs_its_own_row_only(
    bad: str, after: str, tmp_path: Path
) -> None:
    path = write(tmp_path, "fil.csv", "a;b;c\n1;2;3\n" + bad + after)
    found = rows(path)[1]
    assert refusals(path) == [(3, "bad_value")]
    (refused,) = [values for _, values in found if isinstance(values, BadEvent)]
    assert "citattecken" in refused.sv and "quotation mark" in refused.en
    assert [number for number, _ in found] == list(range(2, 4 + after.count("\n")))
    assert found[2:] == [(n, list(values)) for n, values in enumerate(plainly(after), 4)]


def plainly(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines(), delimiter=";"))


def test_a_lone_quotation_mark_inside_a_cell_is_text(tmp_path: Path) -> None:
    assert cells(write(tmp_path, "fil.csv", 'a;b\n5" rör;x\n2;"y ""z"" \n w"\n')) == [
        ['5" rör', "x"],
        ["2", 'y "z" \n w'],
    ]


def test_a_row_of_several_lines_with_too_few_fields_says_how_far_it_goes(tmp_path: Path) -> None:
    found = rows(write(tmp_path, "fil.csv", 'a;b;c\n1;"2\n2;3\n4"\n5;6;7\n'))[1]
    assert isinstance(found[0][1], BadEvent) and "går till rad 4" in found[0][1].sv
    assert found[1] == (5, ["5", "6", "7"])


@pytest.mark.parametrize("line", [1, 60])
def test_a_cell_beyond_the_limit_costs_its_own_row_only(line: int, tmp_path: Path) -> None:
    good = ["1;2\n"] * 80
    path = write(tmp_path, "fil.csv", "a;b\n" + "".join([*good[:line], f"3;{'x' * 300_000}\n", *good[line:]]))
    assert refusals(path) == [(line + 2, "bad_value")]
    assert len(cells(path)) == 80
    assert "256" in str(next(values for _, values in rows(path)[1] if isinstance(values, BadEvent)))


def test_a_gz_file_that_is_cut_off_is_told(tmp_path: Path) -> None:
    import random

    noise = "".join(f"{n};{random.Random(n).random()}\n" for n in range(50_000))
    packed = gzip.compress(("a;b\n" + noise).encode())
    assert [reason for _, reason in refusals(write(tmp_path, "fil.csv.gz", packed[: len(packed) // 2]))] == [
        "bad_value"
    ]


def test_json_lines_are_read_and_a_truncated_one_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "fil.jsonl", '{"a": 1, "b": "x"}\n\n{"b": "y", "c": null}\n[1]\n{"a": 2, "b"')
    assert rows(path)[0] == ["a", "b"] or rows(path)[0] == ["a", "b", "c"]
    assert cells(path) == [[1, "x"], [None, "y", None]]
    assert refusals(path) == [(4, "not_json"), (5, "not_json")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fil.json", '[{"a": 1}, {"a": 2}]'),
        ("fil.json", '\ufeff\n [\n  {"a": 1}\n]\n'),
        ("fil.jsonl", "[]"),
        ("fil", '[{"a": 1},\n{"a": 2}]'),
        ("fil.csv", '[\n  {\n    "a": 1\n  }\n]\n'),
        ("fil.json", '{\n  "a": 1\n}\n'),
        ("fil.json", '{"rows": [\n  {"a": 1}\n]}'),
        ("fil", '{\n  "a": 1,\n  "b": {\n    "c": 2\n  }\n}\n'),
    ],
)
def test_json_that_is_not_one_object_per_line_is_refused_once_with_the_form_that_is_wanted(
    name: str, content: str, tmp_path: Path
) -> None:
    for path in (
        write(tmp_path, name, content),
        write(tmp_path, name + ".gz", gzip.compress(content.encode())),
    ):
        with pytest.raises(BadEvent) as caught:
            read(path)
        assert caught.value.reason == "not_json"
        assert "ett objekt per rad" in caught.value.sv and "one object per line" in caught.value.en


def test_a_csv_heading_in_brackets_is_no_json(tmp_path: Path) -> None:
    assert rows(write(tmp_path, "fil.csv", "[a];[b]\n1;2\n"))[0] == ["[a]", "[b]"]


def test_a_line_of_json_that_is_no_object_says_what_is_wanted(tmp_path: Path) -> None:
    found = rows(write(tmp_path, "fil.jsonl", '{"a": 1}\n[1]\n'))[1]
    assert isinstance(found[1][1], BadEvent)
    assert "ett objekt per rad" in found[1][1].sv and "one object per line" in found[1][1].en


def test_json_may_leave_out_a_key_that_is_wanted(tmp_path: Path) -> None:
    assert cells(write(tmp_path, "fil.jsonl", '{"b": "x"}\n'), "a", "b") == [[None, "x"]]


def workbook(path: Path, *lines: Any, title: str = "Blad1") -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


def test_excel_is_read_with_its_types_and_cell_addresses(tmp_path: Path) -> None:
    opened = datetime(2026, 11, 22, 16, 5)
    path = workbook(
        tmp_path / "fil.xlsx",
        ["Listan", None],
        [],
        ["Ärende", "Inkom"],
        [17, opened],
        [None, None],
        [18, "?"],
    )
    table, records = read(path, ("Ärende", "Inkom"))
    assert list(records) == [(4, [17.0, opened]), (6, [18.0, "?"])]
    assert table.address(4, "Inkom") == "Blad1!B4"


def test_a_sheet_is_chosen_by_name_and_a_missing_one_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "fil.xlsx", ["a"], [1], title="Listan")
    assert list(read(path, (), "Listan")[1]) == [(2, [1.0])]
    with pytest.raises(BadEvent) as caught:
        read(path, (), "Blad2")
    assert "Listan" in caught.value.sv


def merged(path: Path, ranges: tuple[str, ...], *lines: Any) -> Path:
    book = openpyxl.load_workbook(workbook(path, *lines))
    for cells in ranges:
        book.worksheets[0].merge_cells(cells)
    book.save(path)
    return path


def test_merged_cells_hold_their_value_in_every_row_and_are_noticed_with_their_addresses(
    tmp_path: Path,
) -> None:
    lines = [[None], ["Nr", "Enhet", "Inkom", "Klar"], [1, "Vård", "a", None], [2, None, "b", None],
             [3, "Vuxen", "c", "d"]]  # fmt: skip
    path = merged(tmp_path / "fil.xlsx", ("C3:D3", "B3:B4", "A5:A6", "H90:K99"), *lines)
    table, records = read(path, ("Nr",))
    assert list(records) == [
        (3, [1.0, "Vård", "a", "a"]),
        (4, [2.0, "Vård", "b", ""]),
        (5, [3.0, "Vuxen", "c", "d"]),
    ]
    ((sv, en),) = table.notices
    assert "Blad1!B3:B4, Blad1!C3:D3" in sv and "Blad1!B3:B4, Blad1!C3:D3" in en
    assert "A5" not in sv and "Vård" not in sv + en


def test_many_merged_cells_are_told_shortly(tmp_path: Path) -> None:
    ranges = tuple(f"B{n}:B{n + 1}" for n in range(2, 62, 2))
    path = merged(tmp_path / "fil.xlsx", ranges, ["Nr", "Enhet"], *([n, "Vård"] for n in range(60)))
    table, records = read(path)
    assert [values[1] for _, values in records if not isinstance(values, BadEvent)] == ["Vård"] * 60
    assert "10 till" in table.notices[0][0] and "10 more" in table.notices[0][1]


def test_a_heading_of_two_merged_rows_is_one_and_its_cells_are_no_data(tmp_path: Path) -> None:
    lines = [["Listan"], ["Nr", "Tider", None, "Enhet"], [None, "Inkom", "Klar", None], [1, "a", "b", "Vård"]]
    path = merged(tmp_path / "fil.xlsx", ("A1:D1", "B2:C2", "A2:A3", "D2:D3"), *lines)
    table, records = read(path, ("Nr", "Inkom", "Enhet"))
    assert list(table.index) == ["Nr", "Inkom", "Klar", "Enhet"]
    assert (list(records), table.notices) == ([(4, [1.0, "a", "b", "Vård"])], [])


def test_a_heading_that_is_merged_into_the_rows_below_makes_no_row(tmp_path: Path) -> None:
    path = merged(tmp_path / "fil.xlsx", ("A1:A2", "B1:B2"), ["Nr", "Enhet"], [None, None], [1, "Vård"])
    assert list(read(path, ("Nr", "Enhet"))[1]) == [(3, [1.0, "Vård"])]


def test_cells_beyond_z_have_two_letters(tmp_path: Path) -> None:
    names = [f"c{n}" for n in range(30)]
    table, _ = read(workbook(tmp_path / "fil.xlsx", names, list(range(30))))
    assert [table.address(2, name) for name in ("c0", "c25", "c26")] == ["Blad1!A2", "Blad1!Z2", "Blad1!AA2"]


@pytest.mark.parametrize("packed", [False, True])
def test_parquet_is_read_also_packed(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / "fil.parquet"
    opened = datetime(2026, 11, 22, 16, 5)
    pyarrow.parquet.write_table(pyarrow.table({"a": [1, 2], "Inkom": [opened, None]}), path)
    if packed:
        path = write(tmp_path, "fil.parquet.gz", gzip.compress(path.read_bytes()))
    assert rows(path) == (["a", "Inkom"], [(1, (1, opened)), (2, (2, None))])


def test_parquet_as_pandas_writes_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "fil.parquet"
    opened = pandas.to_datetime(pandas.Series(["2026-11-22 16:05:01.123456789", None])).astype(
        "datetime64[ns]"
    )
    zoned = opened.dt.tz_localize("Europe/Stockholm")
    unit = pandas.Categorical(["Vård", None])
    frame = pandas.DataFrame({"Nr": [1, None], "Inkom": opened, "Avslutad": zoned, "Enhet": unit})
    frame.to_parquet(path, version="2.6")
    found = cells(path)
    instant = datetime(2026, 11, 22, 16, 5, 1, 123456)
    assert found == [[1.0, instant, instant.replace(tzinfo=ZoneInfo("Europe/Stockholm")), "Vård"], [None] * 4]
    assert {type(value) for value in found[0]} == {float, datetime, str}


def test_parquet_that_is_damaged_further_down_is_told_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "fil.parquet"
    numbers = pyarrow.table({"a": [str(n) for n in range(200_000)]})
    pyarrow.parquet.write_table(numbers, path, row_group_size=50_000, use_dictionary=False)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 40_000] = bytes(40_000)
    assert [reason for _, reason in refusals(write(tmp_path, "skadad.parquet", bytes(content)))] == [
        "bad_value"
    ]


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0"])
def test_a_damaged_file_is_told_in_one_line(head: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadEvent) as caught:
        read(write(tmp_path, "fil", head + b"nothing of the kind"))
    assert caught.value.reason == "no_rows"
