"""A table on paper: PDF, A4 on its side, its headings on each page. The one home of reportlab. Pure.

The font lies in the file (Bitstream Vera, which may be embedded), so that å, ä and ö are seen everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

PLAIN, BOLD = "Vera", "Vera-Bold"
WIDE, TALL = landscape(A4)
SIDE: Final = 14 * mm
FOOT: Final = 16 * mm
ROOM: Final = WIDE - 2 * SIDE
SIZE: Final = 7.5
LEAD: Final = 9.5
PAD: Final = 3.0
INK, LINE, MUTED = HexColor("#15202B"), HexColor("#B9C0C4"), HexColor("#4A5761")


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper. head: sentences under the title; numbers: places of columns that stand to
    the right; nothing: what is said where there is no row.
    """

    title: str
    head: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]
    nothing: str


def pdf(sheet: Sheet, numbered: Callable[[int, int], str]) -> bytes:
    """The file. numbered: the words of a page's number, of how many."""
    _fonts()
    widths = _widths(sheet)
    lines = [_split(row, widths, PLAIN) for row in sheet.rows]
    headings = _height(_split(sheet.headings, widths, BOLD))
    pages = _pages(lines, _top(sheet) - headings - FOOT, TALL - SIDE - headings - FOOT)
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDE, TALL), invariant=1, lang="sv", pageCompression=1)
    canvas.setTitle(sheet.title)
    for number, page in enumerate(pages, 1):
        _draw(canvas, sheet, widths, page, number == 1)
        canvas.setFont(PLAIN, SIZE)
        canvas.setFillColor(MUTED)
        canvas.drawRightString(WIDE - SIDE, 10 * mm, numbered(number, len(pages)))
        canvas.drawString(SIDE, 10 * mm, sheet.title)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@cache
def _fonts() -> None:
    folder = Path(reportlab.__file__).with_name("fonts")
    for name, file in ((PLAIN, "Vera.ttf"), (BOLD, "VeraBd.ttf")):
        registerFont(TTFont(name, str(folder / file)))


Cells = list[list[str]]
"""A row: the lines of each of its cells."""


def _widths(sheet: Sheet) -> list[float]:
    """As wide as the columns would be, in proportion to the room; none narrower than its longest word."""
    wanted, least = [], []
    for place, heading in enumerate(sheet.headings):
        cells = [(heading, BOLD), *((text, PLAIN) for text in {row[place] for row in sheet.rows})]
        wanted.append(max(stringWidth(text, font, SIZE) for text, font in cells) + 2 * PAD)
        least.append(
            max(stringWidth(word, font, SIZE) for text, font in cells for word in text.split() or [""])
            + 2 * PAD
            + 0.5
        )
    spare = ROOM - sum(least)
    asked = sum(wanted) - sum(least)
    grown = min(1.0, spare / asked) if asked > 0 else 0.0
    return [low + max(0.0, grown) * (high - low) for low, high in zip(least, wanted, strict=True)]


def _split(row: tuple[str, ...], widths: list[float], font: str) -> Cells:
    return [
        simpleSplit(text, font, SIZE, width - 2 * PAD + 0.1) for text, width in zip(row, widths, strict=True)
    ]


def _height(cells: Cells) -> float:
    return float(max(len(lines) for lines in cells) * LEAD + 2 * PAD)


def _head(sheet: Sheet) -> list[str]:
    return [line for text in sheet.head for line in simpleSplit(text, PLAIN, SIZE + 1, ROOM)]


def _top(sheet: Sheet) -> float:
    """How far down the first page its table may begin."""
    return float(TALL - SIDE - 20 - len(_head(sheet)) * (LEAD + 2) - 8)


def _pages(lines: list[Cells], first: float, later: float) -> list[list[Cells]]:
    """Rows page by page. first: room for them on the first page, under the title; later: on the others."""
    pages: list[list[Cells]] = [[]]
    left = first
    for cells in lines:
        if _height(cells) > left and pages[-1]:
            pages.append([])
            left = later
        pages[-1].append(cells)
        left -= _height(cells)
    return pages


def _draw(canvas: Any, sheet: Sheet, widths: list[float], page: list[Cells], is_first: bool) -> None:
    y = TALL - SIDE
    if is_first:
        _title(canvas, sheet)
        y = _top(sheet)
    y = _line(canvas, _split(sheet.headings, widths, BOLD), widths, sheet.numbers, BOLD, y)
    for cells in page:
        y = _line(canvas, cells, widths, sheet.numbers, PLAIN, y)
    if not sheet.rows:
        canvas.setFont(PLAIN, SIZE + 1)
        canvas.drawString(SIDE, y - 2 * LEAD, sheet.nothing)


def _title(canvas: Any, sheet: Sheet) -> None:
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 15)
    canvas.drawString(SIDE, TALL - SIDE - 12, sheet.title)
    canvas.setFont(PLAIN, SIZE + 1)
    for number, text in enumerate(_head(sheet), 1):
        canvas.drawString(SIDE, TALL - SIDE - 16 - number * (LEAD + 2), text)


def _line(
    canvas: Any, cells: Cells, widths: list[float], numbers: frozenset[int], font: str, y: float
) -> float:
    """Draw one row whose top is at y; where the next begins."""
    canvas.setFont(font, SIZE)
    canvas.setFillColor(INK)
    x = SIDE
    for place, (lines, width) in enumerate(zip(cells, widths, strict=True)):
        for number, text in enumerate(lines):
            at = y - PAD - SIZE - number * LEAD
            if place in numbers:
                canvas.drawRightString(x + width - PAD, at, text)
            else:
                canvas.drawString(x + PAD, at, text)
        x += width
    bottom = y - _height(cells)
    canvas.setStrokeColor(INK if font == BOLD else LINE)
    canvas.setLineWidth(0.8 if font == BOLD else 0.4)
    canvas.line(SIDE, bottom, x, bottom)
    return bottom
