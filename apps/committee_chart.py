"""The committee pages' line over periods, in Altair with Swedish numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from apps.choice import Period

NUMBERS: Final = {"decimal": ",", "thousands": "\N{NO-BREAK SPACE}", "grouping": [3], "currency": ["", " kr"]}
COLOURS: Final = {False: ("#00577D", "#4A5763"), True: ("#6CB8DC", "#AEBBC6")}
"""The line and its words, on light and on dark paper: those of `kiosk/tokens.css`."""


def line(points: Sequence[tuple[Period, float | None]], title: str, *, dark: bool = False) -> Any:
    """A line with a dot per period; a period without a figure breaks it, it is never drawn as 0."""
    colour, muted = COLOURS[dark]
    told = pd.DataFrame(
        {"period": [period.short for period, _ in points], "value": [value for _, value in points]}
    )
    order = [period.short for period, _ in points]
    x = alt.X("period:O", sort=order, title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy"))
    y = alt.Y("value:Q", title=title, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5, titleAngle=0,
              titleAlign="left", titleX=0, titleY=-12))  # fmt: skip
    shape = alt.Chart(told).mark_line(
        point=alt.OverlayMarkDef(size=60, filled=True, color=colour), strokeWidth=3, color=colour
    )
    return (
        shape.encode(x=x, y=y)
        .properties(height=280, background="transparent")
        .configure(locale={"number": NUMBERS})
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=15, titleFontSize=15, labelColor=muted, titleColor=muted,
                        gridColor="#8A969F", gridOpacity=0.25, domainColor=muted, tickColor=muted,
                        titleFontWeight="normal")
    )  # fmt: skip
