"""State of an act on a day, with the act and the clause that makes it so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Final

from sqlalchemy import Connection, func, select

from corpus.effect import Repeal, Suspension
from corpus.label import label_of
from corpus.lasting import Prolonged
from corpus.validity import STATE_NAMES, State, Status, status_of
from review.acts.effect_store import StoredFacts, stored_facts
from review.errors import ERRORS, NotFound
from review.people.permission import check
from review.records import Person
from review.records.effect import EffectReason, EffectView
from review.store import tables as t
from review.store.engine import Store

STATES: Final[Mapping[State, str]] = STATE_NAMES
_KEPT: Final = 4  # campaigns, and days, whose facts are kept in memory


@dataclass(slots=True)
class Facts:
    """Facts of campaigns, read again when something was loaded."""

    _kept: dict[int, tuple[tuple[int, int], StoredFacts]] = field(default_factory=dict)
    _states: dict[tuple[int, date], tuple[StoredFacts, dict[str, list[int]]]] = field(
        default_factory=dict
    )
    _lock: Lock = field(default_factory=Lock)  # pages run in threads

    def of(self, db: Connection, campaign_id: int) -> StoredFacts:
        """Return the facts of a campaign as the store holds them now."""
        with self._lock:
            return self._read(db, campaign_id)

    def _read(self, db: Connection, campaign_id: int) -> StoredFacts:
        mark = db.execute(
            select(func.count(), func.coalesce(func.max(t.acts.c.version_id), 0)).where(
                t.acts.c.campaign_id == campaign_id
            )
        ).one()
        kept = self._kept.get(campaign_id)
        if kept is None or kept[0] != tuple(mark):
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            kept = (tuple(mark), stored_facts(db, campaign_id))
            self._kept[campaign_id] = kept
        return kept[1]

    def in_state(self, db: Connection, campaign_id: int, state: str, on: date) -> list[int]:
        """Return the acts of a campaign that are in a state on a day."""
        with self._lock:
            stored = self._read(db, campaign_id)
            kept = self._states.get((campaign_id, on))
            if kept is None or kept[0] is not stored:
                states: dict[str, list[int]] = {}
                for act_id, facts in stored.facts.items():
                    found = status_of(facts, on, stored.said).state
                    states.setdefault(found, []).append(act_id)
                while len(self._states) >= _KEPT:
                    self._states.pop(next(iter(self._states)))
                kept = self._states[campaign_id, on] = (stored, states)
            return kept[1].get(state, [])


class Effects:
    """Reads the state of acts; the facts were taken down when they were loaded."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._facts = Facts()

    def status(self, person: Person, act_id: int, on: date | None = None) -> EffectView:
        """Return the state of an act on a day (today by default) and why.

        Raises ``NotFound`` RS-601, ``Forbidden`` RS-411.
        """
        day = on or self._store.today()
        check(person, "effects.status")
        with self._store.read() as db:
            row = db.execute(
                select(t.acts.c.agency, t.acts.c.campaign_id).where(t.acts.c.id == act_id)
            ).one_or_none()
            if row is None:
                raise ERRORS.error("RS-601", NotFound, what="văn bản", id=act_id)
            check(person, "effects.status", row.agency)
            stored = self._facts.of(db, row.campaign_id)
        status = status_of(stored.facts[act_id], day, stored.said)
        return EffectView(status.state, status.name, day, tuple(_reasons(act_id, status, stored)))


def _reasons(act_id: int, status: Status, stored: StoredFacts) -> Iterator[EffectReason]:
    period = status.period
    if period.since is not None:
        yield EffectReason("tu_ngay", "", act_id, *_unit(period.since_at), period.since, None)
    if period.until is not None:
        yield EffectReason("den_ngay", "", act_id, *_unit(period.until_at), None, period.until)
    cascade = status.cascade
    said: list[tuple[str, Repeal | Suspension | Prolonged]] = [
        *(("bai_bo", one) for one in status.repeals),
        *(("ngung", one) for one in status.suspensions),
        *((one.kind, one) for one in status.prolonged),
        *(("chi_tiet", one) for one in (cascade.repeals if cascade else ())),
    ]
    for kind, one in said:
        yield EffectReason(
            kind,
            one.by,
            stored.acts.get(one.by),
            *_unit(one.provision),
            getattr(one, "since", None),
            getattr(one, "until", None),
            target=one.target if kind == "chi_tiet" else "",
            part=_unit(one.path)[1] if one.path else "",
        )
    if cascade:
        rule = cascade.rule
        yield EffectReason(
            "quy_tac",
            rule.act,
            stored.acts.get(rule.act),
            *_unit(rule.path),
            None,
            None,
            confidence=rule.confidence,
        )


def _unit(path: str) -> tuple[str, str]:
    return path, label_of(path) if path else ""
