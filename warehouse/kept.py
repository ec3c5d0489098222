"""What a backup keeps of a hub, and what it leaves out because it can be made again. A test finds every table
of the hub in one of the two.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Kept(NamedTuple):
    """A table of the backup. day: an expression that sorts its rows by day, so that only days in which
    something changed are looked through. early: whether a hub without any data writes it as well.
    """

    table: str
    day: str
    early: bool = False


POSITIONS: Final = Kept("positions", "toDate(updated_at)", early=True)
KEPT: Final[tuple[Kept, ...]] = (
    POSITIONS,
    Kept("publications", "toDate(known_at)"),
    Kept("figures", "toDate(fromUnixTimestamp64Micro(toInt64(run)))"),
    Kept("revisions", "toDate(known_at)"),
    Kept("governance", "toDate(known_at)"),
    Kept("leases", "toDate(seen_at)", early=True),
    Kept("events", "toDate(received_at)"),
    Kept("confirmations", "toDate(recorded_at)"),
    Kept("refused", "toDate(refused_at)"),
    Kept("refused_acts", "toDate(said_at)"),
    Kept("pauses", "toDate(said_at)"),
    Kept("offsets_told", "toDate(told_at)"),
    Kept("reconciled", "toDate(checked_at)", early=True),
    Kept("alarms", "toDate(changed_at)", early=True),
    Kept("audit", "toDate(at)"),
    Kept("quality_results", "toDate(judged_at)"),
    Kept("verifications", "toDate(began_at)"),
)
"""In this order, since the hub writes meanwhile: positions before the events that they count as folded, so
that a restored worker asks for too much and never for too little; publications before their figures, so that
none is shown without them."""

MADE_AGAIN: Final[dict[str, str]] = {
    "touched": "tells the publisher what changed lately; a restored hub's publisher computes everything",
    "health_readings": "the publisher reads them anew within a minute, the dearest within an hour",
    "screens": "signs of life: each screen tells of itself within a minute",
    "backups": "when backups were taken of this hub: the folder knows; a restored hub notes its drill",
    "fences": "the generation of this store's rows; a restored hub folds its own from the first",
}
"""Tables that are left out, with the reason; and every entity table, which is folded from the archive."""
