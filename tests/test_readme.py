"""What the README says is tried: its source runs as it stands, its commands and files exist."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from producers import source
from schemas import municipality as municipalities
from schemas import settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def puls(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "apps.cli", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PULS_HOME": str(home)},
    )


def test_the_source_of_the_readme_runs_as_it_stands(tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.S)
    assert code is not None
    (tmp_path / "my_source.py").write_text(code.group(1), encoding="utf-8")
    (tmp_path / "cases.csv").write_text(
        "Arende;Inkom;Avslutat;Enhet\n1;2026-03-02 08:00;2026-03-09 10:00;vuxen\n2;2026-03-29 02:30;;vuxen\n"
    )
    ran = puls(
        "produce",
        str(tmp_path / "my_source.py"),
        str(tmp_path / "cases.csv"),
        "--municipality",
        "9997",
        "--dry-run",
        home=tmp_path / "home",
    )
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "se.kommunpuls.case.closed.v1" in ran.stdout
    assert "nonexistent_time" in ran.stdout


def test_the_municipality_of_the_readme_has_no_fault_and_shows_every_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = re.search(r"```toml\n(.*?)```", README, re.S)
    assert code is not None
    (tmp_path / "0780.toml").write_text(code.group(1), encoding="utf-8")
    monkeypatch.setattr(municipalities, "FOLDER", tmp_path)
    found = municipalities.municipality.__wrapped__("0780")
    assert found.units
    said = set(re.findall(r"^\[?(\w+)", code.group(1), re.M))
    assert said >= {"name", "time_zone", "small", "rate_n", "quiet_movements", "units"}


def test_every_declaration_of_a_source_is_in_the_readmes_table_with_its_default() -> None:
    said = dict(re.findall(r"^\| `([A-Z_]+)` \| `(.*?)` \|", README, re.M))
    declared = re.findall(r"^([A-Z_]+) = (.*?)  +#", source.__doc__ or "", re.M)
    assert said.keys() == {name for name, _ in declared}
    defaults = {name: default for name, default in declared if name != "TIME"}
    assert defaults.items() <= said.items()


def test_the_key_of_a_real_municipality_comes_before_its_first_run() -> None:
    assert README.index("./puls key create --municipality 0780  ") < README.index(
        "./puls produce my_source.py cases.csv --municipality 0780  "
    )


@pytest.mark.parametrize("module", ["expectations.run", "schemas.contracts"])
def test_every_module_that_the_readme_runs_is_there(module: str) -> None:
    assert f"python -m {module}" in README
    assert importlib.util.find_spec(module)


def test_every_setting_that_the_readme_names_is_one() -> None:
    named = {f"PULS_{name}" for name in re.findall(r"PULS_([A-Z_]+[A-Z])", README)}
    assert named >= {"PULS_HOME", "PULS_LANES", "PULS_KAFKA", "PULS_WAREHOUSE"}
    assert named <= settings.known().keys()


@pytest.mark.parametrize(
    "command",
    ["up", "status", "logs", "down", "produce", "figures", "key", "token", "report", "rebuild", "reset"],
)
def test_every_command_of_the_readme_explains_itself(command: str, tmp_path: Path) -> None:
    assert f"./puls {command}" in README or f"`{command}" in README
    assert puls(command, "--help", home=tmp_path).returncode == 0


def test_every_file_that_the_readme_names_exists() -> None:
    named = {
        name for name in re.findall(r"`([a-z_]+/[A-Za-z_/]+\.[a-z]+)`", README) if "my_source" not in name
    }
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
