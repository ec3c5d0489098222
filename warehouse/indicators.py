"""The hub's own health as metrics (H1 to H9 of domain 7.8): one file `warehouse/indicators/<name>.sql` each.

A file is a TOML contract in a comment, then one SELECT that takes `now` and returns `municipality`, `part`
(what the reading is of: a source, a topic, a screen; '' for the whole), `value`, and `most`: a row's own
limit, or NULL. One that scans texts returns `municipality`, `part` and `text` instead.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from schemas.errors import Misconfigured
from warehouse.contracts import declared

FOLDER: Final = Path(__file__).parent / "indicators"
Rule = Literal["at_most", "at_least", "told"]


class Indicator(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a reading means, its limit, and what to do beyond it.

    rule: whether the limit is the most or the least, or there is none (told). limit: of every row that has
    none of its own. told_by: kind of the alarm that tells of it already, so that no second one is raised.
    every_s: how often it is read; scans: its rows are texts, the value is how many the identity gate stops.
    """

    name: str
    sql: str
    id: str
    title_sv: str
    title_en: str
    definition: str
    unit_sv: str
    unit_en: str
    rule: Rule
    user: str
    decision: str
    decimals: int = 0
    limit: float | None = None
    to_do_sv: str = ""
    to_do_en: str = ""
    told_by: str = ""
    every_s: int = 60
    scans: bool = False

    @property
    def alarms(self) -> bool:
        """Whether it has alarms of its own, of the kind that is its name."""
        return self.rule != "told" and not self.told_by


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by name, in order of its number. Misconfigured names each file with a fault."""
    found, faults = list[Indicator](), list[str]()
    for path in FOLDER.glob("*.sql"):
        try:
            found.append(read(path.stem, path.read_text(encoding="utf-8")))
        except Misconfigured as error:
            faults.append(str(error))
    if faults:
        raise Misconfigured("; ".join(sorted(faults)))
    return {each.name: each for each in sorted(found, key=lambda each: (each.id, each.name))}


def read(name: str, text: str) -> Indicator:
    """The contract and SELECT of one file."""
    indicator = declared(name, text, Indicator)
    faults = [f"{key} is empty" for key in _TEXTS if not getattr(indicator, key).strip()]
    if (indicator.rule == "told") != (indicator.limit is None and not indicator.told_by):
        faults.append("a rule of at_most or at_least has a limit, told has none")
    if indicator.alarms and not (indicator.to_do_sv and indicator.to_do_en):
        faults.append("to_do_sv and to_do_en must say what to do beyond the limit")
    if faults:
        raise Misconfigured(f"{name}.sql: " + "; ".join(faults))
    return indicator


_TEXTS: Final = ("id", "title_sv", "title_en", "definition", "unit_sv", "unit_en", "user", "decision")
