"""Tokens of producers, and the commands that make, show and revoke them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from apps.cli import app
from producers.gateway import tokens
from schemas.errors import Misconfigured
from schemas.registry import BY_TYPE

CASES, ALIVE = "se.kommunpuls.case.*", "se.kommunpuls.reference.producer-alive.v1"


def test_a_token_is_found_and_kept_as_a_hash_that_only_we_may_read(tmp_path: Path) -> None:
    token, made = tokens.create(tmp_path / "push", "0780", "procapita", [CASES])
    assert tokens.find(tmp_path / "push", token) == made
    (file,) = (tmp_path / "push").iterdir()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert token.removeprefix("puls_") not in file.name + file.read_text()


@pytest.mark.parametrize("token", ["", "puls_", "puls_" + "A" * 43, "../" + "A" * 45, "puls_" + "é" * 43])
def test_any_other_text_finds_nothing(token: str, tmp_path: Path) -> None:
    tokens.create(tmp_path, "0780", "procapita", [CASES])
    with pytest.raises(LookupError):
        tokens.find(tmp_path, token)


def test_a_type_is_allowed_by_its_name_or_by_its_group() -> None:
    grant = tokens.Grant("0780", "x", (CASES, ALIVE), datetime.min)
    allowed = {name for name in BY_TYPE if grant.allows(name)}
    assert allowed == {name for name in BY_TYPE if name.startswith("se.kommunpuls.case.")} | {ALIVE}


@pytest.mark.parametrize(
    ("municipality", "source", "types", "named"),
    [
        ("780", "x", [CASES], "780"),
        ("0001", "x", [CASES], "0001"),
        ("0780", "Procapita", [CASES], "lower-case"),
        ("0780", "x-850101-1236", [CASES], "no source"),
        ("0780", "x", ["se.kommunpuls.cases.*"], r"cases\.\*' matches no event type; write one of "),
        ("0780", "x", [], "no event type is named"),
    ],
)
def test_a_token_that_could_never_work_is_refused_with_what_to_write(
    municipality: str, source: str, types: list[str], named: str, tmp_path: Path
) -> None:
    with pytest.raises(Misconfigured, match=named):
        tokens.create(tmp_path, municipality, source, types)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_others_may_read_or_that_is_cut_short_is_named(tmp_path: Path) -> None:
    token, made = tokens.create(tmp_path, "0780", "x", [CASES])
    file = tmp_path / f"{made.digest}.json"
    file.chmod(0o644)
    with pytest.raises(Misconfigured, match=rf"chmod 600 {file}"):
        tokens.kept(tmp_path)
    file.chmod(0o600)
    file.write_text('{"municipality":')
    with pytest.raises(Misconfigured, match="no token's file"):
        tokens.kept(tmp_path)
    with pytest.raises(LookupError):
        tokens.find(tmp_path, token)


def test_the_commands_make_show_and_revoke_and_never_show_a_token_again(tmp_path: Path) -> None:
    def puls(*arguments: str) -> str:
        return CliRunner().invoke(app, ["token", *arguments], env={"PULS_HOME": str(tmp_path)}).stdout

    many = ("--types", CASES, "--types", ALIVE)
    token = puls("create", "--municipality", "9999", "--source", "x", *many).splitlines()[0]
    found = tokens.find(tokens.folder(tmp_path), token)
    listed = puls("list")
    assert listed.startswith(f"{found.name}: x in 9999, {CASES}, {ALIVE}")
    assert token not in listed
    assert puls("revoke", found.name).startswith(f"Revoked {found.name}: x in 9999")
    assert puls("list") == ""
    with pytest.raises(LookupError):
        tokens.find(tokens.folder(tmp_path), token)


def test_a_name_that_fits_no_token_or_several_revokes_none(tmp_path: Path) -> None:
    made = [tokens.create(tmp_path, "0780", "x", [CASES])[1] for _ in range(17)]
    shared = next(a.digest[0] for a in made for b in made if a != b and a.digest[0] == b.digest[0])
    for name in ("", "nobody", shared):
        with pytest.raises(Misconfigured, match="tokens are named"):
            tokens.revoke(tmp_path, name)
    assert len(tokens.kept(tmp_path)) == 17
