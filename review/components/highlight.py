"""Marks over text of an act: every character is escaped first, marks are inserted by offset.

Text of an act is foreign input. Nothing of it reaches the page unescaped, whatever it contains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text to be marked; half-open offsets into that text.

    ``kind`` is a CSS class suffix of our own (never text of an act): quote, trigger, modality …
    """

    start: int
    end: int
    kind: str
    title: str = ""
    anchor: str = ""
    link: str = ""  # address of ours that the words lead to


def shifted(marks: Iterable[Mark], offset: int, length: int) -> list[Mark]:
    """Move marks given in source offsets into a text starting at ``offset``; cut at its ends."""
    moved = []
    for mark in marks:
        start, end = max(mark.start - offset, 0), min(mark.end - offset, length)
        if start < end:
            moved.append(replace(mark, start=start, end=end))
    return moved


def highlight(text: str, marks: Sequence[Mark]) -> str:
    """Return ``text`` as safe HTML with its marks.

    Overlapping marks share their common stretch: it carries the classes of both, so the element
    structure stays flat and well formed. Marks outside the text are cut to it.
    """
    usable = shifted(marks, 0, len(text))
    edges = sorted({0, len(text), *(m.start for m in usable), *(m.end for m in usable)})
    pieces = []
    anchored: set[str] = set()
    for start, end in pairwise(edges):
        covering = [m for m in usable if m.start <= start and end <= m.end]
        words = escape(text[start:end])
        pieces.append(_element(words, covering, anchored) if covering else words)
    return "".join(pieces)


def _element(words: str, covering: Sequence[Mark], anchored: set[str]) -> str:
    classes = " ".join(sorted({f"rs-mark-{mark.kind}" for mark in covering}))
    titles = " · ".join(dict.fromkeys(mark.title for mark in covering if mark.title))
    title = f' title="{escape(titles)}"' if titles else ""
    # An anchor stands only on the first piece of its mark: ids are unique on a page.
    anchor = next((m.anchor for m in covering if m.anchor and m.anchor not in anchored), "")
    anchored.add(anchor)
    ident = f' id="{escape(anchor)}"' if anchor else ""
    link = next((m.link for m in covering if m.link), "")
    if link:
        words = f'<a href="{escape(link)}" target="_self">{words}</a>'
    return f'<mark class="rs-mark {classes}"{ident}{title}>{words}</mark>'
