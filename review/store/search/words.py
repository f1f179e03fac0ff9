"""What is put into a word index and what is asked of it, the same for both databases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from sqlalchemy import ColumnElement, Connection

from corpus.text import clean, fold, unaccent

SYLLABLE: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 20_000  # syllables of one provision that are indexed: beyond are tables


@dataclass(frozen=True, slots=True)
class Words:
    """A provision as its words: with diacritics, without, and those it stands under.

    Each is a run of folded syllables with single blanks, so every database cuts it alike.
    """

    provision_id: int
    exact: str
    plain: str
    context: str

    @classmethod
    def of(cls, provision_id: int, text: str, stem: str) -> Words:
        """Fold a provision's own text and the words it stands under."""
        exact = " ".join(syllables(text)[:_LONGEST])
        return cls(provision_id, exact, unaccent(exact), unaccent(" ".join(syllables(stem))))


@dataclass(frozen=True, slots=True)
class Token:
    """One syllable that was typed; with a diacritic it means only itself."""

    word: str  # folded
    exact: bool

    @property
    def plain(self) -> str:
        return unaccent(self.word)

    def bare(self) -> Token:
        """The same without its marks."""
        return Token(self.plain, False)


@dataclass(frozen=True, slots=True)
class WordQuery:
    """All of ``tokens`` here, and every one of ``phrases`` here.

    ``above`` lets tokens stand in the words above too, at least one still here; ``relaxed`` asks
    for any two neighbouring tokens instead of all of them; ``any_of`` for at
    least one of these phrases, the more the better. ``spans`` are the first and last ids that
    come into question (of the acts that were named), none for all.
    """

    tokens: tuple[Token, ...] = ()
    phrases: tuple[tuple[Token, ...], ...] = ()
    above: bool = False
    relaxed: bool = False
    any_of: tuple[tuple[Token, ...], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tokens or self.phrases or self.any_of)

    @classmethod
    def alike(cls, pieces: Iterable[Sequence[str]]) -> WordQuery:
        """Ask for provisions that share these folded pieces (``Encoder.telling``)."""
        return cls(any_of=tuple(tuple(Token(word, True) for word in piece) for piece in pieces))


@dataclass(frozen=True, slots=True)
class WordHit:
    """A provision that was found; a higher score is a better one."""

    provision_id: int
    score: float


class WordIndex(Protocol):
    """The index of one database; every call runs in the caller's transaction."""

    def create(self, db: Connection) -> None:
        """Make the empty index."""
        ...

    def add(self, db: Connection, rows: Iterable[Words]) -> None:
        """Put provisions in; they never change, and what is replaced is left out by the joins."""
        ...

    def search(
        self, db: Connection, wanted: WordQuery, where: Sequence[ColumnElement[bool]], limit: int
    ) -> list[WordHit]:
        """Return the best ``limit`` provisions, best first.

        ``where`` are conditions on acts and provisions (current text, agency, filters …).
        """
        ...


def syllables(text: str) -> list[str]:
    """Return the folded syllables and numbers of a text."""
    return SYLLABLE.findall(fold(clean(text).text))


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return what was typed as tokens; one with a diacritic is looked for as it stands."""
    return tuple(Token(word, unaccent(word) != word) for word in syllables(text))


def pairs(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """Return the neighbouring pairs of tokens; of a single one itself."""
    if len(tokens) < 2:
        return [tuple(tokens)]
    return [tuple(tokens[at : at + 2]) for at in range(len(tokens) - 1)]
