"""Line with its normal band, and bars, as semantic HTML with hand-made SVG. Pure.

Not Altair through vl-convert: measured here 79 ms and 210 MB more for one such chart, and its fixed text sizes cannot
follow a page that must hold on a wall and on a telephone. Lines keep their width and labels their size at any shape.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Final, NamedTuple

from apps import wording

WIDTH: Final = 1000
HEIGHT: Final = 100


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
        return WIDTH * index / max(1, self.days - 1)

    def y(self, value: float) -> float:
        return HEIGHT * (1 - (value - self.low) / (self.high - self.low))


def line(points: Sequence[Point], label: str, last: str) -> str:
    """A line over days with the normal band behind it; `last` names the last day on the axis.

    Fewer than two known values give a sentence instead. A day without a value breaks the line, it is never drawn as 0.
    """
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return f'<p class="chart none">{wording.say("chart_none")}</p>'
    scale = _scale(points)
    ticks = _ticks(scale.low, scale.high)
    marks = "".join(_tick(tick, scale) for tick in ticks)
    return (
        f'<figure class="chart"><div class="plot">'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" aria-label="{_alt(known, label)}">'
        f"{_grid(ticks, scale)}{_bands(points, scale)}{_lines(points, scale)}</svg>{marks}{_dot(points, scale)}</div>"
        f'<figcaption class="axis"><span>{wording.day_of_year(points[0].on)}</span>{_key(points)}'
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


def _scale(points: Sequence[Point]) -> _Scale:
    values = [v for point in points for v in point[1:] if v is not None]
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


def _grid(ticks: Iterable[float], scale: _Scale) -> str:
    return "".join(f'<path class="grid" d="M0,{scale.y(t):.1f} H{WIDTH}"/>' for t in ticks)


def _tick(tick: float, scale: _Scale) -> str:
    return f'<span class="tick" aria-hidden="true" style="top:{scale.y(tick):.1f}%">{wording.number(tick)}</span>'


def _dot(points: Sequence[Point], scale: _Scale) -> str:
    index, point = max((i, p) for i, p in enumerate(points) if p.value is not None)
    left = scale.x(index) / WIDTH * 100
    return f'<i class="dot" style="left:{left:.2f}%;top:{scale.y(point.value or 0):.2f}%"></i>'


def _lines(points: Sequence[Point], scale: _Scale) -> str:
    """One path per unbroken run of days."""
    parts: list[str] = []
    pen = "M"
    for index, point in enumerate(points):
        if point.value is None:
            pen = "M"
            continue
        parts.append(f"{pen}{scale.x(index):.1f},{scale.y(point.value):.2f}")
        pen = "L"
    return f'<path class="line" d="{" ".join(parts)}"/>'


def _bands(points: Sequence[Point], scale: _Scale) -> str:
    """The band as one closed shape per run of days that have one."""
    shapes, run = "", list[int]()
    for index in range(len(points) + 1):
        if index < len(points) and points[index].lower is not None and points[index].upper is not None:
            run.append(index)
            continue
        shapes += _band(points, run, scale) if len(run) > 1 else ""
        run = []
    return shapes


def _band(points: Sequence[Point], run: Sequence[int], scale: _Scale) -> str:
    under = [f"{scale.x(i):.1f},{scale.y(points[i].lower or 0):.2f}" for i in run]
    over = [f"{scale.x(i):.1f},{scale.y(points[i].upper or 0):.2f}" for i in reversed(run)]
    return f'<path class="band" d="M{" L".join(under + over)} Z"/>'


def columns(bars: Sequence[Bar]) -> str:
    """Standing bars with the value above and the label below, as one list."""
    top = max((bar.value or 0 for bar in bars), default=0) or 1
    return '<ol class="columns">' + "".join(_column(bar, top) for bar in bars) + "</ol>"


def _column(bar: Bar, top: float) -> str:
    height = 100 * (bar.value or 0) / top
    look = " attention" if bar.attention and bar.value else ""
    return (
        f'<li class="{_look(bar)}{look}"><span class="stand" style="--h:{height:.1f}%"><b>{escape(bar.words)}</b>'
        f'<i></i></span><span class="name">{escape(bar.label)}</span></li>'
    )


def rows(bars: Sequence[Bar]) -> str:
    """Lying bars with the label before and the value after, as one list."""
    top = max((bar.value or 0 for bar in bars), default=0) or 1
    return '<ol class="rows">' + "".join(_row(bar, top) for bar in bars) + "</ol>"


def _row(bar: Bar, top: float) -> str:
    width = 100 * (bar.value or 0) / top
    return (
        f'<li class="{_look(bar)}"><span class="name">{escape(bar.label)}</span>'
        f'<span class="lie" style="--w:{width:.1f}%"><i></i><b>{escape(bar.words)}</b></span></li>'
    )


def _look(bar: Bar) -> str:
    return "unknown" if bar.value is None else "zero" if bar.value == 0 else "known"
