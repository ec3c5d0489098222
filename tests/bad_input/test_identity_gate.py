"""The identity gate: what it must stop wherever it is planted, and the ordinary strings that pass."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from producers.produce import produce
from producers.share import Order
from schemas.codec import decode
from schemas.contracts import examples
from schemas.doors import admit
from schemas.errors import BadEvent, Misconfigured
from schemas.identity import find_identity, find_identity_in_prose
from schemas.registry import EVENTS
from schemas.settings import Settings
from tests.bad_input.identities import BROAD, KINDS, variants
from tests.bad_input.ordinary import notes, ordinary

NOW: Final = datetime(2026, 11, 23, tzinfo=UTC)
VARIANTS: Final = variants(20261127, 1_000)
ORDINARY: Final = 100_000
Path_ = tuple[str | int, ...]


def test_a_thousand_planted_variants_are_found() -> None:
    assert [text for text in VARIANTS if find_identity(text) is None] == []
    assert [text for text in VARIANTS if find_identity_in_prose(text) is None] == []
    assert {find_identity(text) for text in VARIANTS} == {"personal_identity_number", "email", "telephone"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_found_in_every_place_of_a_line(kind: str) -> None:
    dice = Random(7)
    for _ in range(250):
        said = KINDS[kind](dice)
        assert find_identity(said) == find_identity(f"rad 3: {said}!") != None, said  # noqa: E711


def test_at_most_one_of_a_hundred_thousand_ordinary_strings_is_refused() -> None:
    refused = [text for text in ordinary(1, ORDINARY) if find_identity(text)]
    assert len(refused) <= 1, refused


def test_ordinary_notes_pass_though_numbers_in_them_may_be_broken_up() -> None:
    refused = [text for text in notes(1, ORDINARY // 5) if find_identity_in_prose(text)]
    assert refused == []


def places(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Every text of an event as JSON."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from places(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*path, number))
    elif isinstance(value, str):
        yield path


def planted(event: dict[str, Any], path: Path_, text: str) -> dict[str, Any]:
    """The event with another text in that place."""
    changed = json.loads(json.dumps(event))
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = text
    return dict(changed)


FULL: Final = {
    fact: [one | {"actor": {"role": "caseworker", "pseudonym": one["subject"].split("/")[2]},
                  "reason": "wrong_time", "flaws": ["ambiguous_time"], "datacontenttype": "application/json"}
           for one in examples(fact)]
    for fact in EVENTS
}  # fmt: skip


def test_no_variant_gets_through_in_any_place_of_any_type() -> None:
    """Several variants in each place; the refusal names it, but for a place within a list that stays one."""
    dice, told = Random(3), 0
    for events in FULL.values():
        assert decode(json.dumps(events[0]).encode())
        for one, path in ((event, path) for event in events for path in places(event)):
            for text in dice.sample(VARIANTS, 3):
                told += 1
                error = refused(planted(one, path, text))
                assert (error.reason, leaks(error, text)) == ("identity", ""), (path, text)
                assert error.field in ("$", *spelt(path)), path
    assert told > 3 * len(EVENTS) * 10


def spelt(path: Path_) -> Iterator[str]:
    """How a refusal may write the place."""
    names = ".".join(str(step) for step in path if isinstance(step, str))
    yield f"$.{names}"
    yield f"$.{names}[{path[-1]}]"


def refused(event: dict[str, Any]) -> BadEvent:
    """Why it is refused; a test that gets here without a refusal has let an identity through."""
    with pytest.raises(BadEvent) as caught:
        admit(json.dumps(event).encode(), NOW)
    return caught.value


def leaks(error: BadEvent, text: str) -> str:
    """Where the refusal tells the planted text."""
    return next((said for said in (error.field, error.sv, error.en, str(error)) if text in said), "")


def test_every_variant_is_stopped_in_an_open_field_and_in_the_name_of_a_field() -> None:
    event = FULL[EVENTS[0]][0]
    for text in VARIANTS:
        for bad in (
            planted(event, ("data", "unit"), text),
            event | {text: 1},
            planted(event, ("data", text), "x"),
        ):
            error = refused(bad)
            assert (error.reason, leaks(error, text)) == ("identity", "")


def test_a_number_dressed_up_as_a_pseudonym_is_stopped() -> None:
    event = next(one for one in FULL[EVENTS[1]] if "person" in one["data"])
    for said in ("191212121212", "121212-1212", "191212121212" + "A" * 8, "x_19121212_1212"):
        dressed = f"k1.{said:A<43}"
        assert refused(planted(event, ("data", "person"), dressed)).reason == "identity"
        subject = "/".join([*event["subject"].split("/")[:2], dressed])
        assert refused(event | {"subject": subject}).reason == "identity"


FILES: Final = (
    "19121212-1212.csv", "uttag_1212121212.csv", "ring 070-123 45 67.csv", "a@b.example.csv",
    "pnr%319121212%2D1212.csv", "x" + "191212121212".translate(BROAD),
)  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_named_by_somebody_is_not_read_and_its_name_is_not_told(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text("a,b\n1,2\n")
    with pytest.raises(Misconfigured) as caught:
        produce(Settings(tmp_path), Order("sffd_visits", file, dry_run=True, municipality="9903"))
    assert name not in str(caught.value)
    assert name not in repr(caught.value.__context__)


if __name__ == "__main__":  # how the count comes out over as many hundreds of thousands as are asked for
    for seed in range(int(sys.argv[1])):
        print(seed, sum(bool(find_identity(text)) for text in ordinary(seed, ORDINARY)))
