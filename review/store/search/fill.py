"""Keeping the word index and the numbers of acts in step with what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from corpus.number import parse_number
from corpus.text import unaccent
from review.store import tables as t
from review.store.folded import searchable
from review.store.search import Words, index_of

_STREAMED: Final = 2000  # rows read at once
_STEM: Final = 160  # characters of each unit above
_PARTS: Final = ("phan", "chuong", "muc", "tieu-muc")  # they name a stretch of the act, no more


@dataclass(frozen=True, slots=True)
class Placed:
    """A provision with the words it stands under (its Điều's heading, its khoản's lead-in …)."""

    row: Row[Any]  # version_id, id, position, lineage, level, text
    text: str  # own words with single blanks
    stem: str


COLUMNS: Final = (
    t.provisions.c.version_id,
    t.provisions.c.id,
    t.provisions.c.position,
    t.provisions.c.lineage,
    t.provisions.c.level,
    t.provisions.c.text,
)


def worded() -> ColumnElement[bool]:
    """Provisions with words of their own; headings of chapters name a stretch, no more."""
    return t.provisions.c.level.not_in(_PARTS) & (t.provisions.c.text != "")


def placed(rows: Iterable[Row[Any]]) -> Iterator[Placed]:
    """Give each row of ``COLUMNS`` its stem; rows come by version and position."""
    above: dict[str, str] = {}
    version = None
    for row in rows:
        if version != row.version_id:
            version, above = row.version_id, {}
        words = " ".join(row.text.split())
        stem = " ".join(above[place] for place in row.lineage.split("/") if place in above)
        above[str(row.position)] = words[:_STEM]
        yield Placed(row, words, stem)


def add_version(db: Connection, act_id: int, version_id: int) -> None:
    """Index the provisions of a version just stored, and the number of its act."""
    rows = db.execute(
        select(*COLUMNS)
        .where(worded(), t.provisions.c.version_id == version_id)
        .order_by(t.provisions.c.position)
    ).all()
    index_of(db).add(db, _words(rows))
    act = db.execute(
        select(t.acts.c.id, t.acts.c.number, t.acts.c.type).where(t.acts.c.id == act_id)
    ).one()
    db.execute(delete(t.act_numbers).where(t.act_numbers.c.act_id == act_id))
    if values := number_values(act):
        db.execute(insert(t.act_numbers), values)


def fill(db: Connection) -> None:
    """Index everything that is stored: once, for a store from before there was an index."""
    rows = db.execute(
        select(*COLUMNS)
        .where(worded())
        .order_by(t.provisions.c.version_id, t.provisions.c.position),
        execution_options={"yield_per": _STREAMED},
    )
    index_of(db).add(db, _words(rows))
    acts = db.execute(select(t.acts.c.id, t.acts.c.number, t.acts.c.type)).all()
    if values := [found for act in acts if (found := number_values(act))]:
        db.execute(insert(t.act_numbers), values)


def _words(rows: Iterable[Row[Any]]) -> Iterator[Words]:
    return (Words.of(unit.row.id, unit.text, unit.stem) for unit in placed(rows))


def number_values(act: Row[Any]) -> Mapping[str, object]:
    """Return the row of ``act_numbers`` for an act; empty where its number is none."""
    number = parse_number(act.number)
    if number is None:
        return {}
    symbols = [number.type, *number.issuers] if number.type else list(number.issuers)
    return {
        "act_id": act.id,
        "num": unaccent(number.num).lower().lstrip("0") or "0",
        "year": number.year,
        "type": searchable(act.type or number.type_name)[:80],
        "tail": unaccent("-".join(symbols)).lower()[:120],
    }
