"""Words that a pattern cannot match without, read from its parse tree.

Looking for a word costs a fraction of trying a pattern, so a pattern is only tried on texts that
hold its words. What is derived here is necessary, never sufficient: leaving out a pattern whose
words are absent changes no result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby, product
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# All clauses must hold; a clause holds where one of its words stands in the text.
Clause = tuple[str, ...]
Need = tuple[Clause, ...]

_MOST_WORDS = 24  # in one clause; more are dearer than the pattern
_SHORTEST = 2
_MOST_CLAUSES = 3
_FEW = 6  # words of a clause
_MOST_LETTERS = 64
_MOST_OPENINGS = 96
_DIGIT = r"\d"  # stands for all digits among the letters of a set

_Exact = frozenset[str]

_WITHOUT_ROOM = (ops.AT, ops.ASSERT, ops.ASSERT_NOT)
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)


def need_of(pattern: str) -> Need:
    """Return what every text matched by ``pattern`` holds, the most telling clauses first."""
    clauses = _Reader().read(parser.parse(pattern))
    unique = sorted(set(clauses), key=_worth)
    return tuple(unique[:_MOST_CLAUSES])


def holds(need: Need, text: str) -> bool:
    """Whether ``text`` has all that ``need`` asks for."""
    for clause in need:
        for word in clause:
            if word in text:
                break
        else:
            return False
    return True


def _worth(clause: Clause) -> tuple[int, int, int, Clause]:
    """Few words first: each costs a look; then long ones, which are rare, then by the alphabet."""
    return len(clause) // _FEW, -min(map(len, clause)), len(clause), clause


class _Reader:
    """Walks one sequence of the tree, joining what must stand side by side."""

    def __init__(self) -> None:
        self._side_by_side: _Exact = frozenset({""})
        self._clauses: list[Clause] = []

    def read(self, tokens: Iterable[tuple[Any, Any]]) -> list[Clause]:
        for operator, argument in tokens:
            self._token(operator, argument)
        self._cut()
        return self._clauses

    def _token(self, operator: Any, argument: Any) -> None:
        if operator in _WITHOUT_ROOM:
            # What stands on both sides stays side by side; what is looked for stands there too.
            if operator is ops.ASSERT:
                self._clauses += _Reader().read(argument[1])
            return
        exact = _exact(operator, argument)
        if exact is not None:
            joined = frozenset(a + b for a, b in product(self._side_by_side, exact))
            if len(joined) <= _MOST_WORDS:
                self._side_by_side = joined
                return
            self._cut()
            self._side_by_side = exact
            return
        self._cut()
        self._clauses += _inside(operator, argument)

    def _cut(self) -> None:
        words = self._side_by_side
        self._side_by_side = frozenset({""})
        if min(map(len, words)) >= _SHORTEST:
            # A word that holds another of the clause adds nothing.
            kept = (w for w in words if not any(o != w and o in w for o in words))
            self._clauses.append(tuple(sorted(kept)))


def _inside(operator: Any, argument: Any) -> list[Clause]:
    """Clauses of a part that has no short list of exact words."""
    if operator is ops.SUBPATTERN and not argument[1]:
        return _Reader().read(argument[3])
    if operator is ops.ATOMIC_GROUP:
        return _Reader().read(argument)
    if operator in _REPEATS and argument[0] > 0:
        return _Reader().read(argument[2])
    if operator is ops.BRANCH:
        best = []
        for branch in argument[1]:
            clauses = sorted(_Reader().read(branch), key=_worth)
            if not clauses:
                return []
            best += clauses[0]
        return [tuple(sorted(set(best)))] if len(best) <= _MOST_WORDS else []
    return []


def _exact(operator: Any, argument: Any) -> _Exact | None:
    """All words a part can stand for, where these are few; None where they are not."""
    if operator is ops.LITERAL:
        return frozenset({chr(argument)})
    if operator is ops.IN:
        letters = {chr(value) for kind, value in argument if kind is ops.LITERAL}
        return frozenset(letters) if len(letters) == len(argument) else None
    if operator is ops.SUBPATTERN and not argument[1]:
        return _exact_sequence(argument[3])
    if operator is ops.BRANCH:
        found: set[str] = set()
        for branch in argument[1]:
            words = _exact_sequence(branch)
            if words is None or len(found | words) > _MOST_WORDS:
                return None
            found |= words
        return frozenset(found)
    if operator in _REPEATS and argument[:2] == (0, 1):
        words = _exact_sequence(argument[2])
        return None if words is None or len(words) >= _MOST_WORDS else words | {""}
    return None


def _exact_sequence(tokens: Iterable[tuple[Any, Any]]) -> _Exact | None:
    words: _Exact = frozenset({""})
    for operator, argument in tokens:
        if operator in _WITHOUT_ROOM:
            continue
        more = _exact(operator, argument)
        if more is None or len(words) * len(more) > _MOST_WORDS:
            return None
        words = frozenset(a + b for a, b in product(words, more))
    return words


def openings(pattern: str) -> tuple[str, ...]:
    """Return words of which every match begins with one; none where they cannot be told."""
    words = _opening_words(parser.parse(pattern))
    if not words or min(map(len, words)) < _SHORTEST:
        return ()
    return shortest(words)


def shortest(words: Iterable[str]) -> tuple[str, ...]:
    """Return ``words``, sorted, without those that begin with another: they are found with it."""
    kept: list[str] = []
    for word in sorted(set(words)):
        if not kept or not word.startswith(kept[-1]):
            kept.append(word)
    return tuple(kept)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words``, none of which begins another; shared letters once.

    ``re`` tries one alternative after the other, so it is quicker where few begin alike.
    """
    groups = groupby(sorted(words), key=lambda word: word[:1])
    return "|".join(_shared(list(group)) for _, group in groups)


