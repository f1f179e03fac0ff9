"""Instruments as rows: what makes two entries the same act, and adding those that are new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Connection, Row, insert, select

from corpus.number import find_numbers, number_key
from review import agencies
from review.errors import ERRORS, NotFound
from review.records import Person
from review.records.programme import InstrumentInput
from review.store import tables as t
from review.store.folded import searchable

_KEY_LENGTH = 160


def instrument_key(entered: InstrumentInput) -> str:
    """Return what makes two entries the same act; raises RS-585 where nothing names it."""
    key = number_key(entered.number) if entered.number else searchable(entered.title)
    if not key:
        raise ERRORS.error("RS-585")
    return key[:_KEY_LENGTH]


def from_name(name: str, due: date, agency: str, origin: str) -> InstrumentInput:
    """Return the instrument that a printed name means («Nghị định số 950/2020/NĐ-CP …»)."""
    words = " ".join(name.split())
    first = words.split(" ")[0]
    found = next(find_numbers(words), None)
    if found is None:
        return InstrumentInput("", words, first, agency, due, origin)
    number = found.number
    return InstrumentInput(number.official, words, number.type_name or first, agency, due, origin)


def insert_missing(
    db: Connection,
    person: Person,
    campaign_id: int,
    entered: Iterable[InstrumentInput],
    now: datetime,
) -> tuple[int, int]:
    """Add those that the campaign does not have; return how many were new, how many known.

    Raises RS-602 (unknown agency), RS-585 (neither number nor title).
    """
    standing = set(
        db.scalars(select(t.instruments.c.key).where(t.instruments.c.campaign_id == campaign_id))
    )
    added = known = 0
    for one in entered:
        key = instrument_key(one)
        if one.agency and not agencies.exists(one.agency):
            raise ERRORS.error("RS-602", agency=one.agency)
        if key in standing:
            known += 1
            continue
        standing.add(key)
        added += 1
        db.execute(
            insert(t.instruments).values(
                campaign_id=campaign_id,
                key=key,
                version=1,
                written_by=person.id,
                written_at=now,
                **asdict(one),
            )
        )
    return added, known


def read_instrument(db: Connection, instrument_id: int) -> Row:
    """Return the row of an instrument; raises ``NotFound`` RS-601."""
    row = db.execute(select(t.instruments).where(t.instruments.c.id == instrument_id)).one_or_none()
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="văn bản phải sửa", id=instrument_id)
    return row
