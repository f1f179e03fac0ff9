"""What acts say about effect, kept with their versions and read back as facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from corpus.effect import (
    LAW_TYPES,
    EffectFacts,
    EffectPeriod,
    Repeal,
    Said,
    Suspension,
    effect_period,
    law_name,
    said_by,
)
from corpus.lasting import Prolonged, details_of
from corpus.records import Act
from corpus.validity import status_of
from review.acts.stored import act_of
from review.store import tables as t

OWN: Final = "ban_than"
DETAILS: Final = "chi_tiet"
REPEALS: Final = "bai_bo"
SUSPENDS: Final = "ngung"
PROLONGS: Final = ("keo_dai", "tiep_tuc")


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """Facts of all acts of a campaign: by act id, and what they say of each other."""

    facts: dict[int, EffectFacts]
    said: Said
    acts: dict[str, int]  # official number of a stored act → its id


def add_effects(db: Connection, act: Act, version_id: int) -> None:
    """Store what a version just stored says about effect."""
    rows = list(_rows(act))
    db.execute(insert(t.effects), [{"version_id": version_id, **row} for row in rows])


def _rows(act: Act) -> Iterator[dict[str, Any]]:
    period = effect_period(act)
    yield {
        "kind": OWN,
        "target": "",
        "path": period.until_at,
        "provision": period.since_at,
        "since": period.since,
        "until": period.until,
    }
    empty = {"path": "", "provision": "", "since": None, "until": None}
    for detailed in details_of(act):
        yield {"kind": DETAILS, "target": detailed, **empty}
    said = said_by([act])
    said_rows: list[tuple[str, Repeal | Suspension | Prolonged]] = [
        *((REPEALS, one) for one in said.repeals),
        *((SUSPENDS, one) for one in said.suspensions),
        *((one.kind, one) for one in said.prolonged),
    ]
    for kind, one in said_rows:
        yield {
            "kind": kind,
            "target": one.target,
            "path": one.path,
            "provision": one.provision,
            "since": getattr(one, "since", None),
            "until": getattr(one, "until", None),
        }


def fill(db: Connection) -> None:
    """Read the stored texts: once, for a store from before effect was kept."""
    versions = db.execute(select(t.acts.c.id, t.acts.c.version_id).order_by(t.acts.c.id)).all()
    for act_id, version_id in versions:
        if version_id is not None:
            add_effects(db, act_of(db, act_id, version_id), version_id)


def names_on(db: Connection, campaign_id: int, on: date) -> dict[int, str]:
    """Return the state of each act of a campaign on a day, as a report prints it."""
    stored = stored_facts(db, campaign_id)
    return {
        act_id: status_of(facts, on, stored.said).name for act_id, facts in stored.facts.items()
    }


def stored_facts(db: Connection, campaign_id: int) -> StoredFacts:
    """Return the facts of the current texts of a campaign's acts; two queries."""
    acts = db.execute(
        select(
            t.acts.c.id,
            t.acts.c.number,
            t.acts.c.type,
            t.acts.c.title,
            t.acts.c.issued,
            t.acts.c.version_id,
        ).where(t.acts.c.campaign_id == campaign_id)
    ).all()
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in db.execute(
        select(t.effects)
        .join(t.acts, t.acts.c.version_id == t.effects.c.version_id)
        .where(t.acts.c.campaign_id == campaign_id)
        .order_by(t.effects.c.id)
    ):
        rows[row.version_id].append(row)
    repeals: list[Repeal] = []
    suspensions: list[Suspension] = []
    prolonged: list[Prolonged] = []
    facts: dict[int, EffectFacts] = {}
    for act in acts:
        period, details = EffectPeriod(None, None), []
        for row in rows[act.version_id]:
            said = (row.target, row.path, act.number, row.provision)
            if row.kind == OWN:
                period = EffectPeriod(row.since, row.until, row.provision, row.path)
            elif row.kind == DETAILS:
                details.append(row.target)
            elif row.kind == REPEALS:
                repeals.append(Repeal(*said, row.since))
            elif row.kind == SUSPENDS:
                suspensions.append(Suspension(*said, row.since, row.until))
            else:
                prolonged.append(Prolonged(row.kind, *said, row.until))
        facts[act.id] = EffectFacts(act.number, act.issued, period, tuple(details))
    laws = tuple(
        (law_name(act.type, act.title), act.issued, act.number)
        for act in acts
        if act.type in LAW_TYPES and act.number
    )
    return StoredFacts(
        facts,
        Said(tuple(repeals), tuple(suspensions), tuple(prolonged), laws),
        {act.number: act.id for act in acts if act.number},
    )
