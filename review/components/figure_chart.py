"""Figures over time: a line for each that was recorded more than once under one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import altair as alt
import pandas as pd

from review.components import charts
from review.components.formats import amount
from review.components.wording import say

_HEIGHT = 190


@dataclass(frozen=True, slots=True)
class Point:
    """One figure on one day."""

    name: str
    unit: str
    on: date
    value: float

    @property
    def line(self) -> str:
        """What its line is called."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


def draw(points: Iterable[Point]) -> None:
    """Draw the lines; nothing where no figure has two points."""
    held = list(points)
    times = Counter(point.line for point in held)
    drawn = [point for point in held if times[point.line] > 1]
    if not drawn:
        return
    table = pd.DataFrame(
        {
            "ngay": pd.to_datetime([point.on for point in drawn]),
            "so": [point.value for point in drawn],
            "ten": [point.line for point in drawn],
            "nhan": [amount(point.value) for point in drawn],
        }
    )
    chart = (
        alt.Chart(table)
        .mark_line(point=True)
        .encode(
            x=alt.X("ngay:T", title=None, axis=_days(drawn)),
            y=alt.Y("so:Q", title=None, axis=alt.Axis(labelExpr="replace(datum.label, /,/g, '.')")),
            color=alt.Color(
                "ten:N",
                title=None,
                legend=alt.Legend(orient="top", direction="vertical", labelLimit=460),
            ),
            tooltip=[
                alt.Tooltip("ten:N", title=say("sources.figure_name")),
                alt.Tooltip("ngay:T", title=say("sources.figure_on"), format="%d/%m/%Y"),
                alt.Tooltip("nhan:N", title=say("sources.figure_value")),
            ],
        )
    )
    charts.draw(chart, height=_HEIGHT)


def _days(points: Iterable[Point]) -> alt.Axis:
    # Ticks at the days of the figures: Vega's own repeat a month for every week of it.
    days = sorted({point.on for point in points})
    return alt.Axis(
        values=[alt.DateTime(year=day.year, month=day.month, date=day.day) for day in days],
        format="%d/%m/%Y",
        labelOverlap="greedy",
        labelFlush=True,
    )
