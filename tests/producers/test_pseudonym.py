from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from producers import pseudonym
from producers.keyring import Keyring
from schemas.codes import PSEUDONYM_PATTERN
from schemas.errors import Misconfigured


def test_a_pseudonym_is_the_hmac_of_kind_and_number_under_the_key() -> None:
    made = pseudonym.Pseudonymiser("k1", b"k" * 32).of("case", " 17 ")
    digest = hmac.new(b"k" * 32, b"case\x1f17", hashlib.sha256).digest()
    assert made == "k1." + urlsafe_b64encode(digest).decode().rstrip("=")
    assert re.fullmatch(PSEUDONYM_PATTERN, made)


def test_equal_numbers_of_two_kinds_or_two_keys_do_not_meet() -> None:
    one, other = pseudonym.Pseudonymiser("k1", b"k" * 32), pseudonym.Pseudonymiser("k1", b"l" * 32)
    assert len({one.of("case", "17"), one.of("person", "17"), other.of("case", "17")}) == 3


def test_a_person_is_the_same_however_the_number_is_written() -> None:
    key = pseudonym.throwaway()
    assert (
        key.of("person", "19121212-1212")
        == key.of("person", "191212121212 ")
        == key.of("person", "19121212 1212")
    )
    assert key.of("case", "1-2") != key.of("case", "12")


def test_memory_of_pseudonyms_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pseudonym, "_REMEMBERED", 10)
    key = pseudonym.throwaway()
    first = [key.of("case", str(n)) for n in range(100)]
    assert len(key._known) <= 10
    assert [key.of("case", str(n)) for n in range(100)] == first


def test_a_key_is_made_once_with_mode_0600_and_read_back(tmp_path: Path) -> None:
    path = pseudonym.create(tmp_path / "keys", "0780")
    assert (path.name, path.stat().st_mode & 0o777) == ("0780-cases.key", 0o600)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    key = pseudonym.load(tmp_path / "keys", "0780")
    assert len(key.key) == 32 and key == pseudonym.load(tmp_path / "keys", "0780")
    assert list(path.parent.iterdir()) == [path]


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    before = pseudonym.create(tmp_path, "0780").read_bytes()
    with pytest.raises(Misconfigured, match="never replaced"):
        pseudonym.create(tmp_path, "0780")
    assert (tmp_path / "0780-cases.key").read_bytes() == before


def test_another_key_shows_in_every_pseudonym(tmp_path: Path) -> None:
    pseudonym.create(tmp_path, "0780")
    pseudonym.create(tmp_path, "0780", "homecare")
    ids = {
        pseudonym.load(tmp_path, "0780", domain).of("case", "1").split(".")[0]
        for domain in ("cases", "homecare")
    }
    assert len(ids) == 2


def test_a_key_that_others_can_read_is_refused_with_its_remedy(tmp_path: Path) -> None:
    pseudonym.create(tmp_path, "0780").chmod(0o640)
    with pytest.raises(Misconfigured, match="chmod 600"):
        pseudonym.load(tmp_path, "0780")


@pytest.mark.parametrize("content", [b"", b"k1 short\n", b"k1 " + b"A" * 44 + b"\n", b"\xff\xfe"])
def test_a_damaged_key_is_refused_and_its_content_not_shown(content: bytes, tmp_path: Path) -> None:
    path = pseudonym.create(tmp_path, "0780")
    path.write_bytes(content)
    with pytest.raises(Misconfigured) as caught:
        pseudonym.load(tmp_path, "0780")
    assert "AAAA" not in str(caught.value)


def test_the_key_itself_is_never_printed() -> None:
    assert "kkkk" not in repr(pseudonym.Pseudonymiser("k1", b"k" * 32))


@pytest.mark.parametrize("domain", ["../x", "", "A", "a/b"])
def test_a_domain_is_a_plain_word(domain: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured):
        pseudonym.path_of(tmp_path, "0780", domain)


def test_a_real_municipality_without_a_key_is_refused_with_both_ways_out(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"key create --municipality 0780 --domain cases.*kept copy"):
        Keyring(tmp_path, "cases", False, [])("0780")
    assert not list(tmp_path.iterdir())


def test_a_foreign_municipality_gets_its_key_by_itself_and_it_is_told(tmp_path: Path) -> None:
    notices: list[tuple[str, str]] = []
    made = Keyring(tmp_path, "cases", False, notices)("9901").of("case", "1")
    assert len(notices) == 1 and "9901-cases.key" in notices[0][1]
    assert Keyring(tmp_path, "cases", False, notices)("9901").of("case", "1") == made
    assert len(notices) == 1


@pytest.mark.parametrize("code", ["9901", "0780"])
def test_a_dry_run_makes_no_key_and_says_so(code: str, tmp_path: Path) -> None:
    notices: list[tuple[str, str]] = []
    Keyring(tmp_path, "cases", True, notices)(code)
    assert len(notices) == 1 and not list(tmp_path.iterdir())
