"""Severity as label, colour and shape together, so that none of them stands alone."""

from __future__ import annotations

from html import escape

from review.components.wording import say

# Shape per level: told apart without colour, and in a black-and-white print.
SHAPES = {4: "◆", 3: "▲", 2: "■", 1: "●", 0: "○"}
_BADGES = {4: "red", 3: "orange", 2: "yellow", 1: "blue", 0: "gray"}


def name(severity: int) -> str:
    """Return the name of a severity level, «M4 · Trái trực tiếp»."""
    return f"M{severity} · {say(f'severity.m{severity}')}"


def badge(severity: int, *, suggested: bool = False) -> str:
    """Return a severity as HTML; ``suggested`` puts «Gợi ý» before it."""
    words = say("severity.suggested", name=name(severity)) if suggested else name(severity)
    return f'<span class="rs-sev rs-sev-{severity}">{SHAPES[severity]} {escape(words)}</span>'


def short(severity: int) -> str:
    """Return a severity as HTML without its name, «◆ M4», for rows of a list."""
    return f'<span class="rs-sev rs-sev-{severity}">{SHAPES[severity]} M{severity}</span>'


def label(severity: int) -> str:
    """Return a severity for a Markdown label of a button: a coloured badge with its shape."""
    return f":{_BADGES[severity]}-badge[{SHAPES[severity]} M{severity}]"


def readiness(level: int) -> str:
    """Return the data readiness as words, «D2 · Kết nối một phần»."""
    return f"D{level} · {say(f'readiness.d{level}')}"
