"""Đọc gì tiếp: the order people's decisions suggest, when to stop, replays of a campaign.

Learning takes a second or two, so it is upkeep: pages show the order made last, and one made from
too few decisions is made anew behind them.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import insert, select

from models.rank import ASREVIEW, OURS, rank
from models.simulation import Curve, by_chance, by_learning, by_severity
from models.stopping import judge
from review.campaigns.campaign import read_campaign
from review.errors import ERRORS
from review.job import Jobs, Report
from review.people.permission import check, scope
from review.reading.order_query import (
    decided_count,
    decided_in_order,
    lessons,
    order_head,
    save_order,
)
from review.records import JobView, Person
from review.records.reading import ReadingState, SimulatedOrder, Simulation
from review.store import tables as t
from review.store.engine import Store

ORDERING: Final = "xep_thu_tu"  # kinds of the jobs
REPLAY: Final = "mo_phong"

_AFTER: Final = 10  # decisions after which the order is made anew
_FEWEST: Final = 20  # decisions a replay needs
_SEED: Final = 6


class Reading:
    """The order of reading of a campaign; everybody's decisions teach, nobody's are shown."""

    def __init__(self, store: Store, jobs: Jobs) -> None:
        self._store = store
        self._jobs = jobs

    def state(self, person: Person, campaign_id: int) -> ReadingState:
        """Return how the order stands, and how far one's own agencies have read."""
        agencies = scope(person, "reading.state")
        with self._store.read() as db:
            read_campaign(db, campaign_id)
            head = order_head(db, campaign_id)
            decided = decided_count(db, campaign_id)
            confirmed, total = decided_in_order(db, campaign_id, agencies)
        return ReadingState(
            made_at=head.made_at if head else None,
            learned=bool(head and head.learned),
            since=abs(decided - head.decisions) if head else decided,
            waiting=total - len(confirmed),
            stopping=judge(confirmed, total),
            job=self._jobs.running(_kind(ORDERING, campaign_id)),
        )

    def refresh(self, person: Person, campaign_id: int) -> JobView | None:
        """Order anew where there is no order yet or enough was decided since; None if it is not
        needed or under way."""
        check(person, "reading.refresh")
        kind = _kind(ORDERING, campaign_id)
        if self._jobs.running(kind):
            return None
        with self._store.read() as db:
            head = order_head(db, campaign_id)
            since = abs(decided_count(db, campaign_id) - head.decisions) if head else _AFTER
        if since < _AFTER:
            return None
        return self._jobs.submit(
            person, kind, "Xếp thứ tự nên đọc trước", self._ordering(campaign_id), upkeep=True
        )

    def simulate(self, person: Person, campaign_id: int) -> JobView:
        """Replay the decisions of a campaign with each order of reading, as a job.

        Raises RS-653 where too little was decided, or only one way.
        """
        check(person, "reading.simulate")
        with self._store.read() as db:
            found = lessons(db, campaign_id)
        confirmed = sum(found.decisions.values())
        if len(found.decisions) < _FEWEST or confirmed in (0, len(found.decisions)):
            raise ERRORS.error("RS-653", count=len(found.decisions), needed=_FEWEST)
        kind = _kind(REPLAY, campaign_id)
        return self._jobs.running(kind) or self._jobs.submit(
            person, kind, "Mô phỏng thứ tự đọc", self._replay(person, campaign_id)
        )

    def simulation(self, person: Person, campaign_id: int) -> Simulation | None:
        """Return the newest replay; None where there is none."""
        check(person, "reading.simulation")
        with self._store.read() as db:
            row = db.execute(
                select(t.simulations, t.people.c.name)
                .join(t.people, t.people.c.id == t.simulations.c.written_by)
                .where(t.simulations.c.campaign_id == campaign_id)
                .order_by(t.simulations.c.id.desc())
                .limit(1)
            ).one_or_none()
        if row is None:
            return None
        stored: dict[str, Any] = row.result
        orders = tuple(
            SimulatedOrder(
                **{**order, "points": tuple((read, found) for read, found in order["points"])}
            )
            for order in stored["orders"]
        )
        return Simulation(
            row.id,
            row.at,
            row.name,
            stored["total"],
            stored["relevant"],
            stored["finished"],
            orders,
        )

    def _ordering(self, campaign_id: int) -> Any:
        def work(report: Report) -> dict[str, object]:
            with self._store.read() as db:
                found = lessons(db, campaign_id)
            report(0, len(found.candidates), "học thứ tự")
            ranking = rank(found.candidates, found.decisions)
            with self._store.write() as db:
                save_order(db, campaign_id, ranking, found, self._store.now())
            return {"ordered": len(ranking.order), "learned": ranking.learned}

        return work

    def _replay(self, person: Person, campaign_id: int) -> Any:
        def work(report: Report) -> dict[str, object]:
            with self._store.read() as db:
                found = lessons(db, campaign_id)
            items = [item for item in found.candidates if item.id in found.decisions]
            relevant = [found.decisions[item.id] for item in items]
            steps = 2 * len(items)
            curves = [by_chance(items, relevant, _SEED), by_severity(items, relevant)]
            for number, recipe in enumerate((ASREVIEW, OURS)):
                done = number * len(items)
                curves.append(
                    by_learning(
                        items,
                        relevant,
                        recipe,
                        _SEED,
                        lambda read, _, done=done, name=recipe.name: report(
                            done + read, steps, name
                        ),
                    )
                )
            result = {
                "total": len(items),
                "relevant": sum(relevant),
                "finished": not found.undecided,
                "orders": [asdict(_order(curve)) for curve in curves],
            }
            with self._store.write() as db:
                db.execute(
                    insert(t.simulations).values(
                        campaign_id=campaign_id,
                        result=result,
                        at=self._store.now(),
                        written_by=person.id,
                    )
                )
            return {"total": len(items), "relevant": sum(relevant)}

        return work


def _kind(kind: str, campaign_id: int) -> str:
    return f"{kind}:{campaign_id}"


def _order(curve: Curve) -> SimulatedOrder:
    return SimulatedOrder(
        name=curve.name,
        wss95=round(curve.wss(), 4),
        recall_10=round(curve.recall(curve.total // 10), 4),
        last_find=curve.last_find,
        points=tuple((round(read, 4), round(found, 4)) for read, found in curve.points()),
    )
