"""When a partition gives so many bad messages that going on would drain it into the dead letters: stop and
say so.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

WINDOW = 1_000


@dataclass
class DeadLetterLimit:
    """Share of the last 1,000 messages, and run of bad ones, that a partition may give. Pure but for its
    own memory.
    """

    share: float = 0.05
    run: int = 50
    _last: deque[bool] = field(default_factory=lambda: deque(maxlen=WINDOW))
    _bad: int = 0
    _in_a_row: int = 0

    def see(self, bad: bool) -> bool:
        """Count one message; True when the partition is over a limit now."""
        if len(self._last) == WINDOW:
            self._bad -= self._last[0]
        self._last.append(bad)
        self._bad += bad
        self._in_a_row = self._in_a_row + 1 if bad else 0
        full = len(self._last) == WINDOW
        return self._in_a_row >= self.run or (full and self._bad > self.share * WINDOW)

    def see_good(self, count: int) -> None:
        """Count many good messages at once."""
        if count:
            self._in_a_row = 0
        if count >= WINDOW:
            self._last = deque([False] * WINDOW, maxlen=WINDOW)
            self._bad = 0
        else:
            for _ in range(count):
                self.see(bad=False)
