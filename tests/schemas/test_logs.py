"""No log line holds what looks like a person; every process writes its log by `schemas/logs.py`."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from apps.hub.programs import Ports, programs
from schemas import logs
from schemas.identity import MASK, mask
from schemas.settings import Settings
from tests.conftest import ROOT

NUMBER = "19121212-1212"
BEGINS = re.compile(r"^ +logs\.begin\(\)$", re.MULTILINE)
SILENT = {"apps.hub.broker"}  # becomes Kafka itself, whose log has no payload


@contextmanager
def written() -> Iterator[io.StringIO]:
    """What a logger of the hub writes, while records are masked as in its processes."""
    before, log, stream = logging.getLogRecordFactory(), logging.getLogger("kommunpuls.test"), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Lines())
    log.addHandler(handler)
    logging.setLogRecordFactory(logs.masked_record)
    try:
        yield stream
    finally:
        logging.setLogRecordFactory(before)
        log.removeHandler(handler)


def test_a_number_is_masked_in_the_text_in_its_arguments_and_in_an_error() -> None:
    log = logging.getLogger("kommunpuls.test")
    with written() as stream:
        log.error("found %s", NUMBER)
        log.error("found " + NUMBER)
        log.error("%d of", NUMBER)
        try:
            raise ValueError(NUMBER)
        except ValueError:
            log.exception("fell")
    assert "1212-1212" not in stream.getvalue()
    first, second, third, fourth = map(json.loads, stream.getvalue().splitlines())
    assert (first["text"], second["text"]) == (f"found {MASK}", f"found {MASK}")
    assert third["text"] == "%d of"
    assert f"ValueError: {MASK}" in fourth["error"]
    assert (fourth["level"], fourth["logger"], fourth["text"]) == ("ERROR", "kommunpuls.test", "fell")


def test_the_error_that_ends_a_process_is_masked() -> None:
    code = f"from schemas import logs; logs.begin(); raise ValueError('{NUMBER}')"
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "1212-1212" not in ended.stderr
    assert f"ValueError: {MASK}" in ended.stderr


@pytest.mark.parametrize(
    "text", [NUMBER, "121212-1212", "191212121212", "121212+1212", "121212-1213", "121272-1212",
             "anna.andersson@example.se", "070-123 45 67", "+46701234567"],
)  # fmt: skip
def test_anything_like_a_person_is_masked(text: str) -> None:
    assert mask(f"before {text} after") == f"before {MASK} after"
    assert mask(f"{'x' * 40} {text}") == f"{'x' * 40} {MASK}"


@pytest.mark.parametrize(
    "text", ["refused cases/3/170012345: bad_value at '$.data.unit'", "2026-11-27T16:00:00.123+00:00",
             "9999/case/k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "offset 1234567890123, 30000 events",
             "id 6ba7b810-9dad-11d1-80b4-00c04fd430c8", "127.0.0.1:9092", "2026-11-27 12:30 lag 812"],
)  # fmt: skip
def test_ids_pointers_times_and_counts_stay(text: str) -> None:
    assert mask(text) == text


def test_every_process_of_the_hub_begins_its_log_here() -> None:
    modules = {one.module for one in programs(Settings(home=ROOT), Ports(1, 2, 3))} - SILENT
    for module in [*modules, "streams.lanes"]:
        file = ROOT / (module.replace(".", "/") + ".py")
        text = (file if file.exists() else file.with_suffix("") / "__main__.py").read_text()
        assert BEGINS.search(text), f"{module} does not call logs.begin()"
    own = [
        file for room in ("apps", "streams", "producers", "warehouse") for file in (ROOT / room).rglob("*.py")
    ]
    assert [file for file in own if "basicConfig" in file.read_text()] == []
