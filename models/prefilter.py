"""One pass over everything: which provisions are worth a closer look.

A single union of the catalogue's anchors runs over the folded text of an act; provisions without
an anchor never reach a matcher, let alone spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.catalogue import Catalogue
from models.passage import ActText


class Prefilter:
    """The compiled union of all anchors."""

    def __init__(self, catalogue: Catalogue) -> None:
        anchors = {
            anchor[0].strip()
            for category in catalogue.categories.values()
            for anchor in category.anchors
        }
        # An anchor that contains another adds nothing to the union.
        kept = sorted(a for a in anchors if not any(b != a and b in a for b in anchors))
        self.union = re.compile(_branches(kept))

    def candidates(self, text: ActText) -> Iterator[int]:
        """Yield indexes of provisions with an anchor in their own words, in text order."""
        seen = set()
        position, folded, search = 0, text.folded, self.union.search
        while match := search(folded, position):
            index = text.provision_at(match.start())
            position = match.end()
            if index is None:
                continue
            if index not in seen:
                seen.add(index)
                yield index
            # Further anchors in the same provision change nothing.
            position = max(position, text.own_end(index))


def _branches(words: list[str]) -> str:
    """Return a pattern of ``words`` with common beginnings shared; blanks match any blanks.

    ``re`` tries the branches of a flat union one after the other at every place of the text.
    """
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], []).append(word[1:])
    if "" in by_first:
        return ""  # a word ends here; none goes on, since no anchor contains another
    parts = [
        (r"\s+" if first == " " else re.escape(first)) + _branches(rest)
        for first, rest in sorted(by_first.items())
    ]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
