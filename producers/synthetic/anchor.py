"""Which Mittköping a hub holds, in `<home>/mittkoping.json`: fill may be repeated, live goes on from it."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from producers.synthetic.generator import Town
from schemas.errors import Misconfigured

SEED = 7


class Anchor(NamedTuple):
    """The town, and until when everything has been sent and acknowledged (None: no fill has ended)."""

    town: Town
    sent_until: datetime | None = None


def path_of(home: Path) -> Path:
    """Where it lies."""
    return home / "mittkoping.json"


def read(home: Path) -> Anchor | None:
    """What the home holds, None when nothing. Misconfigured when the file cannot be understood."""
    path = path_of(home)
    try:
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        until = kept["sent_until"]
        town = Town(int(kept["seed"]), float(kept["size"]), datetime.fromisoformat(kept["anchor"]))
        return Anchor(town, datetime.fromisoformat(until) if until else None)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Misconfigured(
            f"{path} cannot be read ({type(error).__name__}). Run ./puls reset, then up"
        ) from error


def write(home: Path, anchor: Anchor) -> None:
    """Keep it, whole or not at all. Misconfigured when the folder cannot be written."""
    town, until = anchor
    kept = {"seed": town.seed, "size": town.size, "anchor": town.anchor.isoformat(),
            "sent_until": until.isoformat() if until else None}  # fmt: skip
    path = path_of(home)
    draft = path.with_suffix(".new")
    try:
        home.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        os.replace(draft, path)
    except OSError as error:
        raise Misconfigured(f"{path} cannot be written: {error.strerror}") from error


def settle(home: Path, size: float, now: datetime) -> Anchor:
    """The anchor of this home, a new one at `now` when it has none. Misconfigured: it holds another size."""
    kept = read(home)
    if kept is None:
        kept = Anchor(Town(SEED, size, now))
        write(home, kept)
    if kept.town.size != size:
        held = f"{kept.town.size:g}"
        raise Misconfigured(
            f"{home} holds Mittköping of size {held}, not {size:g}. Use --size {held}, or ./puls reset first"
        )
    return kept
