"""How high a row of a table is: which rows stay on one page, and which may break over two."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

MARGIN = 70  # twips left and right of the words in a cell
WHOLE_LINES = 12  # a longer row may break: kept whole, it leaves half a page empty
_SIGN_WIDTH = 9.0  # twips of a sign for each point of its size, on average, in Times New Roman


def lines(paragraphs: Iterable[str], width: float, size: float) -> int:
    """Estimate the lines of a cell of ``width`` twips whose words are ``size`` points high."""
    room = max(1.0, (width - 2 * MARGIN) / (_SIGN_WIDTH * size))
    return sum(max(1, ceil(len(part) / room)) for part in paragraphs)
