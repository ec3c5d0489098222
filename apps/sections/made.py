"""What a section of a committee page becomes, and the tables that its forms have in common. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from apps import terms, wording
from apps.boards import Section, grain_of
from apps.choice import Period
from apps.committee_view import View, unit_of
from apps.page import KNOWN
from apps.sheet import Cell, Sheet, cell
from apps.terms import term
from apps.wording import say
from warehouse.governance import Note
from warehouse.published import Figure

UNIT: Final = "unit"
RATIOS: Final = ("share", "mean")
"""Measures that say nothing without how much was known."""
NO_RATIO: Final = Cell(None, "not_applicable", "–")
"""Beside what says enough without how much was known."""
Columns = list[tuple[str, Callable[[str], Cell]]]
Rows = list[tuple[str, tuple[Cell, ...]]]


class Made(NamedTuple):
    """A section ready to be shown: question, answer in a sentence, chart as HTML, its tables, and the notes
    that stand under it.
    """

    section: Section
    answer: str
    chart: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()


def by_of(view: View, section: Section) -> str:
    """The dimension of the section's rows, "" where there is a row for all alone."""
    return next(iter(grain_of(section, view.choice.split)), "")


def rows_of(view: View, section: Section) -> list[str]:
    """The codes of a table's rows; "" is the row for all."""
    by = by_of(view, section)
    return [*(view.keys(section.metrics[0], by) if by else []), ""]


def rows(view: View, section: Section, columns: Sequence[tuple[str, Callable[[str], Cell]]]) -> Sheet:
    """A table with a row per code of the section's dimension, and a row for all."""
    by = by_of(view, section)
    codes = view.keys(section.metrics[0], by) if by else []
    listed = {code: tuple(make(code) for _, make in columns) for code in codes}
    silent = {code: name for code in codes if (name := _silence(by, code, listed[code]))}
    told = [(view.label(by, code), cells) for code, cells in listed.items() if code not in silent]
    if section.total:
        told.append((say("row_all"), tuple(make("") for _, make in columns)))
    names = (dimension(by), *(name for name, _ in columns))
    return Sheet(section.question, names, tuple(told), _of_silent(view, silent) if by == UNIT else "")


def _silence(by: str, code: str, cells: Sequence[Cell]) -> str:
    """Why a row has nothing to tell: it is missing, or zero of a unit that does something else; else ""."""
    states = {found.state for found in cells} - {"text", "no_target"}
    if states == {"missing"} and (by == UNIT or code == "unknown"):
        return "units_missing"
    return "units_zero" if by == UNIT and states <= {"missing", "zero"} else ""


def _of_silent(view: View, silent: Mapping[str, str]) -> str:
    """Units of the page that have no row of their own, by why: what is missing is not zero."""
    own = [code for code in silent if code in view.units]
    found = {key: [view.label(UNIT, code) for code in own if silent[code] == key]
             for key in ("units_zero", "units_missing")}  # fmt: skip
    return " ".join(say(key, names="; ".join(names)) for key, names in found.items() if names)


def column(view: View, section: Section, metric: str, period: Period | None) -> Callable[[str], Cell]:
    """Makes the cells of a column: of a code, of all for ""."""
    by = by_of(view, section)

    def make(code: str) -> Cell:
        found = view.find(metric, period, **({by: code} if code else {}))
        return cell(found, view.contract(metric), section.none)

    return make


def coverage(view: View, section: Section, metric: str, period: Period | None) -> Columns:
    """The column beside a share or a mean that says how much was known, where the section asks for it."""
    if not section.coverage or view.contract(metric).measure not in RATIOS:
        return []
    by = by_of(view, section)
    several = len([1 for each in section.metrics if view.contract(each).measure in RATIOS]) > 1
    key = "column_coverage_of" if several else "column_coverage"
    name = say(key, title=view.contract(metric).title_sv.lower())
    covers = view.contract(metric).covers
    return [(name, lambda code: covered(view.find(metric, period, **({by: code} if code else {})), covers))]


def covered(found: Figure | None, covers: str = "") -> Cell:
    """How much a figure was made from; nothing of one that is hidden or not there. covers: what a figure that
    tells itself how much is known is a part of.
    """
    if covers:
        return Cell(None, "not_applicable", say("part_of", what=covers))
    if found is None or found.state not in KNOWN or found.coverage is None:
        return Cell(None, "missing", "–")
    return Cell(found.coverage, "value", wording.covered(found.coverage), 1, is_share=True)


def heading_of(view: View, metric: str) -> str:
    """A metric's title with its unit, where the title does not say it."""
    contract = view.contract(metric)
    return f"{contract.title_sv}, {contract.unit}" if unit_of(contract) else contract.title_sv


def dimension(name: str) -> str:
    """What a dimension is called on top of a column."""
    return wording.capital(term(terms.DIMENSIONS, name)) if name else ""
