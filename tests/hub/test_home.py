"""The home before anything starts in it."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from apps.hub import checks, home, ports, resetting
from apps.hub.filling import fill_once
from schemas.errors import HubError, Misconfigured
from schemas.settings import Settings


def test_tokens_are_made_once_differ_and_can_be_read_by_their_owner_alone(tmp_path: Path) -> None:
    home.make(tmp_path)
    tokens = {file.name: file.read_text() for file in (tmp_path / "secrets" / "tokens").iterdir()}
    assert len(set(tokens.values())) == len(tokens) == 5
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in (tmp_path / "secrets" / "tokens").iterdir())
    (tmp_path / "secrets" / "tokens" / "hub").write_text("")
    home.make(tmp_path)
    assert (tmp_path / "secrets" / "tokens" / "hub").read_text() not in ("", tokens["hub"])
    assert (tmp_path / "secrets" / "tokens" / "worker").read_text() == tokens["worker"]


def test_a_home_that_is_a_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(Misconfigured, match=r"cannot be the hub's home.*PULS_HOME"):
        home.make(tmp_path / "home")


def test_a_disk_that_is_nearly_full_is_refused_and_one_with_room_is_not(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="12 MB left, the hub needs 500"):
        home.check_space(tmp_path, 12_900_000)
    home.check_space(tmp_path, 500_000_000)


def test_a_second_up_on_the_same_home_is_refused_until_the_first_ends_however_it_ends(tmp_path: Path) -> None:
    home.make(tmp_path)
    hold = f"""
import pathlib, sys, apps.hub.home as home
with home.locked(pathlib.Path({str(tmp_path)!r})):
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout and first.stdout.readline() == "held\n"
        assert home.holder(tmp_path) == first.pid
        with pytest.raises(home.AlreadyRunning), home.locked(tmp_path):
            pass
        first.kill()
    assert home.holder(tmp_path) is None
    with home.locked(tmp_path):
        pass


def test_a_taken_screen_port_is_named_with_its_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Misconfigured, match=rf"port {port} .* is taken .*PULS_WORK_PORT="):
            checks.check_ports(Settings(public_port=ports.free(1)[0], work_port=port))


def test_two_screens_on_one_port_are_refused() -> None:
    with pytest.raises(Misconfigured, match="PULS_PUBLIC_PORT and PULS_WORK_PORT are both 9000"):
        checks.check_ports(Settings(public_port=9000, work_port=9000))
    with pytest.raises(Misconfigured, match="PULS_WORK_PORT and PULS_PUSH_PORT are both 9000"):
        checks.check_ports(Settings(public_port=ports.free(1)[0], work_port=9000, push_port=9000))


def test_free_ports_differ_and_can_be_listened_on() -> None:
    found = ports.free(20)
    assert len(set(found)) == 20
    with socket.create_server(("127.0.0.1", found[0])):
        assert not ports.is_free("127.0.0.1", found[0])
        assert ports.answers("127.0.0.1", found[0])


def test_reset_takes_data_and_leaves_keys_and_what_is_not_ours(tmp_path: Path) -> None:
    home.make(tmp_path)
    (tmp_path / "keys" / "9999").touch()
    (tmp_path / "content").touch()
    (tmp_path / "letters.txt").touch()
    resetting.reset(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys", "letters.txt"]
    assert (tmp_path / "keys" / "9999").exists()


def test_reset_refuses_while_a_hub_runs(tmp_path: Path) -> None:
    home.make(tmp_path)
    with home.locked(tmp_path), pytest.raises(HubError, match="stop it"):
        resetting.reset(tmp_path)


def test_an_empty_hub_is_filled_once_and_a_filling_that_was_cut_short_goes_on(tmp_path: Path) -> None:
    calls: list[str] = []

    def cut_short() -> None:
        calls.append("cut short")
        raise HubError

    with pytest.raises(HubError):
        fill_once(tmp_path, lambda: True, cut_short)
    assert fill_once(tmp_path, lambda: False, lambda: calls.append("whole"))
    assert fill_once(tmp_path, lambda: False, lambda: calls.append("again"))
    assert calls == ["cut short", "whole"]


def test_a_hub_that_holds_something_else_is_never_filled(tmp_path: Path) -> None:
    assert not fill_once(tmp_path, lambda: False, pytest.fail)
    assert not fill_once(tmp_path, lambda: True, pytest.fail)
