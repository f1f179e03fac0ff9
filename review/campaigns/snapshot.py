"""Frozen snapshots: all rows of a ministry in canonical JSON, and what is different since.

Canonical: keys sorted, no blanks, UTF-8, dates ISO. The SHA-256 of that text is the digest; the
same rows always give the same digest, so anybody can compute it anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from review.agencies import today_of
from review.findings.query import ROW_COLUMNS, joined, ordered
from review.records import CampaignView, Difference
from review.store import tables as t
from review.store.triggers import sha256

FORMAT = 1  # of the content; a later form gets another number
_ACTS, _FINDINGS = "van_ban", "phat_hien"

_ACT_FIELDS = (
    "id", "number", "type", "title", "issuer", "issued", "effective", "state", "version_number",
)  # fmt: skip
_FINDING_FIELDS = (
    "id", "act_id", "path", "label", "category", "severity", "quote", "state", "origin",
    "handling", "changed", "round", "decided_at",
)  # fmt: skip
_PROPOSAL_FIELDS = (
    "version", "state", "handling", "old_text", "new_text", "reason", "instrument", "lead_agency",
    "co_agencies", "deadline",
)  # fmt: skip
# A proposal the ministry is still writing is its own; it is no part of what it sends.
_UNSENT = "du_thao"


def acts_of(campaign: CampaignView, agency: str, today: date) -> ColumnElement[bool]:
    """Acts that the agency reports on.

    In an older campaign an agency that has been merged since still reports by itself: on the acts
    it issued, which its successor answers for today and leaves out of its own report.
    """
    of_campaign = t.acts.c.campaign_id == campaign.id
    successor = today_of(agency, today)
    if successor != agency:
        return of_campaign & (t.acts.c.agency == successor) & (t.acts.c.issuer_code == agency)
    merged = [
        part.code
        for part in campaign.agencies
        if part.code != agency and today_of(part.code, today) == agency
    ]
    return of_campaign & (t.acts.c.agency == agency) & t.acts.c.issuer_code.not_in(merged)


def rows_of(
    db: Connection, campaign: CampaignView, agency: str, today: date
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the agency as they stand now: acts, findings with what was decided."""
    own = acts_of(campaign, agency, today)
    acts = [
        _plain(row, _ACT_FIELDS) | {"text_digest": row["text_digest"]}
        for row in db.execute(
            select(t.acts, t.act_versions.c.text_digest)
            .join(t.act_versions, t.act_versions.c.id == t.acts.c.version_id)
            .where(own)
            .order_by(t.acts.c.id)
        ).mappings()
    ]
    proposals = _proposals(db, own)
    findings = [
        _plain(row, _FINDING_FIELDS)
        | {"decided_by": row["decided_by_name"], "proposal": proposals.get(row["id"])}
        for row in db.execute(_findings(own)).mappings()
    ]
    return {_ACTS: acts, _FINDINGS: findings}


def canonical(campaign: CampaignView, agency: str, rows: Mapping[str, list[dict[str, Any]]]) -> str:
    """Return the text whose SHA-256 is the digest of a snapshot."""
    content = {"mau": FORMAT, "dot": campaign.code, "co_quan": agency, **rows}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: str) -> str:
    """Return the SHA-256 of a snapshot's text in UTF-8, hex."""
    return sha256(content)


def differences(content: str, rows: Mapping[str, list[dict[str, Any]]]) -> list[Difference]:
    """Return what is not as it was in the snapshot: come, gone, changed; acts first."""
    then = json.loads(content)
    found: list[Difference] = []
    numbers = {row["id"]: row["number"] for row in (*then[_ACTS], *rows[_ACTS])}
    for what in (_ACTS, _FINDINGS):
        before = {row["id"]: row for row in then[what]}
        now = {row["id"]: row for row in _as_json(rows[what])}
        for number in sorted(before.keys() | now.keys()):
            old, new = before.get(number), now.get(number)
            if old == new:
                continue
            name = _name(new or old or {}, numbers)
            if old is None or new is None:
                found.append(Difference("them" if old is None else "mat", what, number, name, {}))
                continue
            changed = {
                key: (old.get(key), new.get(key))
                for key in sorted(old.keys() | new.keys())
                if old.get(key) != new.get(key)
            }
            found.append(Difference("doi", what, number, name, changed))
    return found


def _findings(own: ColumnElement[bool]) -> Select:
    statement = select(*ROW_COLUMNS).select_from(joined()).where(own, t.findings.c.standing)
    return ordered(statement)


def _proposals(db: Connection, own: ColumnElement[bool]) -> dict[int, dict[str, Any]]:
    """Return the newest proposal of each finding that the ministry has signed and sent."""
    rows = db.execute(
        select(t.proposals)
        .join(t.findings, t.findings.c.id == t.proposals.c.finding_id)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .where(own, t.proposals.c.state != _UNSENT)
        .order_by(t.proposals.c.finding_id, t.proposals.c.version)
    ).mappings()
    return {row["finding_id"]: _plain(row, _PROPOSAL_FIELDS) for row in rows}


def _plain(row: Mapping[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: _value(row[name]) for name in fields}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _as_json(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return json.loads(json.dumps(rows))


def _name(row: Mapping[str, Any], numbers: Mapping[int, str]) -> str:
    if "act_id" not in row:
        return row.get("number") or row.get("title", "")
    return f"{row['label']} {numbers.get(row['act_id'], '')}".strip()
