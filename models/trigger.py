"""Wording hits: where a passage uses the words of a requirement type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from models.catalogue import Catalogue
from models.passage import LABEL
from models.prefilter import Prefilter
from models.scanner import Wordings


class Trigger(NamedTuple):
    """One hit in a passage's text (half-open offsets)."""

    category: str
    start: int
    end: int
    suspect: bool = False  # spelt as by a slip of OCR or typing
    own: str = ""  # the permit's name, where only the heading can tell whose it is


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the finder knows of one category."""

    id: str
    wording: Wordings
    suspect: Wordings | None
    yields_to: frozenset[str]


class TriggerFinder:
    """All wording patterns of a catalogue, each guarded by its anchors."""

    def __init__(self, catalogue: Catalogue, prefilter: Prefilter) -> None:
        self._prefilter = prefilter
        self._rules = {
            category.id: _Rules(
                category.id,
                Wordings(category.wording),
                Wordings(category.suspect) if category.suspect else None,
                frozenset(category.yields_to),
            )
            for category in catalogue.categories.values()
            if category.wording
        }

    def find(self, text: str, categories: Iterable[str] | None = None) -> list[Trigger]:
        """Return the hits in folded ``text`` in text order, overlapping ones resolved.

        ``categories`` is what the prefilter says of ``text``; it is asked where nothing is given.
        """
        if categories is None:
            categories = self._prefilter.categories_in(text)
        found: list[Trigger] = []
        for category in categories:
            rules = self._rules.get(category)
            if rules is None:
                continue
            _collect(found, category, rules.wording, text, suspect=False)
            if rules.suspect:
                _collect(found, category, rules.suspect, text, suspect=True)
        if len(found) < 2:
            return found
        kept = [hit for hit in found if not self._yielded(hit, found)]
        return sorted(kept, key=lambda hit: (hit.start, hit.category, -hit.end))

    def _yielded(self, hit: Trigger, hits: Iterable[Trigger]) -> bool:
        winners = self._rules[hit.category].yields_to
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


# A permit that only the heading can make the issuer's own must open an item or be asked for.
_ASKED = (
    "nộp", "nộp lại", "kèm", "kèm theo", "xuất trình", "gồm", "và", ";",
    "bản sao", "bản chính", "bản gốc",
)  # fmt: skip
_NEAR = 24  # characters before the permit in which the words that ask may stand


def _is_asked(text: str, start: int) -> bool:
    if text[max(0, start - _NEAR) : start].rstrip(": ").endswith(_ASKED):
        return True
    label = LABEL.match(text)
    return not text[label.end() if label else 0 : start].strip()


def _collect(
    found: list[Trigger], category: str, wordings: Wordings, text: str, *, suspect: bool
) -> None:
    """Add the hits of ``wordings`` to ``found``."""
    for start, end, own in wordings.find(text):
        if end > start and not (own and not _is_asked(text, start)):
            # A pattern may end on a blank where an optional word is missing.
            words = text[start:end].rstrip(" ,(")
            found.append(Trigger(category, start, start + len(words), suspect, own))
