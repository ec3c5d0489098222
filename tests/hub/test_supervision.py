"""The supervisor with small stand-in programs: what dies comes back, what is stopped stays away, in order."""

from __future__ import annotations

import errno
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from apps.hub import checks, home, overseer, ports, processes
from apps.hub.programs import Program
from apps.hub.starting import Hub, Steps
from schemas.errors import HubError, Unavailable
from schemas.settings import Settings

STAND_IN = "tests.hub.stand_in"
STEPS = Steps((STAND_IN, "done"), None)
SCREENS = [Program(name, STAND_IN, ("screen", name), grace_s=5) for name in ("public", "work")]


Make = Callable[..., tuple[Hub, list[str]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A home in a path with every character that configuration files trip over, longer than a socket's."""
    return tmp_path / "å hub; #1 100%s \"'" / ("deep" * 30)


@pytest.fixture
def make_hub(folder: Path) -> Iterator[Make]:
    hubs: list[Hub] = []

    def make(*more: Program) -> tuple[Hub, list[str]]:
        said: list[str] = []
        public, work = ports.free(2)
        given = {"kafka": "given:1", "warehouse": "http://given:1"}
        settings = Settings(home=folder, public_port=public, work_port=work, **given)  # type: ignore[arg-type]
        home.make(folder)
        hubs.append(Hub(settings, said.append, lambda settings, chosen: [*more, *SCREENS]))
        return hubs[-1], said

    yield make
    for hub in hubs:
        hub.stop()


def by_name(folder: Path, name: str, seconds: float = 20) -> psutil.Process:
    """The process of that name; one that was just started bears it only a moment later."""
    deadline = time.monotonic() + seconds
    while not (found := [each for each in processes.of_hub(folder) if each.cmdline()[-1:] == [name]]):
        assert time.monotonic() < deadline, f"{name} does not run"
        time.sleep(0.05)
    return found[0]


def until(hub: Hub, true: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        hub.watch()
        time.sleep(0.1)


def test_a_process_that_dies_is_restarted_and_said_so(make_hub: Make, folder: Path) -> None:
    hub, said = make_hub()
    hub.start(STEPS)
    before = by_name(folder, "work")
    before.kill()
    until(hub, lambda: any(line.startswith("work restarted") for line in said))
    assert "work stopped (SIGKILL)" in said
    assert by_name(folder, "work").pid != before.pid


def test_programs_stop_in_the_opposite_order_and_one_that_ignores_it_is_killed(
    make_hub: Make, folder: Path
) -> None:
    hub, said = make_hub(Program("stubborn", STAND_IN, ("stubborn",), grace_s=1))
    hub.start(STEPS)
    log = folder / "logs" / "stubborn.log"
    until(hub, lambda: log.exists() and "not listening" in log.read_text())
    hub.stop()
    assert processes.of_hub(folder) == []
    order = [line.split()[0] for line in said if "stopped" in line]
    assert order == ["work", "public", "stubborn"]
    assert "stubborn did not end in time and was killed" in said
    assert not hub.settings.hub_file.exists()


def test_a_program_that_cannot_start_is_given_up_with_its_last_words(make_hub: Make, folder: Path) -> None:
    hub, _ = make_hub(Program("failing", STAND_IN, ("failing",)))
    hub.programs = [program for program in hub.programs if program.name != "public"]
    with pytest.raises(Unavailable, match=r"failing ended 3 times.*(\n.*)*the reason stands here"):
        hub.start(STEPS)


def test_what_a_killed_supervisor_left_is_noticed_said_and_ended_at_the_next_start(
    make_hub: Make, folder: Path
) -> None:
    hub, _ = make_hub()
    hub.start(STEPS)
    supervisor = processes.supervisor(folder)
    assert supervisor
    supervisor.kill()
    with pytest.raises(HubError, match=r"the supervisor ended"):
        until(hub, lambda: False)
    assert len(processes.of_hub(folder)) == 2
    said: list[str] = []
    checks.clear_earlier(hub.settings, said.append)
    assert said == ["2 processes of an earlier run, which had lost their supervisor, were ended"]
    assert processes.of_hub(folder) == []
    assert not hub.settings.hub_file.exists()


def test_a_home_with_a_living_supervisor_is_refused(make_hub: Make, folder: Path) -> None:
    hub, _ = make_hub()
    hub.start(STEPS)
    with pytest.raises(home.AlreadyRunning, match=r"runs in .* already"):
        checks.refuse_second(hub.settings)


class FullDisk(io.StringIO):
    def write(self, text: str, /) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_does_not_end_the_supervisor() -> None:
    assert overseer.Forgiving(FullDisk()).write("a line\n") == 7
