"""A random sample of provisions that nothing flagged, read by people: what may have been missed.

Rounds, items and readings take new rows only; a later reading of an item supersedes the earlier.
"""

from __future__ import annotations

import random
import secrets
from typing import Final

from sqlalchemy import insert, select

from models.elusion import CONFIDENCE
from review.acts.filtering import in_scope
from review.campaigns.campaign import read_campaign
from review.errors import ERRORS, Conflict, NotFound
from review.people.permission import check, scope
from review.reading.sampling_query import (
    elusion_of,
    flagged,
    item_of,
    last_round,
    unflagged,
    unread,
    whole_round,
)
from review.records import Person
from review.records.reading import ElusionReport, SampleItem, SampleRound
from review.rules.ruleset import standing
from review.store import tables as t
from review.store.engine import Store

SIZE: Final = 60  # provisions of one round: half an hour of reading
_LARGEST: Final = 1000
_VERDICTS: Final = ("khong", "co")


class Sampling:
    """Samples of one's own agency; a reading passes how many there were (``Conflict`` RS-501)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def draw(self, person: Person, campaign_id: int, agency: str, size: int = SIZE) -> SampleRound:
        """Draw a new round among the agency's unflagged provisions, at random by a stored seed.

        Raises RS-650 where there is nothing unflagged, RS-651 while the last round is unread.
        """
        check(person, "sampling.draw", agency)
        with self._store.write() as db:
            read_campaign(db, campaign_id)
            last = last_round(db, campaign_id, agency)
            if last is not None and unread(db, last.id):
                raise ERRORS.error("RS-651", number=last.number)
            population = unflagged(db, campaign_id, agency)
            if not population:
                raise ERRORS.error("RS-650")
            seed = secrets.token_hex(16)
            chosen = random.Random(seed).sample(
                population, min(max(1, size), _LARGEST, len(population))
            )
            round_id = db.execute(
                insert(t.sample_rounds).values(
                    campaign_id=campaign_id,
                    agency=agency,
                    number=last.number + 1 if last else 1,
                    size=len(chosen),
                    population=len(population),
                    flagged=flagged(db, campaign_id, agency),
                    seed=seed,
                    ruleset=standing(db).version,
                    at=self._store.now(),
                    written_by=person.id,
                )
            ).inserted_primary_key[0]
            db.execute(
                insert(t.sample_items),
                [
                    {"round_id": round_id, "provision_id": number, "place": place}
                    for place, number in enumerate(chosen, 1)
                ],
            )
            return whole_round(db, round_id)

    def current(self, person: Person, campaign_id: int, agency: str) -> SampleRound | None:
        """Return the newest round of an agency with everything read in it; None without one."""
        check(person, "sampling.current", agency)
        with self._store.read() as db:
            last = last_round(db, campaign_id, agency)
            return whole_round(db, last.id) if last else None

    def read(
        self, person: Person, item_id: int, sequence: int, verdict: str, note: str = ""
    ) -> SampleItem:
        """Record what a person read in a provision: "khong" or "co" a problem.

        Raises RS-601, RS-652 (unknown verdict), ``Conflict`` RS-501: somebody read it meanwhile.
        """
        with self._store.write() as db:
            row = db.execute(
                select(t.sample_items.c.round_id, t.sample_rounds.c.agency)
                .join(t.sample_rounds, t.sample_rounds.c.id == t.sample_items.c.round_id)
                .where(t.sample_items.c.id == item_id)
            ).one_or_none()
            check(person, "sampling.read")
            if row is None:
                raise ERRORS.error("RS-601", NotFound, what="mẫu đọc kiểm", id=item_id)
            check(person, "sampling.read", row.agency)
            if verdict not in _VERDICTS:
                raise ERRORS.error("RS-652", given=verdict)
            held = item_of(db, item_id)
            if held.sequence != sequence:
                raise Conflict.of(
                    {"verdict": verdict, "note": note},
                    {"verdict": held.verdict, "note": held.note},
                    held.person,
                    held.at,
                )
            db.execute(
                insert(t.sample_readings).values(
                    item_id=item_id,
                    sequence=sequence + 1,
                    verdict=verdict,
                    note=note.strip(),
                    at=self._store.now(),
                    written_by=person.id,
                )
            )
            return item_of(db, item_id)

    def report(self, person: Person, campaign_id: int) -> ElusionReport:
        """Return the estimate of each agency the person may see, from all its rounds."""
        agencies = scope(person, "sampling.report")
        with self._store.read() as db:
            of_campaign = list(
                db.scalars(
                    select(t.acts.c.agency)
                    .where(
                        t.acts.c.campaign_id == campaign_id,
                        t.acts.c.agency != "",
                        in_scope(agencies),
                    )
                    .distinct()
                    .order_by(t.acts.c.agency)
                )
            )
            rows = [elusion_of(db, campaign_id, agency) for agency in of_campaign]
        sampled = [row for row in rows if row.estimate is not None]
        return ElusionReport(
            CONFIDENCE,
            tuple(row for row in rows if row.rounds),
            sum(row.estimate.missed[2] for row in sampled if row.estimate),
            tuple(row.agency for row in rows if row.estimate is None),
        )
