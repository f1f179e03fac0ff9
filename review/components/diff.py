"""Word diff of two texts as safe HTML: deletions struck out, insertions underlined."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def word_diff(old: str, new: str) -> str:
    """Return the differences word by word; nothing of either text reaches the page unescaped."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    pieces = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone = escape("".join(before[old_from:old_to]))
        come = escape("".join(after[new_from:new_to]))
        if tag == "equal":
            pieces.append(gone)
            continue
        pieces.append(f"<del>{gone}</del>" if gone else "")
        pieces.append(f"<ins>{come}</ins>" if come else "")
    return f'<div class="rs-diff">{"".join(pieces)}</div>'
