"""What the papers of a placement are drawn from: dice, the town and its names."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from producers.synthetic import model
from producers.synthetic.life import pseudonym
from producers.synthetic.placement_life import Placement
from producers.synthetic.placement_model import CHANCES

HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)


class Desk(NamedTuple):
    """What papers are drawn from. start: the town's first day; before papers_from many lack a contract."""

    rng: Random
    seed: int
    start: date

    def kept(self, chance: str) -> bool:
        """Whether something that happens with this chance does."""
        return self.rng.random() < CHANCES[chance]

    def name(self, kind: str, placement: Placement, number: int | str) -> str:
        """The entity key of a paper of a placement."""
        return f"{model.CODE}/{kind}/{pseudonym(self.seed, kind, f'{placement.key}/{number}')}"
