"""Long work is done once for what it was asked with, not at every drawing of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

Made = TypeVar("Made")


def once(key: str, asked: object, make: Callable[[], Made]) -> Made:
    """Return what ``make`` gave for ``asked``; made anew when ``asked`` is another."""
    held = st.session_state.get(key)
    if held is None or held[0] != asked:
        held = (asked, make())
        st.session_state[key] = held
    return held[1]
