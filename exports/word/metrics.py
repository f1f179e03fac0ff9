"""How long a line of Times New Roman is, so that rules can be drawn as long as they must be."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import yaml

_HORN = "\u031b"


@cache
def _widths(bold: bool) -> dict[str, int]:
    data = yaml.safe_load(Path(__file__).with_name("metrics.yaml").read_text(encoding="utf-8"))
    groups = data["dam" if bold else "thuong"]
    return {letter: width for width, letters in groups.items() for letter in letters}


def _stem(letter: str) -> str:
    """Return the letter whose width ``letter`` has: without marks, but with the horn of ơ and ư."""
    base, *marks = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", base + _HORN) if _HORN in marks else base


def width(text: str, size: float, *, bold: bool) -> float:
    """Return the length of ``text`` in points at ``size`` points; unknown signs count as «n»."""
    widths = _widths(bold)
    return sum(widths.get(_stem(letter), widths["n"]) for letter in text) * size / 1000


def wrap(text: str, size: float, room: float, *, bold: bool) -> list[str]:
    """Break ``text`` at blanks into lines of at most ``room`` points, as even as they can be."""
    words = text.split()
    total = width(text, size, bold=bold)
    lines_needed = max(1, -(-int(total) // int(room)))
    target = min(room, total / lines_needed * 1.12)
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= target:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
