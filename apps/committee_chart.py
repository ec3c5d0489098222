"""The committee pages' lines over periods, in Altair with Swedish numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from apps.choice import Period
from apps.sheet import Cell

NUMBERS: Final = {"decimal": ",", "thousands": "\N{NO-BREAK SPACE}", "grouping": [3], "currency": ["", " kr"]}
COLOURS: Final = {False: ("#00577D", "#B54700", "#1C7A4B"), True: ("#6CB8DC", "#F0A64B", "#5FC08B")}
"""Of the lines, on light and on dark paper: each differs in its dashes too."""
MUTED: Final = {False: "#4A5763", True: "#AEBBC6"}
DASHES: Final = ([1, 0], [7, 4], [2, 3])
Line = Sequence[tuple[Period, Cell]]


def lines(
    told: Mapping[str, Line],
    title: str | None,
    *,
    is_share: bool = False,
    zero: bool = True,
    dark: bool = False,
) -> Any:
    """A line per name with a dot per period, hollow where the figure is preliminary; a period without a
    figure breaks it, it is never drawn as 0, and of which bounds alone are known they are a stroke.

    title: what is counted, on top of the axis; None where several names stand there. zero: whether the axis
    begins at 0.
    """
    table = pd.DataFrame(
        [(name, period.short, found.value, found.state != "preliminary", *(found.bounds or (None, None)))
         for name, line in told.items() for period, found in line],
        columns=["name", "period", "value", "sure", "lower", "upper"],
    )  # fmt: skip
    order = [period.short for period in sorted({period for line in told.values() for period, _ in line})]
    axis = alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=12)
    height: dict[str, Any] = {"title": title, "scale": alt.Scale(zero=zero), "axis": _axis(is_share, zero)}
    shown = alt.Chart(table).encode(
        x=alt.X("period:O", sort=order, title=None, axis=axis), y=alt.Y("value:Q", **height)
    )
    looks = _looks(list(told), dark)
    dots = shown.encode(color=looks["color"]).mark_point(size=60, strokeWidth=2, opacity=1)
    sure = dots.mark_point(size=60, filled=True, opacity=1).transform_filter("datum.sure")
    drawn = shown.encode(**looks).mark_line(strokeWidth=3) + dots + sure
    if table["lower"].notna().any():
        drawn += dots.encode(y=alt.Y("lower:Q", **height), y2="upper:Q").mark_rule(strokeWidth=3)
    return _styled(drawn, MUTED[dark])


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
