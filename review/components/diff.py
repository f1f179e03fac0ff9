"""Word diff of two texts as safe HTML: deletions struck out, insertions underlined."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape

_TOKEN = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")  # a word or sign with the blanks after it
_WORD = re.compile(r"\w")

# Fewer equal words than this between two changes are shown as changed with them: a lawyer reads
# one phrase against another, not a mosaic of chance agreements.
_ISLAND = 3


def word_diff(old: str, new: str) -> str:
    """Return the differences word by word; nothing of either text reaches the page unescaped."""
    pieces = []
    for same, gone, come in changes(old, new):
        pieces.append(escape(same))
        pieces.append(f"<del>{escape(gone)}</del>" if gone else "")
        pieces.append(f"<ins>{escape(come)}</ins>" if come else "")
    return f'<div class="rs-diff">{"".join(pieces)}</div>'


def changes(old: str, new: str) -> list[tuple[str, str, str]]:
    """Return (equal words, deleted words, inserted words) in order of the text.

    The equal and deleted words together are ``old``, the equal and inserted ones are ``new``
    (blanks at the end of an equal word may be those of either text).
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    bare = [[token.strip() for token in tokens] for tokens in (before, after)]
    steps = SequenceMatcher(None, *bare, autojunk=False).get_opcodes()
    found: list[list[str]] = []
    for index, (tag, low, high, start, end) in enumerate(steps):
        gone, come = "".join(before[low:high]), "".join(after[start:end])
        inside = 0 < index < len(steps) - 1
        island = inside and sum(map(bool, map(_WORD.search, before[low:high]))) < _ISLAND
        if tag == "equal" and not island:
            found.append([gone, "", ""])
        elif found:
            found[-1][1] += gone
            found[-1][2] += come
        else:
            found.append(["", gone, come])
    return [(same, gone, come) for same, gone, come in found]
