"""Look of all pages: the style sheet and the page head."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from review.components.wording import say

_STYLE = Path(__file__).with_name("style.css")
EMBLEM = Path(__file__).with_name("emblem.svg").read_text(encoding="utf-8").strip()

_LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 190 32" width="190" height="32">
{emblem}<text x="42" y="22" font-family="Segoe UI, Noto Sans, Liberation Sans, Arial, sans-serif"
 font-size="17" font-weight="700" fill="#1f4e79">{name}</text></svg>"""


def apply() -> None:
    """Set the page head and load the style sheet; once at the top of every run."""
    st.set_page_config(page_title=say("app.name"), layout="wide")
    st.logo(_LOGO.format(emblem=EMBLEM, name=say("app.name")), size="large")
    st.html(_STYLE)
