"""References of a stored act, resolved to what is stored: the links of the act reader."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from corpus.citing import act_citations
from corpus.effect import LAW_TYPES, law_name
from corpus.label import label_of
from corpus.number import number_key
from corpus.registry import KnownAct, Registry, ends_of, find_path, names_of
from review.errors import ERRORS, NotFound
from review.permission import check, scope
from review.records import Person
from review.records.reader import ActLink, NoteChange, NoteView, ReaderLinks, TextLink
from review.store import tables as t
from review.store.engine import Store
from review.stored_act import act_of

_KEPT: Final = 16  # texts whose references are kept in memory

_Raw = tuple[int, int, int, str, tuple[str, ...]]  # provision (place), start, end, act, paths


@dataclass(slots=True)
class _Stored:
    """The acts of a campaign that a person may read."""

    registry: Registry
    ids: dict[str, tuple[int, int]]  # number key → act id, version id
    paths: dict[int, KnownAct] = field(default_factory=dict)  # version id → its paths


class References:
    """Finds where the words of an act lead."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._raw: OrderedDict[int, tuple[_Raw, ...]] = OrderedDict()
        self._lock = Lock()  # pages run in threads

    def links(self, person: Person, act_id: int) -> ReaderLinks:
        """Return the references and notes of an act's current text.

        Raises ``NotFound`` RS-601, ``Forbidden`` RS-411.
        """
        check(person, "references.links")
        with self._store.read() as db:
            row = db.execute(
                select(t.acts, t.act_versions.c.article_notes)
                .join(t.act_versions, t.act_versions.c.id == t.acts.c.version_id)
                .where(t.acts.c.id == act_id)
            ).one_or_none()
            if row is None:
                raise ERRORS.error("RS-601", NotFound, what="văn bản", id=act_id)
            check(person, "references.links", row.agency)
            stored = _stored(db, row.campaign_id, scope(person, "references.links"))
            found: dict[int, list[TextLink]] = {}
            ids = db.scalars(
                select(t.provisions.c.id)
                .where(t.provisions.c.version_id == row.version_id)
                .order_by(t.provisions.c.position)
            ).all()
            for place, start, end, act, paths in self._references(db, row):
                if place < len(ids):
                    target = _link(db, stored, row, act, paths[0] if paths else "")
                    if target.number or target.path or target.missing:
                        found.setdefault(ids[place], []).append(TextLink(start, end, target))
            notes = {
                note["dieu"]: _note(db, stored, row, note)
                for note in row.article_notes
                if note["amended_by"] or note["related"]
            }
        return ReaderLinks({key: tuple(links) for key, links in found.items()}, notes)

    def _references(self, db: Connection, row: Row) -> tuple[_Raw, ...]:
        kept = self._raw.get(row.version_id)
        if kept is None:
            act = act_of(db, row.id)
            places = {id(unit): place for place, unit in enumerate(act.provisions)}
            kept = tuple(
                (
                    places[id(cited.provision)],
                    cited.start - cited.provision.start,
                    cited.end - cited.provision.start,
                    cited.citation.act,
                    cited.citation.paths,
                )
                for cited in act_citations(act)
            )
            with self._lock:
                self._raw[row.version_id] = kept
                while len(self._raw) > _KEPT:
                    self._raw.popitem(last=False)
        return kept


def _stored(db: Connection, campaign_id: int, agencies: frozenset[str] | None) -> _Stored:
    rows = db.execute(
        select(
            t.acts.c.id,
            t.acts.c.version_id,
            t.acts.c.number,
            t.acts.c.type,
            t.acts.c.title,
            t.acts.c.issued,
            t.acts.c.effective,
            t.acts.c.agency,
        ).where(t.acts.c.campaign_id == campaign_id, t.acts.c.number != "")
    )
    acts: dict[str, KnownAct] = {}
    ids: dict[str, tuple[int, int]] = {}
    for row in rows:
        key = number_key(row.number)
        title = row.title
        if row.type in LAW_TYPES:
            title = law_name(row.type, row.title).capitalize()
        acts[key] = KnownAct(row.number, title, row.issued, row.effective, None, "", "")
        if agencies is None or row.agency in agencies:
            ids[key] = (row.id, row.version_id)
    return _Stored(Registry(acts, names_of(acts)), ids)


def _link(db: Connection, stored: _Stored, row: Row, act: str, path: str) -> ActLink:
    if not act:
        return _unit(db, stored, "", (row.id, row.version_id), path)
    known = stored.registry.find(act, row.issued)
    if known is None:
        return ActLink(act, None, "", _label(path))
    place = stored.ids.get(number_key(known.number))
    if place is None:
        return ActLink(known.number, None, "", _label(path))
    return _unit(db, stored, known.number, place, path)


def _unit(
    db: Connection, stored: _Stored, number: str, place: tuple[int, int], path: str
) -> ActLink:
    act_id, version_id = place
    if not path:
        return ActLink(number, act_id)
    if version_id not in stored.paths:
        paths = db.scalars(
            select(t.provisions.c.path).where(t.provisions.c.version_id == version_id)
        ).all()
        stored.paths[version_id] = KnownAct(
            number, "", None, None, None, "", "", paths=frozenset(paths), ends=ends_of(paths)
        )
    found = find_path(stored.paths[version_id], path)
    return ActLink(number, act_id, found, _label(path), missing=not found)


def _label(path: str) -> str:
    try:
        return label_of(path) if path else ""
    except ValueError:  # «nội dung C Phụ lục I» has no name of its own
        return ""


def _note(db: Connection, stored: _Stored, row: Row, note: dict[str, Any]) -> NoteView:
    changes = tuple(
        NoteChange(
            _link(db, stored, row, change["act"], path),
            date.fromisoformat(change["effective"]) if change["effective"] else None,
        )
        for change in note["amended_by"]
        for path in (change["paths"] or [""])
    )
    related = tuple(
        (one["shown"], _link(db, stored, row, one["act"], one["dieu"]))
        for one in note["related"]
        if one["act"]
    )
    return NoteView(note["text"], note["subject"], changes, related)
