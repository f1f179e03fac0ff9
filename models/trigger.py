"""Wording hits: where a passage uses the words of a requirement type."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from models.catalogue import Catalogue
from models.literal import Need, guard, holds, need_of
from models.prefilter import Prefilter, key_of
from models.wording import join, split


@dataclass(frozen=True, slots=True)
class Trigger:
    """One hit in a passage's text (half-open offsets)."""

    category: str
    start: int
    end: int
    suspect: bool = False  # spelt as by a slip of OCR or typing
    own: str = ""  # the permit's name, where only the heading can tell whose it is


class Wordings:
    """Alternative wordings, of which only those are tried that a text has the words for."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._parts = split(pattern)
        self._needs: list[Need] = [need_of(part) for part in self._parts]
        self._joined: dict[tuple[int, ...], re.Pattern[str]] = {}

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield what ``finditer`` of the whole pattern would: the rest cannot match."""
        wanted = tuple([at for at, need in enumerate(self._needs) if holds(need, text)])
        if not wanted:
            return iter(())
        pattern = self._joined.get(wanted)
        if pattern is None:
            parts = [self._parts[at] for at in wanted]
            pattern = self._joined[wanted] = join(parts, guard("|".join(parts)))
        return pattern.finditer(text)


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
        # Per literal of the prefilter: what else must stand there, and whom that admits.
        index = {literal: at for at, literal in enumerate(prefilter.literals)}
        self._admits: list[list[tuple[tuple[str, ...], _Rules]]] = [[] for _ in index]
        for rules in self._rules.values():
            for anchor in catalogue.categories[rules.id].anchors:
                key = key_of(anchor)
                rest = tuple(word for word in anchor if word != key)
                self._admits[index[key]].append((rest, rules))

    def find(self, text: str, literals: Collection[int] | None = None) -> list[Trigger]:
        """Return the hits in folded ``text`` in text order, overlapping ones resolved.

        ``literals`` is what the prefilter found in ``text``; it is asked where nothing is given.
        """
        if literals is None:
            literals = self._prefilter.literals_in(text)
        admitted: dict[str, _Rules] = {}
        for literal in literals:
            for rest, rules in self._admits[literal]:
                if rules.id not in admitted and all(word in text for word in rest):
                    admitted[rules.id] = rules
        found: list[Trigger] = []
        for _, rules in sorted(admitted.items()):
            found.extend(_hits(rules.id, rules.wording, text, suspect=False))
            if rules.suspect:
                found.extend(_hits(rules.id, rules.suspect, text, suspect=True))
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


def _hits(category: str, wordings: Wordings, text: str, *, suspect: bool) -> Iterator[Trigger]:
    for match in wordings.finditer(text):
        if match.end() > match.start():
            # A pattern may end on a blank where an optional word is missing.
            words = match.group().rstrip(" ,(")
            own = match.groupdict().get("own") or ""
            yield Trigger(category, match.start(), match.start() + len(words), suspect, own)
