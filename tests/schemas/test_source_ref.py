from __future__ import annotations

import pytest

from schemas import source_ref


def test_file_and_line_travel_in_a_header() -> None:
    told = source_ref.make("ärenden 2026.xlsx", 17)
    assert told == "ärenden 2026.xlsx:17"
    assert source_ref.read([("other", b"x"), (source_ref.HEADER, told.encode())]) == told


@pytest.mark.parametrize(
    "file", ["19121212-1212.csv", "19 12 12 12 - 1212.csv", "a@example.se.csv", "a\nb.csv", "x" * 200]
)
def test_a_name_that_holds_an_identity_or_breaks_the_shape_is_told_and_kept_by_nobody(file: str) -> None:
    assert source_ref.make(file, 1) == ""
    assert source_ref.read([(source_ref.HEADER, f"{file}:1".encode())]) == ""


@pytest.mark.parametrize("value", [b"", b"no line", b"\xff:\xfe", None])
def test_a_header_of_another_shape_is_none(value: bytes | None) -> None:
    assert source_ref.read([(source_ref.HEADER, value)]) == ""
