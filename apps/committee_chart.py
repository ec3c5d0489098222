"""The committee pages' lines over periods, in Altair with Swedish numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import altair as alt
import pandas as pd

from apps.choice import Period
from apps.sheet import Cell
from apps.wording import say

NUMBERS: Final = {"decimal": ",", "thousands": "\N{NO-BREAK SPACE}", "grouping": [3], "currency": ["", " kr"]}
COLOURS: Final = {False: ("#00577D", "#B54700", "#1C7A4B"), True: ("#6CB8DC", "#F0A64B", "#5FC08B")}
"""Of the lines, on light and on dark paper: each differs in its dashes too."""
MUTED: Final = {False: "#4A5763", True: "#AEBBC6"}
DASHES: Final = ([1, 0], [7, 4], [2, 3])
Line = Sequence[tuple[Period, Cell]]


class Beside(NamedTuple):
    """What is drawn beside the lines: targets by the name of their line, and numbers of notes by period."""

    goals: Mapping[str, Line] = {}
    marks: Sequence[tuple[Period, str]] = ()


NOTHING: Final = Beside()


def lines(
    told: Mapping[str, Line],
    title: str | None,
    beside: Beside = NOTHING,
    *,
    is_share: bool = False,
    zero: bool = True,
    dark: bool = False,
) -> Any:
    """A line per name with a dot per period, hollow where the figure is preliminary; a period without a
    figure breaks it, it is never drawn as 0, and of which bounds alone are known they are a stroke. Targets
    are thin dotted lines with their word at the end.

    title: what is counted, on top of the axis; None where several names stand there. zero: whether the axis
    begins at 0.
    """
    table = _table(told)
    order = [period.short for period in sorted({period for line in told.values() for period, _ in line})]
    axis = alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=12)
    height: dict[str, Any] = {"title": title, "scale": alt.Scale(zero=zero), "axis": _axis(is_share, zero)}
    shown = alt.Chart(table).encode(
        x=alt.X("period:O", sort=order, title=None, axis=axis), y=alt.Y("value:Q", **height)
    )
    looks = _looks(list(told), dark)
    dots = shown.encode(color=looks["color"]).mark_point(size=60, strokeWidth=2, opacity=1)
    sure = dots.mark_point(size=60, filled=True, opacity=1).transform_filter("datum.sure")
    drawn = [shown.encode(**looks).mark_line(strokeWidth=3), dots, sure]
    if table["lower"].notna().any():
        drawn.append(dots.encode(y=alt.Y("lower:Q", **height), y2="upper:Q").mark_rule(strokeWidth=3))
    drawn += _goals(beside.goals, shown, looks["color"])
    drawn += _marks(beside.marks, shown, MUTED[dark])
    return _styled(alt.layer(*drawn), MUTED[dark])


def _table(told: Mapping[str, Line]) -> pd.DataFrame:
    return pd.DataFrame(
        [(name, period.short, found.value, found.state != "preliminary", *(found.bounds or (None, None)))
         for name, line in told.items() for period, found in line],
        columns=["name", "period", "value", "sure", "lower", "upper"],
    )  # fmt: skip


def _goals(goals: Mapping[str, Line], shown: Any, color: Any) -> list[Any]:
    """Each target over the periods that it holds for, with its word over the last of them."""
    there = {name: line for name, line in goals.items() if line}
    if not there:
        return []
    over = shown.encode(color=color).properties(data=_table(there))
    ends = _table({name: line[-1:] for name, line in there.items()}).assign(word=say("column_goal"))
    last = over.properties(data=ends)
    return [
        over.mark_line(strokeWidth=2, strokeDash=[2, 4], interpolate="step"),
        last.mark_tick(thickness=2, size=16),  # a target of one period is no line
        last.mark_text(dx=12, fontSize=14, align="left").encode(text="word:N"),
    ]


def _marks(marks: Sequence[tuple[Period, str]], shown: Any, muted: str) -> list[Any]:
    """The number of each note over the period that it speaks of."""
    if not marks:
        return []
    table = pd.DataFrame([(period.short, words) for period, words in marks], columns=["period", "word"])
    over = alt.Chart(table).encode(x=shown.encoding.x)
    number = over.mark_text(fontSize=14, dx=9, fontWeight="bold", color=muted)
    return [
        over.mark_rule(strokeDash=[1, 3], color=muted),
        number.encode(y=alt.value(6), text="word:N"),
    ]


def _axis(is_share: bool, zero: bool) -> alt.Axis:
    percent = f"format(datum.value * 100, '.{0 if zero else 1}f') + '\N{NO-BREAK SPACE}%'"
    said: dict[str, Any] = {"labelExpr": percent} if is_share else {}
    return alt.Axis(tickCount=5, titleAngle=0, titleAlign="left", titleX=0, titleY=-12, **said)


def _looks(names: list[str], dark: bool) -> dict[str, Any]:
    many = len(names)
    legend = alt.Legend(orient="top", title=None, labelLimit=0, symbolType="stroke", symbolSize=600,
                        symbolStrokeWidth=3)  # fmt: skip
    ways: dict[str, tuple[Any, Sequence[Any]]] = {
        "color": (alt.Color, COLOURS[dark]),
        "strokeDash": (alt.StrokeDash, DASHES),
    }
    return {
        name: channel(
            "name:N",
            scale=alt.Scale(domain=names, range=list(looks[:many])),
            legend=legend if many > 1 else None,
        )
        for name, (channel, looks) in ways.items()
    }


def _styled(chart: Any, muted: str) -> Any:
    return (
        chart.properties(height=280, background="transparent")
        .configure(locale={"number": NUMBERS})
        .configure_view(stroke=None)
        .configure_legend(labelFontSize=15, labelColor=muted, columns=1)
        .configure_axis(labelFontSize=15, titleFontSize=15, labelColor=muted, titleColor=muted,
                        gridColor="#8A969F", gridOpacity=0.25, domainColor=muted, tickColor=muted,
                        titleFontWeight="normal")
    )  # fmt: skip
