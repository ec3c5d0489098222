"""Line with its normal band, and bars, as semantic HTML. Pure.

Drawn with clip paths: `st.html` lets no SVG through (its sanitizer knows HTML only), and an image would blink
when it is replaced. Not Altair: one such chart took 79 ms and 210 MB more, and its text could not follow wall
and telephone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Final, NamedTuple

from apps import wording

WALL_ASPECT: Final = 3.2
"""Width by height of the plot on a wall, so that a steep line looks as thick as a level one."""


class Point(NamedTuple):
    """One day of a series. None where the value or the band is not known or not shown."""

    on: date
    value: float | None
    lower: float | None = None
    upper: float | None = None


class Bar(NamedTuple):
    """One bar: value None is shown by its words instead."""

    label: str
    value: float | None
    words: str
    attention: bool = False


class _Scale(NamedTuple):
    low: float
    high: float
    days: int

    def x(self, index: int) -> float:
        """Percent from the left."""
        return 100 * index / max(1, self.days - 1)

    def y(self, value: float) -> float:
        """Percent from the top."""
        return 100 * (1 - (value - self.low) / (self.high - self.low))


def line(points: Sequence[Point], label: str, last: str, instead: str, so_far: Point | None = None) -> str:
    """A line over days with the normal band behind it; `last` names the last day on the axis.

    A day without a value breaks the line, it is never drawn as 0. No two known days in a row are no line:
    `instead` says why. so_far: a day that goes on, whose dot stands after the line and not on it.
    """
    known = [point for point in points if point.value is not None]
    if not _runs([point.value is not None for point in points]):
        return f'<p class="chart none">{escape(instead)}</p>'
    shown = [*points, so_far] if so_far else list(points)
    scale = _scale(shown, lowest=0 if so_far else None)
    drawn = _grid(scale) + _bands(shown, scale) + _lines(points, scale) + _dot(shown, scale)
    return (
        f'<figure class="chart"><div class="plot" role="img" aria-label="{_alt(known, label)}">{drawn}</div>'
        f'<figcaption class="axis"><span>{wording.short_day(points[0].on)}</span>{_key(shown)}'
        f"<span>{escape(last)}</span></figcaption></figure>"
    )


def _key(points: Iterable[Point]) -> str:
    has_band = any(point.lower is not None and point.upper is not None for point in points)
    return f'<span class="key">{wording.say("chart_key")}</span>' if has_band else ""


def _alt(known: Sequence[Point], label: str) -> str:
    values = [point.value for point in known if point.value is not None]
    text = wording.say(
        "chart_alt", label=label, first=wording.day(known[0].on), last=wording.day(known[-1].on),
        start=wording.number(values[0]), end=wording.number(values[-1]),
        low=wording.number(min(values)), high=wording.number(max(values)),
    )  # fmt: skip
    return escape(text)


def _scale(points: Sequence[Point], lowest: float | None = None) -> _Scale:
    """lowest: what is on the scale in any case."""
    values = [v for point in points for v in (*point[1:], lowest) if v is not None]
    low, high = min(values), max(values)
    room = max((high - low) * 0.12, 1)
    return _Scale(max(0, low - room) if low >= 0 else low - room, high + room, len(points))


def _ticks(low: float, high: float) -> list[float]:
    """Two to four round numbers strictly inside the scale."""
    rough = (high - low) / 2.5
    power = 10 ** math.floor(math.log10(rough))
    step = max(1, next(power * m for m in (1, 2, 5, 10) if power * m >= rough * 0.75))
    first = math.ceil((low + (high - low) * 0.06) / step)
    return [i * step for i in range(first, first + 6) if i * step < high - (high - low) * 0.06]


def _grid(scale: _Scale) -> str:
    return "".join(
        f'<span class="grid" style="top:{scale.y(tick):.1f}%">'
        f'<span class="tick">{wording.number(tick)}</span></span>'
        for tick in _ticks(scale.low, scale.high)
    )


def _dot(points: Sequence[Point], scale: _Scale) -> str:
    index, point = max((i, p) for i, p in enumerate(points) if p.value is not None)
    return f'<i class="dot" style="left:{scale.x(index):.2f}%;top:{scale.y(point.value or 0):.2f}%"></i>'


def _lines(points: Sequence[Point], scale: _Scale) -> str:
    """One shape per unbroken run of days with a value."""
    runs = _runs([point.value is not None for point in points])
    return "".join(_line([(scale.x(i), scale.y(points[i].value or 0)) for i in run]) for run in runs)


def _line(marks: Sequence[tuple[float, float]]) -> str:
    """A line of even width, --w to each side, as the outline around its marks."""
    wide = [_width(marks, index) for index in range(len(marks))]
    over = [f"{x:.2f}% calc({y:.2f}% - {w:.2f}*var(--w))" for (x, y), w in zip(marks, wide, strict=True)]
    under = [f"{x:.2f}% calc({y:.2f}% + {w:.2f}*var(--w))" for (x, y), w in zip(marks, wide, strict=True)]
    return f'<i class="line" style="clip-path:polygon({",".join(over + under[::-1])})"></i>'


def _width(marks: Sequence[tuple[float, float]], index: int) -> float:
    """How much wider the outline is, measured upright, where the line is steep."""
    beside = pairwise(marks[max(0, index - 1) : index + 2])
    slopes = [(y2 - y1) / (x2 - x1) / WALL_ASPECT for (x1, y1), (x2, y2) in beside]
    return sum(math.hypot(1, slope) for slope in slopes) / len(slopes)


def _bands(points: Sequence[Point], scale: _Scale) -> str:
    """The band as one closed shape per run of days that have one."""
    runs = _runs([point.lower is not None and point.upper is not None for point in points])
    return "".join(_band([(scale.x(i), points[i]) for i in run], scale) for run in runs)


def _band(run: Sequence[tuple[float, Point]], scale: _Scale) -> str:
    under = [f"{x:.2f}% {scale.y(point.lower or 0):.2f}%" for x, point in run]
    over = [f"{x:.2f}% {scale.y(point.upper or 0):.2f}%" for x, point in reversed(run)]
    return f'<i class="band" style="clip-path:polygon({",".join(under + over)})"></i>'


def _runs(present: Sequence[bool]) -> list[list[int]]:
    """Indices of unbroken stretches of at least two."""
    stretches = [
        [i for i, _ in group] for is_there, group in groupby(enumerate(present), itemgetter(1)) if is_there
    ]
    return [stretch for stretch in stretches if len(stretch) > 1]


def columns(bars: Sequence[Bar]) -> str:
    """Standing bars with the value above and the label below, as one list."""
    top = max((bar.value or 0 for bar in bars), default=0) or 1
    return '<ol class="columns">' + "".join(_column(bar, top) for bar in bars) + "</ol>"


def _column(bar: Bar, top: float) -> str:
    height = (bar.value or 0) / top
    look = " attention" if bar.attention and bar.value else ""
    return (
        f'<li class="{_look(bar)}{look}"><span class="stand" style="--h:{height:.3f}">'
        f'<b>{escape(bar.words)}</b><i></i></span><span class="name">{escape(bar.label)}</span></li>'
    )


def rows(bars: Sequence[Bar], top: float = 0) -> str:
    """Lying bars with the label before and the value after, as one list. top: the whole width; else the
    largest of them.
    """
    top = top or max((bar.value or 0 for bar in bars), default=0) or 1
    return '<ol class="rows">' + "".join(_row(bar, top) for bar in bars) + "</ol>"


def _row(bar: Bar, top: float) -> str:
    width = (bar.value or 0) / top
    return (
        f'<li class="{_look(bar)}"><span class="name">{escape(bar.label)}</span>'
        f'<span class="lie" style="--w:{width:.3f}"><i></i><b>{escape(bar.words)}</b></span></li>'
    )


def _look(bar: Bar) -> str:
    return "unknown" if bar.value is None else "zero" if bar.value == 0 else "known"
