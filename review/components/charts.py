"""How every chart looks, and what screen readers hear of it: its marks, in our own words."""

from __future__ import annotations

import altair as alt
import streamlit as st

_INK = "#1d2733"


def draw(chart: alt.Chart | alt.LayerChart, height: int) -> None:
    """Draw a chart over the whole width, ``height`` pixels high."""
    # Vega describes axes and legends in English sentences; every mark names its values anyway.
    words = {"labelColor": _INK, "titleColor": _INK, "titleFontWeight": "normal", "aria": False}
    drawn = chart.properties(height=height).configure_axis(**words).configure_legend(**words)
    st.altair_chart(drawn, width="stretch")
