"""SQLite: one contentless FTS5 table, filled in the transaction that stores the provisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    bindparam,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
)

from review.store import tables as t
from review.store.search.words import Token, WordHit, WordQuery, Words, pairs

_BATCH: Final = 5000
# Words that a provision stands under place it; its own words count four times as much.
_WEIGHTS: Final = "1.0, 1.0, 0.25"
_INDEX: Final = table("provision_words", column("rowid"))
_MATCHES: Final = literal_column("provision_words").op("MATCH")(bindparam("words"))
_SHORT_LIST: Final = 1000  # matches joined with their acts at first


class SQLiteWords:
    """The index of a SQLite store."""

    def create(self, db: Connection) -> None:
        # Contentless: the words stand in ``provisions`` already. No folding by the tokenizer.
        db.exec_driver_sql(
            "CREATE VIRTUAL TABLE provision_words USING fts5(exact, plain, context, content='', "
            'tokenize="unicode61 remove_diacritics 0")'
        )

    def add(self, db: Connection, rows: Iterable[Words]) -> None:
        waiting = iter(rows)
        while batch := list(islice(waiting, _BATCH)):
            db.exec_driver_sql(
                "INSERT INTO provision_words (rowid, exact, plain, context) VALUES (?, ?, ?, ?)",
                [(row.provision_id, row.exact, row.plain, row.context) for row in batch],
            )

    def search(
        self, db: Connection, wanted: WordQuery, where: Sequence[ColumnElement[bool]], limit: int
    ) -> list[WordHit]:
        words = {"words": _match(wanted)}
        found = db.execute(_joined(_best(wanted, _SHORT_LIST), where, limit), words).all()
        if len(found) < limit and _count(db, wanted, words) > _SHORT_LIST:
            # The conditions left out most of the best: join every match, which takes longer.
            found = db.execute(_joined(_best(wanted, None), where, limit), words).all()
        return [WordHit(number, -float(value)) for number, value in found]


def _best(wanted: WordQuery, count: int | None) -> Subquery:
    """Return the best matches of the index alone (None: all of them)."""
    score: ColumnElement[float] = literal_column(f"bm25(provision_words, {_WEIGHTS})")
    matches = select(_INDEX.c.rowid, score.label("score")).where(*_matches(wanted))
    if count is not None:
        matches = matches.order_by(score).limit(count)
    return matches.subquery("matches")


def _joined(
    matches: Subquery, where: Sequence[ColumnElement[bool]], limit: int
) -> Select[tuple[int, float]]:
    return (
        select(matches.c.rowid, matches.c.score)
        .select_from(
            matches.join(t.provisions, t.provisions.c.id == matches.c.rowid).join(
                t.acts, t.acts.c.version_id == t.provisions.c.version_id
            )
        )
        .where(*where)
        .order_by(matches.c.score, matches.c.rowid)
        .limit(limit)
    )


def _count(db: Connection, wanted: WordQuery, words: dict[str, str]) -> int:
    counted = select(func.count()).select_from(_INDEX).where(*_matches(wanted))
    return db.scalar(counted, words) or 0


def _matches(wanted: WordQuery) -> list[ColumnElement[bool]]:
    """Return the conditions on the index alone: they cost no join."""
    found: list[ColumnElement[bool]] = [_MATCHES]
    if wanted.spans:
        found.append(or_(*(_INDEX.c.rowid.between(first, last) for first, last in wanted.spans)))
    return found


def _match(wanted: WordQuery) -> str:
    """Return the FTS5 expression; every word is quoted, so nothing typed is an operator."""
    parts = [_phrase(phrase) for phrase in wanted.phrases]
    if wanted.any_of:
        parts.append(f"({' OR '.join(map(_phrase, wanted.any_of))})")
    if wanted.tokens and wanted.relaxed:
        parts.append(f"({' OR '.join(map(_phrase, pairs(wanted.tokens)))})")
    elif not wanted.above:
        parts += map(_here, wanted.tokens)
    elif wanted.tokens:
        parts += map(_anywhere, wanted.tokens)
        parts.append(f"({' OR '.join(map(_here, wanted.tokens))})")
    return " AND ".join(parts)


def _anywhere(token: Token) -> str:
    if token.exact:
        return f'(exact : "{token.word}" OR context : "{token.plain}")'
    return f'{{plain context}} : "{token.word}"'


def _here(token: Token) -> str:
    return f'{"exact" if token.exact else "plain"} : "{token.word}"'


def _phrase(tokens: Sequence[Token]) -> str:
    exact = any(token.exact for token in tokens)
    words = " ".join(token.word if exact else token.plain for token in tokens)
    return f'{"exact" if exact else "plain"} : "{words}"'
