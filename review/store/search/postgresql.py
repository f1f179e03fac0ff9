"""PostgreSQL: a table of text vectors with GIN indexes, beside the provisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from sqlalchemy import Column, ColumnElement, Connection, Table, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import TSVECTOR

from review.store import tables as t
from review.store.search.words import Token, WordHit, WordQuery, Words, pairs
from review.store.tables.base import Id

_BATCH: Final = 1000
_CONTEXT_WEIGHT: Final = 0.25  # of the words above a provision against its own

# Not in the metadata that SQLite shares: there the same name is an FTS5 table.
_WORDS: Final = Table(
    "provision_words",
    t.metadata.__class__(),
    Column("provision_id", Id, primary_key=True),
    Column("exact", TSVECTOR),
    Column("plain", TSVECTOR),
    Column("context", TSVECTOR),
)


class PostgreSQLWords:
    """The index of a PostgreSQL store."""

    def create(self, db: Connection) -> None:
        db.execute(
            text(
                "CREATE TABLE provision_words ("
                "provision_id bigint PRIMARY KEY REFERENCES provisions (id) ON DELETE CASCADE, "
                "exact tsvector NOT NULL, plain tsvector NOT NULL, context tsvector NOT NULL)"
            )
        )
        for name in ("exact", "plain", "context"):
            db.execute(
                text(
                    f"CREATE INDEX ix_provision_words_{name} ON provision_words USING gin ({name})"
                )
            )

    def add(self, db: Connection, rows: Iterable[Words]) -> None:
        # "simple" changes nothing: the words come folded.
        statement = text(
            "INSERT INTO provision_words VALUES (:id, to_tsvector('simple', :exact), "
            "to_tsvector('simple', :plain), to_tsvector('simple', :context))"
        )
        waiting = iter(rows)
        while batch := list(islice(waiting, _BATCH)):
            db.execute(
                statement,
                [
                    {
                        "id": row.provision_id,
                        "exact": row.exact,
                        "plain": row.plain,
                        "context": row.context,
                    }
                    for row in batch
                ],
            )

    def search(
        self, db: Connection, wanted: WordQuery, where: Sequence[ColumnElement[bool]], limit: int
    ) -> list[WordHit]:
        conditions: list[ColumnElement[bool]] = [_holds(phrase) for phrase in wanted.phrases]
        if wanted.tokens and wanted.relaxed:
            conditions.append(_any([_holds(pair) for pair in pairs(wanted.tokens)]))
        elif not wanted.above:
            conditions += [_holds((token,)) for token in wanted.tokens]
        elif wanted.tokens:
            conditions += [_anywhere(token) for token in wanted.tokens]
            conditions.append(_any([_holds((token,)) for token in wanted.tokens]))
        if wanted.any_of:
            conditions.append(_any([_holds(phrase) for phrase in wanted.any_of]))
        phrases = (*wanted.phrases, *wanted.any_of)
        asked = [*wanted.tokens, *(token for phrase in phrases for token in phrase)]
        either = func.to_tsquery(
            text("'simple'"), " | ".join(f"'{word}'" for word in {token.plain for token in asked})
        )
        score = func.ts_rank(_WORDS.c.plain, either) + _CONTEXT_WEIGHT * func.ts_rank(
            _WORDS.c.context, either
        )
        statement = (
            select(_WORDS.c.provision_id, score.label("score"))
            .select_from(
                _WORDS.join(t.provisions, t.provisions.c.id == _WORDS.c.provision_id).join(
                    t.acts, t.acts.c.version_id == t.provisions.c.version_id
                )
            )
            .where(*conditions, *where)
            .order_by(score.desc(), _WORDS.c.provision_id)
            .limit(bindparam("count"))
        )
        return [WordHit(*row) for row in db.execute(statement, {"count": limit})]


def _query(words: Sequence[str]) -> ColumnElement[str]:
    # Words are letters and digits only (``syllables``), so nothing typed is an operator.
    return func.to_tsquery(text("'simple'"), " <-> ".join(f"'{word}'" for word in words))


def _holds(tokens: Sequence[Token]) -> ColumnElement[bool]:
    if any(token.exact for token in tokens):
        return _WORDS.c.exact.op("@@")(_query([token.word for token in tokens]))
    return _WORDS.c.plain.op("@@")(_query([token.plain for token in tokens]))


def _anywhere(token: Token) -> ColumnElement[bool]:
    return _any([_holds((token,)), _WORDS.c.context.op("@@")(_query([token.plain]))])


def _any(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    first, *others = conditions
    for other in others:
        first = first | other
    return first
