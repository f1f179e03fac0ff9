"""Decide once for findings of identical wording: all listed first, each its own decision.

Same category, same words of the provision (label, case and punctuation aside). The decisions share
a set id, so that the set can be looked at and undone; what somebody changed meanwhile is left out
and said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select

from corpus.errors import RasoatError
from models.similar import wording_key
from review.acts.filtering import in_scope
from review.errors import ERRORS, Conflict, NotFound
from review.findings.deciding import check_code, decide
from review.findings.decision import Step, read_finding, visible
from review.findings.query import ROW_COLUMNS, finding_row, joined, listed, ordered
from review.people.permission import check, scope
from review.records import FindingRow, Person, SetResult
from review.store import tables as t
from review.store.engine import Store

_ACTIONS = {"confirm": "findings.confirm", "reject": "findings.reject"}


class SameWording:
    """Sets of findings with one wording."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, person: Person, finding_id: int) -> list[FindingRow]:
        """Return all findings worded like this one, itself first, that the person may see.

        Standing findings of the same campaign and category, by act and place.
        """
        with self._store.read() as db:
            own = visible(db, person, finding_id, "same_wording.of")
            return _of(db, own, scope(person, "same_wording.of"))

    def apply(
        self,
        person: Person,
        chosen: Sequence[tuple[int, int]],
        action: str,
        code: str = "",
        note: str = "",
    ) -> SetResult:
        """Take ``confirm`` or ``reject`` on each (finding, version seen), in one transaction.

        A finding that somebody changed, works on or may not be decided is left out with the
        reason; the others are decided. Raises RS-571 for an action that is not for sets, for an
        empty choice, or when the findings are not of one wording; RS-502.
        """
        check(person, "same_wording.apply")
        if action not in _ACTIONS or not chosen:
            raise ERRORS.error(
                "RS-571", reason="không có việc hoặc không có quy định nào được chọn"
            )
        if action == "reject":
            check_code(code)
        set_id = uuid4().hex
        now = self._store.now()
        done: list[FindingRow] = []
        left: list[tuple[FindingRow, str]] = []
        # In the order of their ids: two people who decide at once cannot wait for each other.
        with self._store.write() as db:
            rows = [visible(db, person, number, "same_wording.of") for number, _ in sorted(chosen)]
            _check_one_wording(db, rows)
            for row, (_, version) in zip(rows, sorted(chosen), strict=True):
                step = Step(action, code, note, {"set": set_id, "of": len(rows)})
                reason = self._one(db, person, row, version, step, now)
                standing = read_finding(db, row.id) or row
                if reason:
                    left.append((finding_row(standing), reason))
                    continue
                done.append(finding_row(standing))
                db.execute(
                    insert(t.decision_sets).values(
                        set_id=set_id,
                        finding_id=row.id,
                        finding_version=standing.version,
                        at=now,
                        written_by=person.id,
                    )
                )
        return SetResult(set_id, tuple(done), tuple(left))

    def set_of(self, person: Person, finding_id: int) -> str:
        """Return the set by which the finding was decided last, "" when it was decided alone."""
        with self._store.read() as db:
            row = visible(db, person, finding_id, "same_wording.set_of")
            found = db.scalar(
                select(t.decision_sets.c.set_id).where(
                    t.decision_sets.c.finding_id == finding_id,
                    t.decision_sets.c.finding_version == row.version,
                )
            )
        return found or ""

    def members(self, person: Person, set_id: str) -> list[FindingRow]:
        """Return the findings of a set, as far as the person may see them."""
        seen = scope(person, "same_wording.members")
        with self._store.read() as db:
            decided = select(t.decision_sets.c.finding_id).where(t.decision_sets.c.set_id == set_id)
            return listed(db, t.findings.c.id.in_(decided), in_scope(seen))

    def undo(self, person: Person, set_id: str, note: str = "") -> SetResult:
        """Take the whole set back with a new step on each; what moved on since is left as it is."""
        check(person, "same_wording.undo")
        now = self._store.now()
        done: list[FindingRow] = []
        left: list[tuple[FindingRow, str]] = []
        with self._store.write() as db:
            members = db.execute(
                select(t.decision_sets)
                .where(t.decision_sets.c.set_id == set_id)
                .order_by(t.decision_sets.c.finding_id)
            ).all()
            if not members:
                raise ERRORS.error("RS-601", NotFound, what="lượt quyết định", id=set_id)
            for member in members:
                row = visible(db, person, member.finding_id, "same_wording.of")
                step = Step("reopen", note=note, details={"set": set_id})
                reason = self._one(db, person, row, member.finding_version, step, now)
                standing = finding_row(read_finding(db, row.id) or row)
                if reason:
                    left.append((standing, reason))
                else:
                    done.append(standing)
        return SetResult(set_id, tuple(done), tuple(left))

    def _one(
        self, db: Connection, person: Person, row: Row, version: int, step: Step, now: datetime
    ) -> str:
        """Take the step on one finding; return why not, "" when done."""
        try:
            check(person, _ACTIONS.get(step.action, "findings.reopen"), row.agency)
            decide(db, person, row, version, step, now)
        except Conflict as error:
            return f"{error.who or 'Người khác'} đã quyết định trước."
        except RasoatError as error:
            return error.happened
        return ""


def _of(db: Connection, own: Row, agencies: frozenset[str] | None) -> list[FindingRow]:
    """The lengths in the table of findings leave few provisions whose words must be read."""
    key = wording_key(_text(db, own.provision_id))
    length = own.quote_end - own.quote_start
    rows = db.execute(
        ordered(
            select(*ROW_COLUMNS, t.provisions.c.text)
            .select_from(
                joined().join(t.provisions, t.provisions.c.id == t.findings.c.provision_id)
            )
            .where(
                t.findings.c.standing,
                t.acts.c.campaign_id == own.campaign_id,
                in_scope(agencies),
                t.findings.c.category == own.category,
                t.findings.c.quote_end - t.findings.c.quote_start == length,
            )
        )
    ).all()
    same = [row for row in rows if row.id == own.id or wording_key(row.text) == key]
    same.sort(key=lambda row: row.id != own.id)
    return [finding_row(row) for row in same]


def _check_one_wording(db: Connection, rows: Sequence[Row]) -> None:
    keys = {wording_key(_text(db, row.provision_id)) for row in rows}
    if len(keys) > 1 or len({(row.category, row.campaign_id) for row in rows}) > 1:
        raise ERRORS.error("RS-571", reason="các quy định được chọn không cùng một câu chữ")


def _text(db: Connection, provision_id: int) -> str:
    return db.scalar(select(t.provisions.c.text).where(t.provisions.c.id == provision_id)) or ""
