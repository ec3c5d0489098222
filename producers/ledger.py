"""What a list told the last time, kept on the sender's side: pseudonyms, hashes and cell addresses only.

One JSON file per municipality and source under `<home>/ledger/`, mode 0600, replaced whole or not at all. It
is written before anything is sent: a run that broke in between is simply run again.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from schemas.codes import CorrectionReason
from schemas.errors import Misconfigured

VERSION: Final = 1
KEPT_IMPORTS: Final = 500  # files that the ledger remembers


class Told(Struct):
    """One fact as it was told last: subject, event type, hash of its content, when recorded and why."""

    subject: str
    type: str
    hash: int
    recorded: datetime
    reason: CorrectionReason | None = None
    retracted: bool = False


class Known(Struct):
    """One row's number: the cell where it stood last, and its facts by id. absent: rightly gone."""

    cell: str
    facts: dict[str, Told]
    absent: bool = False

    @property
    def stands(self) -> bool:
        """Whether any of its facts holds."""
        return any(not told.retracted for told in self.facts.values())


class Fate(Struct, array_like=True):
    """What became of one row: where it stands, the pseudonym of its number, the keyed hash of its cells."""

    sheet: str
    row: int
    fate: str
    key: str = ""
    hash: str = ""


class Import(Struct):
    """One file: SHA-256, the time that its facts count as recorded, when it was read, rows by fate."""

    sha256: str
    recorded: datetime
    read_at: datetime
    fates: dict[str, int]


class Ledger(Struct):
    """Everything kept about one list. rows: the fates of the last file's rows."""

    source: str
    municipality: str
    key_id: str
    version: Literal[1] = VERSION
    imports: list[Import] = []
    rows: list[Fate] = []
    known: dict[str, Known] = {}


def path_of(home: Path, municipality: str, source: str) -> Path:
    """Where a list's ledger lies."""
    return home / "ledger" / f"{municipality}-{source}.json"


def load(path: Path, source: str, municipality: str, key_id: str) -> Ledger:
    """The ledger, a new one where there is none.

    Misconfigured where it cannot be read, or was written with another pseudonym key: nothing would meet.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Ledger)
    except FileNotFoundError:
        return Ledger(source, municipality, key_id)
    except (OSError, msgspec.DecodeError) as error:
        raise Misconfigured(
            f"{path} cannot be read ({type(error).__name__}): bring a kept copy back"
        ) from error
    if found.key_id != key_id:
        raise Misconfigured(
            f"{path} belongs to the pseudonym key {found.key_id}, the key here is {key_id}: bring "
            "the kept copy of the key back"
        )
    return found


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else may import the list meanwhile. Misconfigured when somebody does."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Misconfigured("Another ./puls reads this list; run again when it is done") from None
        yield


def save(path: Path, ledger: Ledger) -> None:
    """Write the ledger, whole or not at all, for nobody else to read."""
    del ledger.imports[:-KEPT_IMPORTS]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "wb", dir=path.parent, prefix=".new-", delete=False
    ) as draft:  # mode 0600
        draft.write(msgspec.json.encode(ledger))
        draft.flush()
        os.fsync(draft.fileno())
    os.replace(draft.name, path)
