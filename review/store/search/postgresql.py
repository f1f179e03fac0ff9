"""PostgreSQL: a table of text vectors with GIN indexes, beside the provisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from review.store import tables as t
from review.store.search.words import Token, WordHit, WordQuery, Words, pairs
from review.store.tables.base import Id

_BATCH: Final = 1000
_CONTEXT_WEIGHT: Final = 0.25  # of the words above a provision against its own
_SHORT_LIST: Final = 1000  # matches joined with their acts at first

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
        matches = _matches(wanted)
        found = db.execute(_joined(_scored(wanted, matches, _SHORT_LIST), where, limit)).all()
        listed = found[0].listed if found else _count(db, matches)
        if len(found) < limit and listed == _SHORT_LIST:
            # The conditions left out most of the best: join every match, which takes longer.
            found = db.execute(_joined(_scored(wanted, matches, None), where, limit)).all()
        return [WordHit(row.provision_id, float(row.score)) for row in found]


def _matches(wanted: WordQuery) -> list[ColumnElement[bool]]:
    """Return the conditions on the index alone: they cost no join."""
    conditions: list[ColumnElement[bool]] = [_holds(phrase) for phrase in wanted.phrases]
    if wanted.tokens and wanted.relaxed:
        conditions.append(or_(*(_holds(pair) for pair in pairs(wanted.tokens))))
    elif not wanted.above:
        conditions += [_holds((token,)) for token in wanted.tokens]
    elif wanted.tokens:
        conditions += [_anywhere(token) for token in wanted.tokens]
        conditions.append(or_(*(_holds((token,)) for token in wanted.tokens)))
    if wanted.any_of:
        conditions.append(or_(*(_holds(phrase) for phrase in wanted.any_of)))
    if wanted.spans:
        number = _WORDS.c.provision_id
        conditions.append(or_(*(number.between(first, last) for first, last in wanted.spans)))
    return conditions


def _scored(wanted: WordQuery, matches: Sequence[ColumnElement[bool]], count: int | None) -> CTE:
    """Return the best matches by the index alone (None: all of them).

    Only numbers are sorted: with the vectors beside them the sort would go to disk.
    """
    phrases = (*wanted.phrases, *wanted.any_of)
    asked = [*wanted.tokens, *(token for phrase in phrases for token in phrase)]
    either = func.to_tsquery(
        text("'simple'"), " | ".join(f"'{word}'" for word in {token.plain for token in asked})
    )
    score = func.ts_rank(_WORDS.c.plain, either) + _CONTEXT_WEIGHT * func.ts_rank(
        _WORDS.c.context, either
    )
    scored = select(_WORDS.c.provision_id, score.label("score")).where(*matches)
    if count is not None:
        scored = scored.order_by(score.desc(), _WORDS.c.provision_id).limit(count)
    return scored.cte("matches")


def _joined(
    matches: CTE, where: Sequence[ColumnElement[bool]], limit: int
) -> Select[tuple[int, float, int]]:
    # How many were listed comes with them: to count anew would take as long as to look.
    listed = select(func.count()).select_from(matches).scalar_subquery()
    return (
        select(matches.c.provision_id, matches.c.score, listed.label("listed"))
        .select_from(
            matches.join(t.provisions, t.provisions.c.id == matches.c.provision_id).join(
                t.acts, t.acts.c.version_id == t.provisions.c.version_id
            )
        )
        .where(*where)
        .order_by(matches.c.score.desc(), matches.c.provision_id)
        .limit(limit)
    )


def _count(db: Connection, matches: Sequence[ColumnElement[bool]]) -> int:
    """Return how many match, as far as the short list goes."""
    some = select(_WORDS.c.provision_id).where(*matches).limit(_SHORT_LIST).subquery()
    return db.scalar(select(func.count()).select_from(some)) or 0


def _query(words: Sequence[str]) -> ColumnElement[str]:
    # Words are letters and digits only (``syllables``), so nothing typed is an operator.
    return func.to_tsquery(text("'simple'"), " <-> ".join(f"'{word}'" for word in words))


def _holds(tokens: Sequence[Token]) -> ColumnElement[bool]:
    if any(token.exact for token in tokens):
        return _WORDS.c.exact.op("@@")(_query([token.word for token in tokens]))
    return _WORDS.c.plain.op("@@")(_query([token.plain for token in tokens]))


def _anywhere(token: Token) -> ColumnElement[bool]:
    return or_(_holds((token,)), _WORDS.c.context.op("@@")(_query([token.plain])))
