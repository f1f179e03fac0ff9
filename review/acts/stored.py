"""A stored text as an act again: what amendments are applied to and what is screened anew."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Row, select

from corpus.records import Act, Head, RawDocument, Region
from corpus.structure import parse_act
from review.errors import ERRORS, NotFound
from review.store import tables as t


def act_of(db: Connection, act_id: int, version_id: int | None = None) -> Act:
    """Return the act of a version (the current one by default); raises ``NotFound`` RS-601.

    The tree is the stored one: readers know page furniture that plain text does not show, so what
    no stored provision covers is given to the parser as such where it would read it otherwise.
    """
    row = db.execute(
        select(t.acts, t.act_versions.c.id.label("text_id"), t.act_versions.c.source,
               t.act_versions.c.format, t.act_versions.c.encoding, t.act_versions.c.text)
        .join(t.act_versions, t.act_versions.c.act_id == t.acts.c.id)
        .where(
            t.acts.c.id == act_id,
            t.act_versions.c.id == (version_id or t.acts.c.version_id),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="văn bản", id=act_id)
    units = db.execute(
        select(t.provisions.c.path, t.provisions.c.start, t.provisions.c.end)
        .where(t.provisions.c.version_id == row.text_id)
        .order_by(t.provisions.c.start, t.provisions.c.position)
    ).all()
    act = parse_act(_raw(row, []))
    if {unit.path for unit in act.provisions} == {unit.path for unit in units}:
        return act
    return parse_act(_raw(row, _gaps(row.text, units)))


def _raw(row: Row, regions: list[Region]) -> RawDocument:
    head = Head(row.number, row.type, row.title, row.issuer, row.issued, row.effective)
    return RawDocument(row.source, row.format, row.text, row.encoding, regions=regions, head=head)


def _gaps(text: str, units: Sequence[Row]) -> list[Region]:
    """Return the stretches between provisions that hold more than blanks."""
    found: list[Region] = []
    done = 0
    for start, end in [*((unit.start, unit.end) for unit in units), (len(text), len(text))]:
        if start > done and text[done:start].strip():
            found.append(Region(done, start, "furniture"))
        done = max(done, end)
    return found
