"""The words of provisions, searched by the database: SQLite's FTS5 or PostgreSQL's full text.

One interface (``WordIndex``) over both. Neither is asked to fold a letter: SQLite lowers ASCII
only, and PostgreSQL goes by the locale of the server, so both are given folded words.
"""

from __future__ import annotations

from sqlalchemy import Connection

from review.store.search.postgresql import PostgreSQLWords
from review.store.search.sqlite import SQLiteWords
from review.store.search.words import Token, WordHit, WordIndex, WordQuery, Words, tokens_of

__all__ = ["Token", "WordHit", "WordIndex", "WordQuery", "Words", "index_of", "tokens_of"]

_INDEXES: dict[str, WordIndex] = {"sqlite": SQLiteWords(), "postgresql": PostgreSQLWords()}


def index_of(db: Connection) -> WordIndex:
    """Return the word index of the database behind ``db``."""
    return _INDEXES[db.dialect.name]
