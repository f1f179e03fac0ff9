"""References of a stored act, resolved to what is stored: the links of the act reader."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from corpus.citing import act_citations
from corpus.effect import LAW_TYPES, law_name
from corpus.label import label_of
from corpus.number import number_key
from corpus.registry import KnownAct, Registry, ends_of, find_path, names_of
from review.acts.stored import act_of
from review.errors import ERRORS, NotFound
from review.people.permission import check, scope
from review.records import Person
from review.records.reader import ActLink, NoteChange, NoteView, ReaderLinks, TextLink
from review.store import tables as t
from review.store.engine import Store

_KEPT: Final = 16  # texts whose references are kept in memory

_Raw = tuple[int, int, int, str, tuple[str, ...]]  # provision (place), start, end, act, paths


@dataclass(slots=True)
class _Stored:
    """The acts of a campaign that a person may read."""

    registry: Registry
    ids: dict[str, tuple[int, int]]  # number key → act id, version id
    paths: dict[int, KnownAct] = field(default_factory=dict)  # version id → its paths


@dataclass(frozen=True, slots=True)
class _Acts:
    """The acts of a campaign, and where each is: act id, version id, agency."""

    registry: Registry
    places: dict[str, tuple[int, int, str]]


class References:
    """Finds where the words of an act lead."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # version → place → references
        self._raw: OrderedDict[int, dict[int, list[_Raw]]] = OrderedDict()
        self._acts: dict[int, tuple[tuple[Any, ...], _Acts]] = {}
        self._lock = Lock()  # pages run in threads

    def links(
        self, person: Person, act_id: int, shown: Container[int] | None = None
    ) -> ReaderLinks:
        """Return the references and notes of an act's current text.

        ``shown``: ids of the provisions on screen; references and notes of others are left out.
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
            stored = self._stored(db, row.campaign_id, scope(person, "references.links"))
            found: dict[int, list[TextLink]] = {}
            units = db.execute(
                select(t.provisions.c.id, t.provisions.c.path)
                .where(t.provisions.c.version_id == row.version_id)
                .order_by(t.provisions.c.position)
            ).all()
            places = [
                place for place, unit in enumerate(units) if shown is None or unit.id in shown
            ]
            for place, start, end, act, paths in self._references(db, row, places):
                target = _link(db, stored, row, act, paths[0] if paths else "")
                if target.number or target.path or target.missing:
                    found.setdefault(units[place].id, []).append(TextLink(start, end, target))
            articles = {path for place in places for path in _with_above(units[place].path)}
            notes = {
                note["dieu"]: _note(db, stored, row, note)
                for note in row.article_notes
                if note["dieu"] in articles and (note["amended_by"] or note["related"])
            }
        return ReaderLinks({key: tuple(links) for key, links in found.items()}, notes)

    def _stored(self, db: Connection, campaign_id: int, agencies: frozenset[str] | None) -> _Stored:
        """Return the acts of a campaign that may be read; kept until one of them changes."""
        stamp = _stamp(db, campaign_id)
        kept = self._acts.get(campaign_id)
        if kept is None or kept[0] != stamp:
            kept = stamp, _acts(db, campaign_id)
            self._acts[campaign_id] = kept
        acts = kept[1]
        ids = {
            key: (act_id, version_id)
            for key, (act_id, version_id, agency) in acts.places.items()
            if agencies is None or agency in agencies
        }
        return _Stored(acts.registry, ids)

    def _references(self, db: Connection, row: Row, places: Sequence[int]) -> list[_Raw]:
        """Return what the provisions at ``places`` refer to; only what is not kept is read."""
        with self._lock:
            kept = self._raw.setdefault(row.version_id, {})
            self._raw.move_to_end(row.version_id)
            while len(self._raw) > _KEPT:
                self._raw.popitem(last=False)
        wanted = {place for place in places if place not in kept}
        if wanted:
            act = act_of(db, row.id)
            at = {id(unit): place for place, unit in enumerate(act.provisions)}
            read: dict[int, list[_Raw]] = {place: [] for place in wanted}
            for cited in act_citations(act, only=wanted):
                place = at[id(cited.provision)]
                read[place].append(
                    (
                        place,
                        cited.start - cited.provision.start,
                        cited.end - cited.provision.start,
                        cited.citation.act,
                        cited.citation.paths,
                    )
                )
            kept.update(read)
        return [raw for place in places for raw in kept[place]]


def _acts(db: Connection, campaign_id: int) -> _Acts:
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
    places: dict[str, tuple[int, int, str]] = {}
    for row in rows:
        key = number_key(row.number)
        title = row.title
        if row.type in LAW_TYPES:
            title = law_name(row.type, row.title).capitalize()
        acts[key] = KnownAct(row.number, title, row.issued, row.effective, None, "", "")
        places[key] = (row.id, row.version_id, row.agency)
    return _Acts(Registry(acts, names_of(acts)), places)


def _stamp(db: Connection, campaign_id: int) -> tuple[Any, ...]:
    """Return what differs after any change to the acts of a campaign: each raises a version."""
    return tuple(
        db.execute(
            select(
                func.count(), func.max(t.acts.c.id), func.sum(t.acts.c.version),
                func.sum(t.acts.c.version_id),
            ).where(t.acts.c.campaign_id == campaign_id)
        ).one()
    )  # fmt: skip


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


def _with_above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


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
