"""Look of all pages: the style sheet and the page head."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from review.components.wording import say

_STYLE = Path(__file__).with_name("style.css")

# Scales drawn with a few lines: the page needs no picture file and asks nobody for one.
EMBLEM = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">'
    '<g stroke="#1f4e79" stroke-width="2" fill="none"><path d="M16 4v23M7 27h18M5 9h22"/>'
    '<path d="M5 9l-4 9h8zM27 9l-4 9h8z" fill="#b08d3c" stroke="#b08d3c"/></g></svg>'
)

_LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 190 32" width="190" height="32">
{emblem}<text x="42" y="22" font-family="Segoe UI, Noto Sans, Liberation Sans, Arial, sans-serif"
 font-size="17" font-weight="700" fill="#1f4e79">{name}</text></svg>"""


def apply() -> None:
    """Set the page head and load the style sheet; once at the top of every run."""
    st.set_page_config(page_title=say("app.name"), layout="wide")
    st.logo(_LOGO.format(emblem=EMBLEM, name=say("app.name")), size="large")
    st.html(_STYLE)
