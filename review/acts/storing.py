"""Storing a parsed and screened act: as a new act, as a newer text of a known one, or not at all.

What becomes of the decisions on an older text is in ``review.acts.carry_over``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from corpus.records import Act, ArticleNote, Notice, Provision
from corpus.text import fold
from models.records import Finding, Suppressed
from review.acts.carry_over import Incoming, Places, carry_over, text_key
from review.acts.effect_store import add_effects
from review.errors import ERRORS
from review.findings.query import trace_json
from review.records import LoadLine
from review.store import tables as t
from review.store.folded import searchable
from review.store.search.fill import add_version

_BATCH = 2000
_YEAR = re.compile(r"/(19|20)\d\d/|/\d{4}-|QH\d|/(19|20)\d\d\b")
_LOCAL_ISSUER = re.compile(r"-(UBND|HĐND|CTUBND)\b")
_SAME_TITLE = 0.5  # share of common words from which two titles name the same act


@dataclass(frozen=True, slots=True)
class Known:
    """An act already stored, as far as a newer text needs it."""

    id: int
    title: str
    agency: str
    version_id: int
    version_number: int
    text_digest: str


def identity_of(act: Act) -> str:
    """Return what makes two files the same act.

    The number; with the year of issue where the number has none (VBHN start anew each year), with
    the issuer for local acts (every province has its own 01/…/QĐ-UBND); without a number, the text.
    """
    number = fold(act.head.number).replace(" ", "")
    if not number:
        return f"sha:{text_digest(act)}"
    parts = [number]
    if not _YEAR.search(act.head.number) and act.head.issued:
        parts.append(str(act.head.issued.year))
    if _LOCAL_ISSUER.search(act.head.number):
        parts.append(searchable(act.head.issuer))
    return "|".join(parts)[:300]


def text_digest(act: Act) -> str:
    """Return the SHA-256 of the act's untouched text."""
    return hashlib.sha256(act.raw.text.encode("utf-8", "surrogatepass")).hexdigest()


def find_known(db: Connection, campaign_id: int, identity: str) -> Known | None:
    """Return the act with this identity in the campaign, with its current version."""
    row = db.execute(
        select(
            t.acts.c.id,
            t.acts.c.title,
            t.acts.c.agency,
            t.acts.c.version_id,
            t.acts.c.version_number,
            t.act_versions.c.text_digest,
        )
        .join(t.act_versions, t.act_versions.c.id == t.acts.c.version_id)
        .where(t.acts.c.campaign_id == campaign_id, t.acts.c.identity == identity)
    ).one_or_none()
    return Known(*row) if row else None


def same_title(one: str, other: str) -> bool:
    """Whether two titles are likely to name the same act; an unread title says nothing."""
    words, others = set(searchable(one).split()), set(searchable(other).split())
    if not words or not others:
        return True
    return len(words & others) / min(len(words), len(others)) >= _SAME_TITLE


def store(db: Connection, incoming: Incoming, line: LoadLine) -> None:
    """Store the act in the caller's transaction and complete ``line``."""
    act = incoming.act
    identity = identity_of(act)
    known = find_known(db, incoming.campaign_id, identity)
    if known and not same_title(known.title, act.head.title):
        # A number read wrongly, or used twice: two acts, and somebody told.
        line.notices.append(ERRORS.notice("RS-611", number=act.head.number))
        identity = f"{identity}|{text_digest(act)}"[:300]
        known = find_known(db, incoming.campaign_id, identity)
    if known and known.text_digest == text_digest(act):
        line.status, line.act_id, line.agency = "da_co", known.id, known.agency
        line.notices.append(ERRORS.notice("RS-612"))
        return
    if known is None:
        line.status = "moi"
        line.act_id = _insert_act(db, incoming, identity)
        line.agency = incoming.agency
        number = 1
    else:
        line.status, line.act_id, line.agency = "phien_ban_moi", known.id, known.agency
        number = known.version_number + 1
    version_id = _insert_version(db, incoming, line.act_id, number, line.notices)
    provision_ids = _insert_provisions(db, act, version_id)
    places = Places(act, provision_ids)
    fresh = [finding_values(incoming, places, line.act_id, f) for f in incoming.result.findings]
    if known is not None:
        fresh = carry_over(db, incoming, known.id, places, fresh, line)
    insert_many(db, t.findings, fresh)
    insert_many(
        db,
        t.suppressed,
        [suppressed_values(places, line.act_id, version_id, s) for s in incoming.result.suppressed],
    )
    _point_to(db, incoming, line.act_id, version_id, number)
    add_version(db, line.act_id, version_id)
    add_effects(db, act, version_id)
    line.provisions = len(act.provisions)
    line.findings = len(incoming.result.findings)
    line.suppressed = len(incoming.result.suppressed)


def _head_values(incoming: Incoming) -> dict[str, Any]:
    head = incoming.act.head
    issued: date | None = head.issued
    return {
        "number": head.number[:120],
        "type": head.type[:80],
        "title": head.title,
        "search": searchable(f"{head.number} {head.title}"),
        "issuer": head.issuer[:200],
        "issuer_code": incoming.issuer_code,
        "issued": issued,
        "year": issued.year if issued else None,
        "effective": head.effective,
        "loaded_at": incoming.now,
        "written_by": incoming.person.id,
    }


