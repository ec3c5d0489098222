"""The questions of the staffing view, each one click: a figure, its month and its twelve months. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from apps import wording
from apps.wording import say

Shape = Literal["hours", "share", "count", "mean", "days"]


@dataclass(frozen=True)
class Measure:
    """One figure. code: in the address (`visa`); column: of the query's rows; state: column of why it is not
    shown; by_role: whether roles have it too; coverage: column of how much of it is known.
    """

    code: str
    column: str
    shape: Shape
    state: str = "state"
    by_role: bool = True
    coverage: str = ""

    @property
    def name(self) -> str:
        """What it is called on tiles."""
        return say("s_" + self.column)

    @property
    def subject(self) -> str:
        """What it is called at the head of a sentence: `Sjukfrånvaron`."""
        return say("s_the_" + self.column)

    @property
    def meaning(self) -> str:
        """How it is counted, in one sentence."""
        return say("s_say_" + self.column)

    def words(self, value: float) -> str:
        """`6,1 %`, `312`, `2,4`."""
        if self.shape == "share":
            return wording.share(value)
        return wording.number(value, 0 if self.shape == "count" or value == int(value) else 1)

    def amount(self, value: float) -> str:
        """With its unit, for a sentence: `312 timmar`, `9 dagar`."""
        unit = say(f"s_unit_{self.shape}")
        return f"{self.words(value)} {unit}".rstrip()


def _of_schedule(code: str, column: str) -> Measure:
    return Measure(code, column, "share", coverage="schedule_coverage")


def _of_temps(code: str, column: str, shape: Shape, coverage: str = "") -> Measure:
    return Measure(code, column, shape, "temps_state", by_role=False, coverage=coverage)


TILES: Final[tuple[tuple[Measure, ...], ...]] = (
    (
        _of_schedule("sjuk", "sick_share"),
        _of_schedule("sjuk-kort", "sick_short_share"),
        _of_schedule("sjuk-lang", "sick_long_share"),
    ),
    (_of_schedule("narvaro", "attendance_rate"),),
    (
        Measure("overtid", "overtime_h", "hours", coverage="known_coverage"),
        Measure("overtid-arsarbetare", "overtime_per_fte", "hours", coverage="fte_coverage"),
    ),
    (
        Measure("extern", "external_share", "share", coverage="work_coverage"),
        Measure("extern-timmar", "external_h", "hours", coverage="known_coverage"),
    ),
    (
        _of_temps("vikarier", "temps", "count"),
        _of_temps("vikarier-tid", "temp_share", "share", "work_coverage"),
        _of_temps("vikarier-arende", "temps_per_case", "mean"),
    ),
    (Measure("ledtid", "lead_days", "days", "lead_state", by_role=False, coverage="lead_coverage"),),
    (Measure("kvalificerad", "qualified_share", "share", coverage="qualified_coverage"),),
    (Measure("dubbel", "double_share", "share", by_role=False, coverage="double_coverage"),),
)
"""Each tile's question, and narrower ones of the same kind."""
MEASURES: Final = tuple(measure for tile in TILES for measure in tile)


def asked(code: str) -> Measure:
    """The measure of an address; sick leave where it names none."""
    return next((measure for measure in MEASURES if measure.code == code), MEASURES[0])
