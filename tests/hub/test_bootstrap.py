"""`./puls` in a checkout of its own, with a lock file of one tiny package made here: no network is needed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from apps.hub import bootstrap
from tests.conftest import ROOT

WHEEL = "Wheel-Version: 1.0\nGenerator: own\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
CLI = "import grain; print('ran with grain', grain.VERSION)\n"


def wheel(folder: Path, version: str) -> str:
    """A wheel named grain; returns its line for the lock file."""
    name = f"grain-{version}"
    file = folder / f"{name}-py3-none-any.whl"
    contents = {
        "grain.py": f"VERSION = {version!r}\n",
        f"{name}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: grain\nVersion: {version}\n",
        f"{name}.dist-info/WHEEL": WHEEL,
    }
    record = "".join(f"{path},,\n" for path in contents) + f"{name}.dist-info/RECORD,,\n"
    with zipfile.ZipFile(file, "w") as archive:
        for path, text in (contents | {f"{name}.dist-info/RECORD": record}).items():
            archive.writestr(path, text)
    return f"grain=={version} --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "a check out"
    (root / "apps" / "hub").mkdir(parents=True)
    shutil.copy(ROOT / "puls", root)
    shutil.copy(ROOT / "apps" / "hub" / "bootstrap.py", root / "apps" / "hub")
    (root / "apps" / "__init__.py").touch()
    (root / "apps" / "cli.py").write_text(CLI)
    lock(root, wheel(root, "1.0"))
    return root


def lock(root: Path, line: str) -> None:
    (root / "requirements.lock").write_text(f"--no-index\n--find-links .\n{line}")


def environment(path: str = "") -> dict[str, str]:
    own = f"{Path(sys.executable).resolve().parent}:/usr/bin:/bin"
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("PIP_", "PULS_"))}
    return kept | {"PATH": path or own, "PYTHONPATH": ""}


def puls(root: Path, path: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([root / "puls"], env=environment(path), capture_output=True, text=True, check=False)


def test_a_fresh_checkout_gets_its_environment_and_later_starts_leave_it_alone(checkout: Path) -> None:
    first = puls(checkout)
    assert first.stdout == "ran with grain 1.0\n", first.stderr
    assert "making .venv" in first.stderr
    second = puls(checkout)
    assert (second.stdout, second.stderr) == ("ran with grain 1.0\n", "")


def test_a_half_made_environment_is_made_anew_and_a_changed_lock_file_is_noticed(checkout: Path) -> None:
    puls(checkout)
    (checkout / ".venv" / "installed.lock").unlink()
    for file in (checkout / ".venv").rglob("grain.py"):
        file.unlink()
    assert puls(checkout).stdout == "ran with grain 1.0\n"
    lock(checkout, wheel(checkout, "2.0"))
    updated = puls(checkout)
    assert updated.stdout == "ran with grain 2.0\n"
    assert "bringing .venv up to date" in updated.stderr


def test_two_first_starts_at_once_both_run(checkout: Path) -> None:
    both = [
        subprocess.Popen(
            [checkout / "puls"], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    told = [start.communicate() for start in both]
    assert [out for out, _ in told] == ["ran with grain 1.0\n"] * 2
    assert sum("waiting for it" in errors for _, errors in told) == 1


def test_a_damaged_package_is_one_line_with_the_way_out_and_leaves_no_stamp(checkout: Path) -> None:
    lock(checkout, f"grain==1.0 --hash=sha256:{'0' * 64}\n")
    refused = puls(checkout)
    assert refused.returncode == 1
    assert (
        refused.stderr.splitlines()[-1] == "puls: a package arrived damaged (wrong hash): start ./puls again"
    )
    assert not (checkout / ".venv" / "installed.lock").exists()


def test_without_a_python_the_line_says_what_to_install(checkout: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("dirname", "cmp"):
        (tools / name).symlink_to(shutil.which(name) or "")
    refused = puls(checkout, str(tools))
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "no Python from 3.11 on" in refused.stderr


@pytest.mark.parametrize(
    ("pip_said", "remedy"),
    [
        ("ERROR: OSError: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: Could not find a version that satisfies x (from versions: none)", "index does not answer"),
        ("NewConnectionError('... Connection refused')", "the network failed"),
        ("ERROR: something never seen", "something never seen"),
    ],
)  # fmt: skip
def test_what_pip_says_becomes_a_remedy(pip_said: str, remedy: str) -> None:
    assert remedy in bootstrap._remedy(pip_said)