def _shared(words: list[str]) -> str:
    first, last = words[0], words[-1]  # sorted: what these two share, all share
    letters = enumerate(zip(first, last, strict=False))
    alike = next((at for at, (one, other) in letters if one != other), len(first))
    rest = [word[alike:] for word in words]
    return re.escape(first[:alike]) + (f"(?:{any_of(rest)})" if len(words) > 1 else "")


def _opening_words(tokens: Iterable[tuple[Any, Any]]) -> _Exact:
    """Words a sequence begins with; {""} where nothing is known."""
    words: _Exact = frozenset({""})
    for operator, argument in tokens:
        if operator in _WITHOUT_ROOM:
            continue
        exact = _exact(operator, argument)
        more = _inside_opening(operator, argument) if exact is None else exact
        if len(words) * len(more) > _MOST_OPENINGS:
            break
        words = frozenset(a + b for a, b in product(words, more))
        if exact is None:
            break
    return words


def _inside_opening(operator: Any, argument: Any) -> _Exact:
    if operator is ops.SUBPATTERN and not argument[1]:
        return _opening_words(argument[3])
    if operator in _REPEATS and argument[0] > 0:
        return _opening_words(argument[2])
    if operator is ops.BRANCH:
        return frozenset().union(*map(_opening_words, argument[1]))
    return frozenset({""})


def guard(pattern: str) -> str:
    """Return a lookahead for the letters a match may begin with; "" where they are too many.

    It turns most places away before ``re`` tries one alternative after the other.
    """
    letters = _beginnings(parser.parse(pattern))
    if letters is None or "" in letters:
        return ""
    members = (letter if letter == _DIGIT else re.escape(letter) for letter in sorted(letters))
    return f"(?=[{''.join(members)}])"


def _beginnings(tokens: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """First letters of what a sequence matches; "" among them where it may match nothing."""
    found: set[str] = set()
    for operator, argument in tokens:
        if operator in _WITHOUT_ROOM:
            continue
        letters = _first_letters(operator, argument)
        if letters is None:
            return None
        found |= letters - {""}
        if "" not in letters:
            return found
    return found | {""}


def _first_letters(operator: Any, argument: Any) -> set[str] | None:
    if operator is ops.LITERAL:
        return {chr(argument)}
    if operator is ops.SUBPATTERN:
        return None if argument[1] else _beginnings(argument[3])
    if operator in _REPEATS:
        letters = _beginnings(argument[2])
        return letters | {""} if letters is not None and not argument[0] else letters
    if operator is ops.IN:
        return _members(argument)
    if operator is not ops.BRANCH:
        return None
    found: set[str] = set()
    for branch in argument[1]:
        letters = _beginnings(branch)
        if letters is None:
            return None
        found |= letters
    return found


def _members(items: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """The letters of a set; None for one that is negated or large."""
    found: set[str] = set()
    for kind, value in items:
        if kind is ops.LITERAL:
            found.add(chr(value))
        elif kind is ops.RANGE and value[1] - value[0] < _MOST_LETTERS:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif kind is ops.CATEGORY and value is ops.CATEGORY_DIGIT:
            found.add(_DIGIT)
        else:
            return None
    return found
