"""What an act says about itself: number, type, title, issuer, date, date of effect."""

from __future__ import annotations

from corpus.outline import Line
from corpus.records import Head, RawDocument


def read_head(raw: RawDocument, text: str, lines: list[Line], begin: int) -> Head:
    """Return the head that the format gave, else an empty one."""
    return raw.head or Head()
