"""Nothing is stranded: work of people who are gone from an agency is shown and can be taken over.

Gone: deactivated, or without a reviewer's role for the agency any more. What they wrote stays
theirs; acts, claims, questions and half-written texts of the agency go on under another name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select

from review.agencies import name_of
from review.errors import ERRORS, NotFound
from review.findings import question
from review.people.colleague import check_colleague, colleagues
from review.people.permission import check, scope
from review.records import Colleague, Person, StrandedRow
from review.store import tables as t
from review.store.engine import Store
from review.work import assignment, claim
from review.work.work_filter import latest

# Drafts of reviewers, by the form's name; the number after it is the finding. Opinions and what
# the task force writes are nobody else's to read.
_FORMS = frozenset({"de-xuat", "hoi", "loai", "sua"})
_KINDS = ("acts", "claims", "questions", "drafts")


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of work: kind, its id (draft: its key), whose, of which agency."""

    kind: str
    key: Any
    person_id: int
    agency: str
    value: Mapping[str, object] | None = None


class Handovers:
    """Work that waits for somebody who is gone."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def stranded(self, person: Person) -> list[StrandedRow]:
        """Return whose work waits in the agencies the person leads (all for the administrator)."""
        seen = scope(person, "handovers.stranded")
        with self._store.read() as db:
            names = dict(db.execute(select(t.people.c.id, t.people.c.name)).tuples().all())
            counts: dict[tuple[str, int], Counter[str]] = {}
            for piece in self._pieces(db):
                if seen is None or piece.agency in seen:
                    who = (piece.agency, piece.person_id)
                    counts.setdefault(who, Counter())[piece.kind] += 1
        return [
            StrandedRow(person_id, names[person_id], agency, *(count[kind] for kind in _KINDS))
            for (agency, person_id), count in sorted(counts.items())
        ]

    def candidates(self, person: Person, agency: str) -> list[Colleague]:
        """Return the people the work can be given to: who reviews for the agency today."""
        check(person, "handovers.candidates", agency)
        with self._store.read() as db:
            return colleagues(db, agency)

    def take_over(
        self, person: Person, from_id: int, agency: str, to_id: int, note: str = ""
    ) -> StrandedRow:
        """Give everything of the agency that waits for ``from_id`` to ``to_id``; return the counts.

        A half-written text for which the new person has one of their own stays where it is.
        Raises RS-562 (``to_id`` does not review there), RS-570 (nothing waits), ``Forbidden``.
        """
        check(person, "handovers.take_over", agency)
        now = self._store.now()
        with self._store.write() as db:
            check_colleague(db, agency, to_id)
            name = db.scalar(select(t.people.c.name).where(t.people.c.id == from_id))
            if name is None:
                raise ERRORS.error("RS-601", NotFound, what="người dùng", id=from_id)
            moved = Counter[str]()
            for piece in self._pieces(db):
                if piece.person_id == from_id and piece.agency == agency:
                    moved[piece.kind] += self._move(db, person, piece, to_id, note)
            if not moved.total():
                raise ERRORS.error("RS-570", who=name, agency=name_of(agency))
            db.execute(
                insert(t.handovers).values(
                    from_id=from_id,
                    to_id=to_id,
                    agency=agency,
                    note=note.strip(),
                    moved=dict(moved),
                    at=now,
                    written_by=person.id,
                )
            )
        return StrandedRow(from_id, name, agency, *(moved[kind] for kind in _KINDS))

    def _move(self, db: Connection, by: Person, piece: _Piece, to_id: int, note: str) -> bool:
        now = self._store.now()
        if piece.kind == "acts":
            assignment.give(db, by, piece.key, to_id, note, now)
        elif piece.kind == "claims":
            claim.hand_on(db, by, piece.key, to_id, note, now)
        elif piece.kind == "questions":
            question.put(db, by, piece.key, piece.agency, to_id, str(piece.value["text"]), now)  # type: ignore[index]
        else:
            own = (t.drafts.c.person_id == to_id) & (t.drafts.c.key == piece.key)
            if db.execute(select(t.drafts.c.key).where(own, ~t.drafts.c.ended)).first():
                return False
            db.execute(
                insert(t.drafts).values(
                    person_id=to_id,
                    key=piece.key,
                    value=piece.value,
                    saved_at=now,
                    sheet=uuid4().hex,
                    ended=False,
                )
            )
        return True

    def _pieces(self, db: Connection) -> Iterator[_Piece]:
        """Yield what waits for people who do not review for the agency it belongs to."""
        working: dict[str, set[int]] = {}
        for piece in (*_acts(db), *self._claims(db), *_questions(db), *_drafts(db)):
            if piece.agency not in working:
                working[piece.agency] = {one.id for one in colleagues(db, piece.agency)}
            if piece.agency and piece.person_id not in working[piece.agency]:
                yield piece

    def _claims(self, db: Connection) -> Iterator[_Piece]:
        rows = db.execute(claim.living(self._store.now()).add_columns(t.acts.c.agency))
        for row in rows:
            yield _Piece("claims", row.finding_id, row.person_id, row.agency)


def _acts(db: Connection) -> Iterator[_Piece]:
    rows = db.execute(
        select(t.assignments.c.act_id, t.assignments.c.person_id, t.acts.c.agency)
        .join(t.acts, t.acts.c.id == t.assignments.c.act_id)
        .where(t.assignments.c.person_id.is_not(None), latest(t.assignments, "act_id"))
    )
    for row in rows:
        yield _Piece("acts", row.act_id, row.person_id, row.agency)


def _questions(db: Connection) -> Iterator[_Piece]:
    answered = select(t.answers.c.id).where(t.answers.c.question_id == t.questions.c.id).exists()
    rows = db.execute(
        select(t.questions, t.acts.c.agency)
        .join(t.findings, t.findings.c.id == t.questions.c.finding_id)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .where(
            t.questions.c.person_id.is_not(None),
            t.findings.c.state == "can_hoi",
            latest(t.questions, "finding_id"),
            ~answered,
        )
    )
    for row in rows:
        value = {"text": row.text}
        yield _Piece("questions", row.finding_id, row.person_id, row.agency, value)


def _drafts(db: Connection) -> Iterator[_Piece]:
    """Half-written texts about findings, unless handed over since they were written.

    Of several windows with one form the words typed last count, field by field.
    """
    handed = dict(
        db.execute(
            select(t.handovers.c.from_id, func.max(t.handovers.c.at)).group_by(
                t.handovers.c.from_id
            )
        )
        .tuples()
        .all()
    )
    about: dict[int, dict[tuple[int, str], dict[str, Any]]] = {}
    written = select(t.drafts).where(~t.drafts.c.ended).order_by(t.drafts.c.saved_at)
    for row in db.execute(written):
        form, _, number = row.key.partition(":")
        over = row.person_id in handed and row.saved_at <= handed[row.person_id]
        if form in _FORMS and number.isascii() and number.isdigit() and not over:
            forms = about.setdefault(int(number), {})
            forms.setdefault((row.person_id, row.key), {}).update(row.value)
    places = db.execute(
        select(t.findings.c.id, t.acts.c.agency)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .where(t.findings.c.id.in_(sorted(about)))
    )
    for finding_id, agency in places:
        for (person_id, key), value in about[finding_id].items():
            yield _Piece("drafts", key, person_id, agency, value)
