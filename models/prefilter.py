"""One pass over everything: which provisions are worth a closer look, and for which categories.

A single automaton (Aho-Corasick) of the catalogue's anchors runs over the folded text of an act;
provisions without an anchor never reach a matcher, let alone spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation

from models.catalogue import Catalogue
from models.passage import ActText

# Passages have single blanks, so a literal may stand across a run of them: the automaton finds
# these too, since looking for them apart costs half as much again.
_RUN = "  "


class Prefilter:
    """All anchors of a catalogue.

    Of an anchor «a + b» the automaton looks for the first word, which is the rarer one; the others
    are only asked for where it stands.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        anchors = [
            (anchor, row.id) for row in catalogue.categories.values() for anchor in row.anchors
        ]
        self.literals = sorted({_RUN, *(anchor[0] for anchor, _ in anchors)})
        self._automaton = AhoCorasick(self.literals, implementation=Implementation.DFA)
        # Per literal: the categories it admits by itself, and what else admits which.
        index = {literal: at for at, literal in enumerate(self.literals)}
        self._run = index[_RUN]
        self._alone: list[list[str]] = [[] for _ in index]
        self._together: list[list[tuple[tuple[str, ...], str]]] = [[] for _ in index]
        for (first, *rest), category in anchors:
            if rest:
                self._together[index[first]].append((tuple(rest), category))
            else:
                self._alone[index[first]].append(category)

    def categories_in(self, text: str) -> list[str]:
        """Return the categories that folded ``text`` with single blanks may hold, sorted."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return self._admitted({hit[0] for hit in hits}, text)

    def _admitted(self, present: Iterable[int], text: str) -> list[str]:
        admitted: set[str] = set()
        for literal in present:
            admitted.update(self._alone[literal])
            for rest, category in self._together[literal]:
                if category in admitted:
                    continue
                for word in rest:
                    if word not in text:
                        break
                else:
                    admitted.add(category)
        return sorted(admitted)

    def candidates(self, text: ActText) -> Iterator[tuple[int, list[str]]]:
        """Yield provisions with an anchor in their own words, in order of their index.

        With each comes what ``categories_in`` says of its passage.
        """
        flat = text.flat
        found: dict[int, tuple[int, int, set[int]]] = {}
        first = last = 0  # own words of the provision the last hit was in
        present: set[int] = set()
        for literal, start, end in self._automaton.find_matches_as_indexes(flat, overlapping=True):
            if not first <= start < last:
                words = text.own_words_at(start)
                if words is None:
                    continue
                index, first, last = words
                present = found.setdefault(index, (first, last, set()))[2]
            if end <= last or literal == self._run:
                present.add(literal)
        for index in sorted(found):
            first, last, present = found[index]
            if self._run in present:
                categories = self.categories_in(text.folded_own(index))
            else:
                categories = self._admitted(present, flat[first:last])
            if categories:
                yield index, categories
