"""`./puls rebuild --compare`: which figures a changed fold or metric would move, before it is switched on.

Three causes are kept apart: the rows that the present folds make of the same archive are others; the metric
has another version than the one that is shown; or neither, and other events have come since it was shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.settings import Settings
from streams.folding import Say
from streams.replay import replay
from warehouse.comparing import Moved, asked, compare, from_shown


@dataclass(frozen=True)
class Foreseen:
    """rows: entities whose row would change. by_fold: figures computed from the hub's rows and from fresh
    ones; shown: figures as screens show them and as they would be computed now.
    """

    entities: int
    rows: int
    figures: int
    by_fold: Sequence[Moved]
    shown: Sequence[Moved]

    def by_cause(self) -> list[tuple[str, list[Moved]]]:
        """Each figure under the first cause that explains it."""
        folded = {(one.municipality, one.metric, one.slot, one.key) for one in self.by_fold}
        rest = [one for one in self.shown if (one.municipality, one.metric, one.slot, one.key) not in folded]
        return [
            ("fold", list(self.by_fold)),
            ("metric version", [one for one in rest if one.version != one.shown_version]),
            ("since it was shown", [one for one in rest if one.version == one.shown_version]),
        ]


def compare_before_switching(settings: Settings, say: Say) -> Foreseen:
    """Fold the archive with the present code and compute every metric as it is now; nothing is written."""
    now = datetime.now(UTC)
    with replay(settings, say) as found:
        differing = found.differing()
        say(f"{len(differing)} of {found.entities} rows would change")
        wanted = asked(found.hub, now)
        folded = compare(wanted, found.live.warehouse, found.fresh.warehouse)
        shown = list(from_shown(found.hub, found.fresh.warehouse, wanted))
    return Foreseen(found.entities, len(differing), folded.figures, folded.moved, shown)
