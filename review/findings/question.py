"""Questions to colleagues («chưa chắc, cần hỏi»): addressed, queued, answered, never removed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, insert, select

from review.errors import ERRORS, NotFound
from review.findings.decision import lock, visible
from review.findings.query import conditions, page_of
from review.people.colleague import check_colleague, colleagues
from review.people.permission import allows, scope
from review.records import (
    AnswerView,
    AskedRow,
    Colleague,
    FindingFilter,
    Page,
    PageRequest,
    Person,
    QuestionView,
)
from review.store import tables as t
from review.store.engine import Store
from review.work.work_filter import latest

_addressee = t.people.alias("addressee")


class Questions:
    """Questions about findings and their answers; asking itself is a step of the finding."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def colleagues(self, person: Person, finding_id: int) -> list[Colleague]:
        """Return who can be asked about the finding: the other reviewers of its agency."""
        with self._store.read() as db:
            row = visible(db, person, finding_id, "questions.colleagues")
            return colleagues(db, row.agency, but=person.id)

    def of(self, person: Person, finding_id: int) -> list[QuestionView]:
        """Return the questions about a finding with their answers, newest first."""
        with self._store.read() as db:
            row = visible(db, person, finding_id, "questions.of")
            may = row.state == "can_hoi" and allows(person, "questions.answer", row.agency)
            found = db.execute(
                _select()
                .where(t.questions.c.finding_id == finding_id)
                .order_by(t.questions.c.sequence.desc())
            ).all()
            answers = _answers(db, [question.id for question in found])
            return [
                _view(question, answers[question.id], may=may and place == 0)
                for place, question in enumerate(found)
            ]

    def queue(
        self,
        person: Person,
        filter: FindingFilter,
        asker: int | None = None,
        page: PageRequest = PageRequest(),  # noqa: B008  (frozen)
    ) -> Page[AskedRow]:
        """Return the findings in question with their last question; ``asker``: whose questions.

        A finding is in question until it is decided, answered or not.
        """
        seen = scope(person, "questions.queue")
        wanted = replace(filter, states=("can_hoi",))
        with self._store.read() as db:
            where = conditions(wanted, seen, self._store.today(), self._store.now())
            last = latest(t.questions, "finding_id")
            asked = select(t.questions.c.finding_id).where(last)
            if asker is not None:
                asked = asked.where(t.questions.c.written_by == asker)
            found = page_of(db, [*where, t.findings.c.id.in_(asked)], page)
            rows = db.execute(
                _select().where(last, t.questions.c.finding_id.in_([row.id for row in found.items]))
            ).all()
            answers = _answers(db, [row.id for row in rows])
        last_of = {row.finding_id: row for row in rows}
        return Page(
            [
                AskedRow(
                    row,
                    _view(
                        last_of[row.id],
                        answers[last_of[row.id].id],
                        may=allows(person, "questions.answer", row.agency),
                    ),
                )
                for row in found.items
            ],
            found.total,
            found.number,
            found.size,
        )

    def answer(self, person: Person, question_id: int, text: str) -> QuestionView:
        """Answer a question; who asked decides then. RS-564: empty, or decided meanwhile."""
        with self._store.write() as db:
            question = db.execute(_select().where(t.questions.c.id == question_id)).one_or_none()
            if question is None:
                raise ERRORS.error("RS-601", NotFound, what="câu hỏi", id=question_id)
            row = visible(db, person, question.finding_id, "questions.answer")
            if not text.strip():
                raise ERRORS.error("RS-564", reason="câu trả lời còn trống")
            lock(db, row.id)
            if row.state != "can_hoi" or question.sequence != _last(db, row.id):
                raise ERRORS.error("RS-564", reason="câu hỏi đã khép lại")
            db.execute(
                insert(t.answers).values(
                    question_id=question_id,
                    text=text.strip(),
                    at=self._store.now(),
                    written_by=person.id,
                )
            )
            return _view(question, _answers(db, [question_id])[question_id], may=True)


def put(
    db: Connection,
    by: Person,
    finding_id: int,
    agency: str,
    to: int | None,
    text: str,
    now: datetime,
) -> None:
    """Write a question in the caller's transaction; RS-562 when ``to`` does not work there."""
    if to is not None:
        check_colleague(db, agency, to)
    db.execute(
        insert(t.questions).values(
            finding_id=finding_id,
            sequence=(_last(db, finding_id) or 0) + 1,
            person_id=to,
            text=text.strip(),
            at=now,
            written_by=by.id,
        )
    )


def _last(db: Connection, finding_id: int) -> int | None:
    return db.scalar(
        select(func.max(t.questions.c.sequence)).where(t.questions.c.finding_id == finding_id)
    )


def _select() -> Select:
    return select(t.questions, t.people.c.name, _addressee.c.name.label("to_name")).select_from(
        t.questions.join(t.people, t.people.c.id == t.questions.c.written_by).outerjoin(
            _addressee, _addressee.c.id == t.questions.c.person_id
        )
    )


def _answers(db: Connection, question_ids: list[int]) -> dict[int, tuple[AnswerView, ...]]:
    found: dict[int, tuple[AnswerView, ...]] = defaultdict(tuple)
    rows = db.execute(
        select(t.answers, t.people.c.name)
        .join(t.people, t.people.c.id == t.answers.c.written_by)
        .where(t.answers.c.question_id.in_(question_ids))
        .order_by(t.answers.c.id)
    )
    for row in rows:
        found[row.question_id] += (AnswerView(row.name, row.text, row.at),)
    return found


def _view(row: Row, answers: tuple[AnswerView, ...], *, may: bool) -> QuestionView:
    return QuestionView(
        id=row.id,
        finding_id=row.finding_id,
        asker=row.name,
        asker_id=row.written_by,
        to=row.to_name or "",
        to_id=row.person_id,
        text=row.text,
        at=row.at,
        answers=answers,
        may_answer=may,
    )
