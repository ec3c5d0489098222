"""What was found of one expectation: counts of rows, never a value of theirs."""

from __future__ import annotations

from typing import NamedTuple


class Judgement(NamedTuple):
    """One expectation and whether it holds. sentence: Swedish, for the owner; checked and broken: rows."""

    municipality: str
    suite: str
    expectation: str
    sentence: str
    severity: str
    holds: bool
    checked: int
    broken: int

    @property
    def fails_the_run(self) -> bool:
        """A critical one that does not hold."""
        return self.severity == "critical" and not self.holds
