"""`./puls test`: everything in several processes, named files in one; pytest's last line and exit code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from apps.hub import development
from tests import spreading
from tests.conftest import ROOT

ONLY_JOURNAL = (
    "--noconftest",
    f"--ignore-glob={ROOT}/tests/[!h]*",
    f"--ignore-glob={ROOT}/tests/hub/test_[!j]*",
)
"""What keeps a run short without naming a file."""


def journal_tests(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "apps.cli", "test", *ONLY_JOURNAL, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)


@pytest.mark.parametrize("arguments", [[], ["-q", "--durations=40"], ["-k", "a word"], ["-n", "1"]])
def test_everything_is_spread_over_several_processes(arguments: list[str]) -> None:
    assert development.spread(arguments) == development.PARALLEL


@pytest.mark.parametrize(
    "arguments",
    [
        ["tests/hub/test_home.py"],
        ["-q", "tests/schemas"],
        ["tests/test_readme.py::test_x"],
        ["--pdb"],
        ["-s"],
    ],
)
def test_named_files_and_what_needs_one_process_are_not_spread(arguments: list[str]) -> None:
    assert development.spread(arguments) == ()


def test_the_tests_files_lie_in_memory_where_there_is_room_and_are_gone_afterwards(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(development, "ROOM", 1)
    with development.quick_folder(tmp_path) as folder:
        assert Path(folder).parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_in_memory_is_gone_at_the_next_and_that_of_a_living_one_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    program = (
        "import pathlib, sys, time; from apps.hub import development; development.ROOM = 1\n"
        f"with development.quick_folder(pathlib.Path({str(tmp_path)!r})) as folder:\n"
        "    (pathlib.Path(folder) / 'part').touch(); print(folder, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        left = Path(run.stdout.readline().strip())
        monkeypatch.setattr(development, "ROOM", 1)
        with development.quick_folder(tmp_path):
            assert (left / "part").exists()
        run.kill()
    assert left.exists()
    with development.quick_folder(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [Path(folder)]


def test_without_room_or_by_a_persons_wish_the_tests_files_lie_in_the_usual_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(development, "ROOM", 1 << 60)
    with development.quick_folder(tmp_path) as crowded, development.quick_folder(tmp_path / "none") as none:
        assert (crowded, none) == ("", "")
    monkeypatch.setattr(development, "ROOM", 1)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with development.quick_folder(tmp_path) as wished:
        assert wished == ""


def test_pytests_summary_is_the_last_line_also_from_several_processes() -> None:
    ended = journal_tests("--verbose")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "3 workers" in ended.stdout and re.search(r"^\[gw\d\] ", ended.stdout, re.MULTILINE)
    assert re.fullmatch(r"=+ \d+ passed in [\d.]+s =+", ended.stdout.splitlines()[-1])


def test_a_persons_own_number_of_processes_wins_and_no_test_is_exit_code_five() -> None:
    ended = journal_tests("-n", "1", "-q", "-k", "no_test_is_called_so")
    assert ended.returncode == 5, ended.stdout + ended.stderr
    assert "no tests ran" in ended.stdout.splitlines()[-1]


def test_a_file_stays_in_one_process_and_whole_hubs_in_the_same() -> None:
    assert spreading.group("tests/hub/test_home.py::test_a[1]") == "tests/hub/test_home.py"
    assert {spreading.group(f"{file}::test_a") for file in spreading.ALONE} == {"alone"}
    assert all((ROOT / file).is_file() for file in spreading.ALONE)
