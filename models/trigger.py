"""Wording hits: where a passage uses the words of a requirement type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.catalogue import Catalogue
from models.requirement import Category


@dataclass(frozen=True, slots=True)
class Trigger:
    """One hit in a passage's text (half-open offsets)."""

    category: str
    start: int
    end: int
    suspect: bool = False  # spelt as by a slip of OCR or typing
    own: str = ""  # the permit's name, where only the heading can tell whose it is


class TriggerFinder:
    """All wording patterns of a catalogue, each guarded by its anchors."""

    def __init__(self, catalogue: Catalogue) -> None:
        # First literal -> what else it needs, and which categories it admits.
        self._anchors: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._categories: dict[str, Category] = {}
        for category in catalogue.categories.values():
            if category.wording:
                self._categories[category.id] = category
                for first, *rest in category.anchors:
                    self._anchors.setdefault(first, []).append((tuple(rest), category.id))
        self._yields = {c.id: frozenset(c.yields_to) for c in catalogue.categories.values()}

    def find(self, text: str) -> list[Trigger]:
        """Return the hits in folded ``text`` in text order, overlapping ones resolved."""
        found: list[Trigger] = []
        admitted = {
            category
            for first, uses in self._anchors.items()
            if first in text
            for rest, category in uses
            if all(literal in text for literal in rest)
        }
        for category in sorted(map(self._categories.__getitem__, admitted), key=_by_id):
            found.extend(_hits(category.id, category.wording, text, suspect=False))
            if category.suspect:
                found.extend(_hits(category.id, category.suspect, text, suspect=True))
        kept = [hit for hit in found if not self._yielded(hit, found)]
        return sorted(kept, key=lambda hit: (hit.start, hit.category, -hit.end))

    def _yielded(self, hit: Trigger, hits: Iterable[Trigger]) -> bool:
        winners = self._yields[hit.category]
        return any(
            (other.category in winners or other.category[0] in winners)
            and other.category != hit.category
            and other.start < hit.end
            and hit.start < other.end
            for other in hits
        ) or (
            hit.suspect
            and any(
                other.category == hit.category
                and not other.suspect
                and other.start < hit.end
                and hit.start < other.end
                for other in hits
            )
        )


def _by_id(category: Category) -> str:
    return category.id


def _hits(
    category: str, pattern: re.Pattern[str] | None, text: str, *, suspect: bool
) -> Iterable[Trigger]:
    if pattern is None:
        return
    for match in pattern.finditer(text):
        if match.end() > match.start():
            # A pattern may end on a blank where an optional word is missing.
            words = match.group().rstrip(" ,(")
            own = match.groupdict().get("own") or ""
            yield Trigger(category, match.start(), match.start() + len(words), suspect, own)
