"""Marks on cells in an Excel sheet, for lists in which a colour or a stroke says something.

Shades become one of a few names (red, yellow, …), whether picked as RGB, from the theme or from the old
palette. Colours by conditional formatting are a rule, not a mark that somebody made, and are not read.
"""

from __future__ import annotations

import colorsys
import re
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from producers.packed import opened

HUES: Final = ("red", "orange", "yellow", "green", "blue", "purple", "grey", "struck")
Places = dict[int, dict[int, str]]  # row number (from 1) to position (from 0) to a text


class Marks(NamedTuple):
    """What cells of one sheet show besides their values: hues, and errors of formulas (#N/A)."""

    hues: Places
    errors: Places


_BOUNDS: Final = ((15, "red"), (42, "orange"), (70, "yellow"), (170, "green"), (260, "blue"), (330, "purple"))
_OFFICE: Final = ("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5",
                  "70AD47")  # fmt: skip


def marks(path: Path) -> dict[str, Marks] | None:
    """Sheet name to what its cells show; None for a file whose marks cannot be read, as an old .xls.

    A cell without a colour whose text is struck out is `struck`.
    """
    import openpyxl

    with opened(path) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that openpyxl leaves out
        try:
            book = openpyxl.load_workbook(file, read_only=True)
        except (
            Exception
        ):  # openpyxl raises whatever it stumbles on; cells are read elsewhere, colours are extra
            return None
        theme = _theme(book.loaded_theme)
        return {sheet.title: _sheet(sheet, theme) for sheet in book.worksheets}


def _sheet(sheet: Any, theme: tuple[str, ...]) -> Marks:
    from openpyxl.cell.read_only import EmptyCell

    found = Marks({}, {})
    for cell in (cell for row in sheet.iter_rows() for cell in row if not isinstance(cell, EmptyCell)):
        if cell.data_type == "e":
            found.errors.setdefault(cell.row, {})[cell.column - 1] = str(cell.value)
        if mark := _mark(cell, theme) if cell.has_style else "":
            found.hues.setdefault(cell.row, {})[cell.column - 1] = mark
    return found


def _mark(cell: Any, theme: tuple[str, ...]) -> str:
    fill = cell.fill
    found = _hue_of(fill.fgColor, theme) if fill.fill_type == "solid" else ""
    return found or ("struck" if cell.font.strike else "")


def _hue_of(colour: Any, theme: tuple[str, ...]) -> str:
    from openpyxl.styles.colors import COLOR_INDEX

    if colour.type == "rgb":
        rgb = str(colour.rgb)[-6:]
    elif colour.type == "theme" and colour.theme < len(theme):
        rgb = theme[colour.theme]
    elif colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        rgb = COLOR_INDEX[colour.indexed][-6:]
    else:
        return ""
    return hue(rgb)


@lru_cache(maxsize=1_000)
def hue(rgb: str) -> str:
    """The name of a colour (`FFC7CE` is red), "" for white and what is no colour."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", rgb):
        return ""
    red, green, blue = (int(rgb[n : n + 2], 16) / 255 for n in (0, 2, 4))
    degrees, light, strength = colorsys.rgb_to_hls(red, green, blue)
    if light > 0.97 or light < 0.05:
        return ""
    if strength < 0.15:
        return "grey"
    return next((name for bound, name in _BOUNDS if degrees * 360 < bound), "red")


def _theme(xml: Any) -> tuple[str, ...]:
    """The ten colours of a workbook's theme in the order of Excel's numbers, else Office's own."""
    text = xml.decode("utf-8", "replace") if isinstance(xml, bytes) else ""
    scheme = re.search(r"<a:clrScheme.*?</a:clrScheme>", text, re.DOTALL)
    found = re.findall(r'(?:lastClr|srgbClr val)="([0-9A-Fa-f]{6})"', scheme[0] if scheme else "")
    if len(found) < 10:
        return _OFFICE
    dark, light, dark_2, light_2, *accents = found
    return (light, dark, light_2, dark_2, *accents[:6])
