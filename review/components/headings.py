"""Headings of pages and sections; plain HTML, because they need no anchor links."""

from __future__ import annotations

from html import escape

import streamlit as st


def title(text: str) -> None:
    """The heading of a page."""
    st.html(f'<h2 class="rs-title">{escape(text)}</h2>')


def section(text: str) -> None:
    """The heading of a section."""
    st.html(f'<h3 class="rs-section">{escape(text)}</h3>')
