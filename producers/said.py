"""What a source's function says of its rows: facts, and rows that tell nothing that the hub counts."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from msgspec import Struct

from producers.rows import Row
from producers.times import Moment
from schemas.codes import CorrectionReason, Role
from schemas.envelope import Fact
from schemas.errors import BadEvent

_WHY: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")


class Said(Struct, frozen=True, gc=False):
    """One fact as the source tells it; the runner makes pseudonyms, id, key and envelope of it.

    key: the entity's number in the source; None where rows have none (IDENTITY is False): each fact is then
    an entity of its own, known by its content and by which of several equal ones it is. at: when it
    happened. what: which fact of the entity, its event
    type when left out. occurrence: which of several of that kind; both make the id and may not depend on
    content that can change. sequence: the source's own order where its times tie. recorded: when this version
    was recorded, where its `row` (left out: the first one) does not say. Handlers, persons and `actor` take
    plain numbers.
    """

    fact: Fact
    key: str | None
    at: Moment | datetime
    occurrence: int | str = 0
    what: str = ""
    sequence: int = 0
    recorded: Moment | datetime | None = None
    retracted: bool = False
    reason: CorrectionReason | None = None
    actor: tuple[Role, str] | None = None
    row: Row | None = None


def check_kinds(said: Said) -> None:
    """BadEvent `mapping` where key, actor or row is not of the declared kind; the rest is the codec's."""
    actor = said.actor
    if not isinstance(said.key, (str, type(None))):
        name, sv, en = "key", "text, till exempel row[…]", "text, e.g. row[…]"
    elif actor is not None and not (
        isinstance(actor, tuple) and [type(part) for part in actor] == [str, str]
    ):
        name, sv, en = "actor", "(roll, nummer), båda text", "(role, number), both text"
    elif said.row is not None and not isinstance(said.row, Row):
        name, sv, en = "row", "en rad", "a row"
    else:
        return
    sv = f"Källans funktion gav Said fel slags {name}; det ska vara {sv}."
    en = f"The source's function gave Said the wrong kind of {name}; it must be {en}."
    raise BadEvent("mapping", "", sv, en)


class Passed(Struct, frozen=True, gc=False):
    """A row that is no fact of ours and is passed over; the report counts it: none vanishes in silence.

    why: the source's own word for such rows, as `prescription`; never what a cell holds.
    """

    why: str


def check_passed(passed: Passed) -> None:
    """BadEvent `mapping` where the reason is no code."""
    if not (isinstance(passed.why, str) and _WHY.fullmatch(passed.why)):
        sv = "Källans funktion gav Passed(…) annat än ett ord med a–z, siffror och bindestreck."
        en = "The source's function gave Passed(…) something else than a word of a–z, digits and hyphens."
        raise BadEvent("mapping", "", sv, en)
