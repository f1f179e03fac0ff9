"""A reviewer's step on one finding with all that hangs on it: claim, merges, the step itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row

from models import catalogue
from review.errors import ERRORS
from review.findings import duplicate
from review.findings.decision import Step, take
from review.records import Person
from review.work import claim


def check_code(code: str) -> None:
    """Raise RS-502 unless ``code`` is one of the look-alikes' N-codes."""
    if code not in catalogue.load().look_alikes:
        raise ERRORS.error("RS-502", given=code)


def decide(
    db: Connection, person: Person, row: Row, version: int, step: Step, now: datetime
) -> None:
    """Take the step in the caller's transaction.

    Raises ``Claimed`` RS-560 (somebody else works on it), RS-563 (others are counted with it),
    RS-504, ``Conflict`` RS-501. A decision ends the own claim, and a merge it was part of.
    """
    claim.check_free(db, person, row.id, now)
    if step.action == "reject":
        duplicate.check_childless(db, row.id)
    take(db, person, row, version, step, now)
    duplicate.part(db, person, row.id, now)
    claim.let_go(db, person, row.id, now)
