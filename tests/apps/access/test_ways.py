from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from apps.access import ways
from apps.access.oidc import Oidc
from apps.access.secret import kept
from schemas.errors import Misconfigured
from schemas.settings import Settings
from tests.conftest import ROOT


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.2"])
def test_loopback_needs_no_provider(host: str) -> None:
    assert not ways.uses_provider(Settings(work_host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "puls.example.se", "127.0.0.1.example.se", ""])
def test_elsewhere_the_work_views_do_not_start_without_a_provider(host: str) -> None:
    with pytest.raises(Misconfigured, match="lets others reach the work views"):
        ways.uses_provider(Settings(work_host=host))


def test_a_provider_that_is_half_said_or_not_encrypted_is_refused(tmp_path: Path) -> None:
    given = Settings(
        oidc_metadata="http://login.example.se/m", work_address="http://puls.example.se", oidc_client="puls",
        oidc_secret_file=tmp_path / "secret",
    )  # fmt: skip
    with pytest.raises(Misconfigured, match=r"OIDC_METADATA=.* must be https.*WORK_ADDRESS=.* must be https"):
        ways.uses_provider(given)
    safe = replace(given, oidc_metadata="https://login.example.se/m", work_address="https://puls.example.se")
    assert ways.uses_provider(safe)
    with pytest.raises(Misconfigured, match="PULS_OIDC_SECRET_FILE is missing"):
        ways.uses_provider(replace(safe, oidc_secret_file=None))


def test_a_role_of_the_provider_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(Misconfigured, match="economyst is none of"):
        Oidc(Settings(oidc_roles="Puls-Ekonomi=economyst"), "c", "a")


def test_a_work_process_that_others_reach_ends_with_one_line(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "apps.server", "work"], cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PULS_HOME": str(tmp_path), "PULS_WORK_HOST": "0.0.0.0", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert ended.returncode != 0
    assert re.fullmatch(r"Misconfigured: PULS_WORK_HOST=0\.0\.0\.0 lets others .*\n", ended.stderr)


def test_secrets_are_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first = kept(tmp_path, "work-cookie")
    assert kept(tmp_path, "work-cookie") == first
    assert kept(tmp_path, "work-actor") != first
    assert (tmp_path / "secrets" / "work-cookie").stat().st_mode & 0o777 == 0o600
