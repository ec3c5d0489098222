"""The data of an insert is held whole, or its sender is told."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from warehouse.embedded.spool import Spool


def test_a_file_that_may_not_grow_is_an_error_and_not_a_shorter_insert(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    spool = Spool(tmp_path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            spool.write(b"x" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        spool.close()


def test_pieces_are_put_together_also_when_they_are_too_long_for_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.embedded.spool.IN_MEMORY", 10)
    spool = Spool(tmp_path)
    for piece in (b"abc", b"defg", b"hijklmnop"):
        spool.write(piece)
    assert Path(spool.whole()).read_bytes() == b"abcdefghijklmnop"
    spool.close()
