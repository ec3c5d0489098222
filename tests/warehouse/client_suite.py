"""clickhouse-connect's own integration tests against the embedded warehouse. Nothing of them is copied in.

Fetch a checkout of github.com/ClickHouse/clickhouse-connect, install it with what its tests need into an
environment of its own, then: `python -m tests.warehouse.client_suite CHECKOUT --python THAT_PYTHON`.
What is expected to differ stands in `client_suite.toml`; anything else that fails, and anything listed that
passes, is told and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree

from tests.warehouse.starting import start

KNOWN: Final = Path(__file__).with_name("client_suite.toml")
FOLDER: Final = "tests/integration_tests"
APART: Final = "users"
LEAST: Final = 0.9


class Unlike(NamedTuple):
    """Tests that are known to fail, and why. subject: 'users' does not count."""

    subject: str
    tests: tuple[str, ...]
    why: str


class Result(NamedTuple):
    """One test: file and name without parameters, and whether it failed."""

    test: str
    failed: bool


def known(file: Path = KNOWN) -> list[Unlike]:
    """What differs from a ClickHouse server."""
    with file.open("rb") as opened:
        return [
            Unlike(one["subject"], tuple(one["tests"]), one["why"]) for one in tomllib.load(opened)["unlike"]
        ]


def results(junit: Path) -> list[Result]:
    """What pytest tells; skipped tests are left out."""
    cases = ElementTree.parse(junit).getroot().iter("testcase")
    return [
        Result(_name(case), any(case.find(kind) is not None for kind in ("failure", "error")))
        for case in cases
        if case.find("skipped") is None
    ]


def _name(case: ElementTree.Element) -> str:
    module = case.attrib["classname"].removeprefix(FOLDER.replace("/", ".") + ".")
    return f"{module.replace('.', '/')}.py::{case.attrib['name'].partition('[')[0]}"


def verdict(found: Iterable[Result], unlike: Iterable[Unlike]) -> tuple[float, list[str]]:
    """The share that passes of what counts, and what is otherwise than the list says."""
    listed = {test: one.subject for one in unlike for test in one.tests}
    counted = [one for one in found if listed.get(one.test) != APART]
    failed = {one.test for one in found if one.failed}
    faults = [f"fails, and is not on the list: {test}" for test in sorted(failed - listed.keys())]
    faults += [f"is on the list, and passes: {test}" for test in sorted(listed.keys() - failed)]
    return sum(not one.failed for one in counted) / max(1, len(counted)), faults


def run(checkout: Path, python: str, junit: Path) -> None:
    """Their tests against a warehouse of this run's own."""
    with start(junit.parent / "data") as server:
        address = urlsplit(server.address)
        where = {"HOST": address.hostname or "", "PORT": str(address.port)}
        environment = os.environ | {f"CLICKHOUSE_CONNECT_TEST_{name}": value for name, value in where.items()}
        command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "log_cli=false", "-n", "2",
                   "--timeout", "60", f"--junitxml={junit}", FOLDER]  # fmt: skip
        subprocess.run(command, cwd=checkout, env=environment, check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    """Run, compare, say; exit code 1 where something is otherwise than listed or too little passes."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("checkout", type=Path)
    asked.add_argument(
        "--python", default=sys.executable, help="an interpreter that has what their tests need"
    )
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        junit = Path(folder) / "junit.xml"
        run(given.checkout, given.python, junit)
        found = results(junit)
    share, faults = verdict(found, known())
    for fault in faults:
        print(fault)
    print(f"{len(found)} tests ran; {share:.1%} pass of those that are not about {APART}")
    return int(bool(faults) or share < LEAST)


if __name__ == "__main__":
    sys.exit(main())
