"""A bell for a part of the page: it asks for its part again, once, when the page stands.

What takes longer than the page does not hold it up: its part is drawn without it first, rings, and
is drawn once more. Only a fragment may ring; nothing else of the page is drawn again.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import streamlit as st

_NAME: Final = "rasoat_chuong"
_PAINTED: Final = 0.06  # seconds in which a browser paints what came
_RUNG: Final = "rung"  # the trigger that the script sets
_ring = st.components.v2.component(
    _NAME, js=Path(__file__).with_name("later.js").read_text(encoding="utf-8")
)


def rung(key: str) -> bool:
    """Whether this drawing is the one that the bell ``key`` asked for."""
    state = st.session_state.get(key)
    return bool(state and state.get(_RUNG))


def ring(key: str, seconds: float = _PAINTED) -> None:
    """Ask for this part again ``seconds`` after it was drawn."""
    _ring(key=key, data={"turn": time.monotonic(), "wait": seconds}, on_rung_change=_note)


def _note() -> None:
    """Streamlit keeps a trigger only for those who listen; ``rung`` reads it from there."""
