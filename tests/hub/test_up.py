"""The whole hub, as a person starts it, on a PATH without Java, Maven, Node or Docker."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from apps.hub import ports, processes
from tests.conftest import ROOT

pytestmark = [pytest.mark.broker, pytest.mark.slow]
TOOLS = ("dirname", "cmp")  # all that `./puls` itself needs besides a shell


class Shell:
    """A terminal with its own PULS_HOME and ports."""

    def __init__(self, home: Path, path: Path) -> None:
        names = ("PULS_PUBLIC_PORT", "PULS_WORK_PORT", "PULS_PUSH_PORT")
        kept = {name: text for name, text in os.environ.items() if not name.startswith("PULS_")}
        own = dict(zip(names, map(str, ports.free(3)), strict=True)) | {"PULS_HOME": str(home)}
        self.environment = kept | own | {"PATH": str(path)}
        self.home = home

    def puls(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(ROOT / "puls"), *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.puls("status", "--json").stdout)
        return found

    def processes(self) -> dict[str, dict[str, Any]]:
        return {process["name"]: process for process in self.status()["processes"]}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("path")
    for tool in TOOLS:
        (folder / tool).symlink_to(f"/usr/bin/{tool}")
    return folder


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, path: Path) -> Iterator[Shell]:
    shell = Shell(tmp_path_factory.mktemp("hub"), path)
    started = shell.puls("up", "--detach", "--empty")
    assert started.returncode == 0, started.stdout + started.stderr
    yield shell
    stopped = shell.puls("down")
    assert stopped.returncode == 0, stopped.stdout + stopped.stderr
    assert processes.of_hub(shell.home) == []
    assert shell.status()["running"] is False
    assert shell.puls("reset", "--yes").returncode == 0
    assert [path.name for path in shell.home.iterdir()] == ["keys"]


def test_all_processes_run_and_the_hub_at_rest_is_small(hub: Shell) -> None:
    found = hub.status()
    states = {process["name"]: process["state"] for process in found["processes"]}
    names = ("broker", "warehouse", "worker", "publisher", "push", "public", "work")
    assert states == dict.fromkeys(names, "running")
    assert found["lag"] == 0
    assert 0 < found["resident_mb"] < 1600
    assert found["resident_mb"] > sum(process["resident_mb"] for process in found["processes"])


def test_screens_answer_where_the_start_said(hub: Shell) -> None:
    for name in ("public", "work"):
        with urllib.request.urlopen(hub.status()["addresses"][name] + "/_stcore/health", timeout=5) as answer:
            assert answer.status == 200
    with urllib.request.urlopen(hub.status()["addresses"]["push"] + "/health", timeout=5) as answer:
        assert answer.status == 200


def test_a_second_up_is_one_line_with_the_way_out(hub: Shell) -> None:
    refused = hub.puls("up", "--detach")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert re.fullmatch(r"puls: a hub runs in .* already .*`\./puls down` stops it.*\n", refused.stderr)


def test_the_port_of_a_neighbour_is_named_with_its_remedy(hub: Shell, tmp_path: Path, path: Path) -> None:
    neighbour = Shell(tmp_path / "other", path)
    neighbour.environment["PULS_WORK_PORT"] = hub.environment["PULS_WORK_PORT"]
    refused = neighbour.puls("up", "--detach", "--empty")
    assert refused.returncode == 1
    assert re.fullmatch(r"puls: port \d+ .* is taken .*PULS_WORK_PORT=\d+\n", refused.stderr)
    assert processes.of_hub(tmp_path / "other") == []


def test_a_killed_publisher_is_back_and_its_restart_is_counted(hub: Shell) -> None:
    before = hub.processes()["publisher"]
    psutil.Process(before["pid"]).kill()
    deadline = time.monotonic() + 20
    while (after := hub.processes()["publisher"])["pid"] in (None, before["pid"]):
        assert time.monotonic() < deadline, after
        time.sleep(0.2)
    assert after["restarts"] == before["restarts"] + 1


def test_logs_are_shown_by_name_and_a_wrong_name_is_told_the_right_ones(hub: Shell) -> None:
    assert "warehouse ready" in hub.puls("logs", "warehouse").stdout
    refused = hub.puls("logs", "nobody")
    assert refused.returncode == 1
    assert "broker" in refused.stderr


def test_secrets_are_in_no_log_and_no_command_line(hub: Shell) -> None:
    tokens = [file.read_text().strip() for file in (hub.home / "secrets" / "tokens").iterdir()]
    logs = "".join(file.read_text(errors="replace") for file in (hub.home / "logs").iterdir())
    lines = " ".join(" ".join(process.cmdline()) for process in processes.of_hub(hub.home))
    assert not [token for token in tokens if token in logs + lines]


def test_ctrl_c_stops_all_in_order_and_leaves_nothing(tmp_path: Path, path: Path) -> None:
    shell = Shell(tmp_path / "home", path)
    command = [str(ROOT / "puls"), "up", "--empty"]
    with subprocess.Popen(command, env=shell.environment, stdout=subprocess.PIPE, text=True) as up:
        assert up.stdout
        said = []
        for line in up.stdout:
            said.append(line)
            if "Ctrl-C stops the hub" in line:
                up.send_signal(signal.SIGINT)
        assert up.wait(60) == 0
    order = re.findall(r"s  (\w+) stopped", "".join(said))
    assert order == ["work", "public", "push", "publisher", "worker", "warehouse", "broker", "all"]
    assert processes.of_hub(shell.home) == []
    assert not (shell.home / "run" / "hub.json").exists()