def _insert_act(db: Connection, incoming: Incoming, identity: str) -> int:
    return db.execute(
        insert(t.acts).values(
            **_head_values(incoming),
            campaign_id=incoming.campaign_id,
            identity=identity,
            agency=incoming.agency,
            state="da_tach_dieu_khoan",
            version_number=0,
            version=1,
        )
    ).inserted_primary_key[0]


def _insert_version(
    db: Connection, incoming: Incoming, act_id: int, number: int, notices: list[Notice]
) -> int:
    raw = incoming.act.raw
    return db.execute(
        insert(t.act_versions).values(
            act_id=act_id,
            number=number,
            source=raw.source,
            format=raw.format,
            encoding=raw.encoding,
            digest=raw.digest,
            text_digest=text_digest(incoming.act),
            text=_storable(raw.text),
            ruleset=incoming.result.ruleset,
            provisions=len(incoming.act.provisions),
            findings=len(incoming.result.findings),
            suppressed=len(incoming.result.suppressed),
            notices=[asdict(notice) for notice in notices],
            article_notes=[_as_json(note) for note in raw.article_notes],
            loaded_at=incoming.now,
            written_by=incoming.person.id,
        )
    ).inserted_primary_key[0]


def _as_json(note: ArticleNote) -> dict[str, Any]:
    return json.loads(json.dumps(asdict(note), default=date.isoformat))


def _storable(text: str) -> str:
    # PostgreSQL keeps no NUL; one blank for it leaves every offset where it was.
    return text.replace("\x00", " ")


def _insert_provisions(db: Connection, act: Act, version_id: int) -> list[int]:
    lineages: list[tuple[int, ...]] = []
    rows: list[dict[str, Any]] = []
    for position, unit in enumerate(act.provisions):
        above = () if unit.parent is None else (*lineages[unit.parent], unit.parent)
        lineages.append(above)
        rows.append(_provision_values(unit, position, above, version_id))
    insert_many(db, t.provisions, rows)
    statement = (
        select(t.provisions.c.id)
        .where(t.provisions.c.version_id == version_id)
        .order_by(t.provisions.c.position)
    )
    return list(db.scalars(statement))


def _provision_values(
    unit: Provision, position: int, above: tuple[int, ...], version_id: int
) -> dict[str, Any]:
    return {
        "version_id": version_id,
        "position": position,
        "parent": unit.parent,
        "lineage": "/".join(map(str, above)),
        "path": unit.path,
        "level": unit.level,
        "label": unit.label,
        "heading": unit.heading,
        "text": _storable(unit.text),
        "search": searchable(_storable(unit.text)),
        "text_key": text_key(unit.text),
        "start": unit.start,
        "end": unit.end,
        "page": unit.page,
        "quoted": unit.quoted,
        "target": unit.target,
    }


def finding_values(
    incoming: Incoming, places: Places, act_id: int, found: Finding
) -> dict[str, Any]:
    """Return the row of a suggestion nobody has looked at yet."""
    start, end = places.within(found.provision, found.start, found.end)
    return {
        "act_id": act_id,
        "provision_id": places.ids[found.provision],
        "place": found.start,
        "path": found.path,
        "label": found.label,
        "category": found.category,
        "severity": found.severity,
        "readiness": found.readiness,
        "quote": _storable(found.quote),
        "quote_start": start,
        "quote_end": end,
        "bases": [asdict(basis) for basis in found.bases],
        "sources": list(found.sources),
        "handling": found.handling,
        "formula": found.formula,
        "badges": list(found.badges),
        "trace": trace_json(found.trace),
        "ruleset": incoming.result.ruleset,
        "origin": "may",
        "state": "goi_y",
        "changed": False,
        "standing": True,
        "round": 0,
        "version": 1,
        "created_at": incoming.now,
        "written_by": incoming.person.id,
    }


def suppressed_values(
    places: Places, act_id: int, version_id: int, aside: Suppressed
) -> dict[str, Any]:
    """Return the row of a hit that was set aside."""
    start, end = places.within(aside.provision, aside.start, aside.end)
    return {
        "act_id": act_id,
        "version_id": version_id,
        "provision_id": places.ids[aside.provision],
        "place": aside.start,
        "path": aside.path,
        "label": aside.label,
        "category": aside.category,
        "quote": _storable(aside.quote),
        "quote_start": start,
        "quote_end": end,
        "code": aside.code,
        "reason": aside.reason,
        "trace": trace_json(aside.trace),
    }


def _point_to(
    db: Connection, incoming: Incoming, act_id: int, version_id: int, number: int
) -> None:
    # A newer text is work to do again, whatever was signed off before.
    values = _head_values(incoming) if number > 1 else {}
    db.execute(
        update(t.acts)
        .where(t.acts.c.id == act_id)
        .values(
            **values,
            version_id=version_id,
            version_number=number,
            state="da_tach_dieu_khoan" if number == 1 else "dang_ra_soat",
            version=t.acts.c.version + int(number > 1),
        )
    )


def insert_many(db: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows in batches; none where there are none."""
    for batch in _batches(rows):
        db.execute(insert(table), batch)


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]
