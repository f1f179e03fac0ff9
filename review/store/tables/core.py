"""Tables of the main job: people, campaigns, acts, findings, decisions, proposals, opinions."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from review.store.tables.base import Id, Utc, id_column, metadata, reference

people = Table(
    "people",
    metadata,
    id_column(),
    Column("username", String(64), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("title", String(200), nullable=False),
    Column("unit", String(200), nullable=False, server_default=""),  # đơn vị, "Vụ Pháp chế"
    Column("password_hash", String(200)),  # NULL: may not sign in (the local operator)
    Column("active", Boolean, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Utc),
    Column("created_at", Utc, nullable=False),
    Column("written_by", Id),
)

memberships = Table(
    "memberships",
    metadata,
    id_column(),
    reference("person_id", "people.id"),
    Column("role", String(40), nullable=False),
    Column("agency", String(40), nullable=False),
    Column("written_by", Id),
    UniqueConstraint("person_id", "role", "agency"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    reference("person_id", "people.id"),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Index(None, "person_id"),
)

campaigns = Table(
    "campaigns",
    metadata,
    id_column(),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(300), nullable=False),
    Column("basis_date", Date, nullable=False),
    Column("deadline", Date),
    Column("cutoff", Date),
    Column("cutoff_at", Utc),  # the first instant after that day in Viet Nam
    Column("documents", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("written_by", Id),
    Column("written_at", Utc, nullable=False),
)

campaign_agencies = Table(
    "campaign_agencies",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("agency", String(40), nullable=False),
    Column("name", String(200), nullable=False),  # as it was called in that campaign
    Column("deadline", Date),
    Column("position", Integer, nullable=False),
    Column("sector_group", String(200), nullable=False),
    Column("written_by", Id),
    UniqueConstraint("campaign_id", "agency"),
)

acts = Table(
    "acts",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("identity", String(300), nullable=False),  # what makes two files the same act
    Column("number", String(120), nullable=False),
    Column("type", String(80), nullable=False),
    Column("title", Text, nullable=False),
    Column("search", Text, nullable=False),  # number and title, folded, without diacritics
    Column("issuer", String(200), nullable=False),
    Column("issuer_code", String(40), nullable=False),
    Column("agency", String(40), nullable=False),  # responsible today; "" = not assigned
    Column("issued", Date),
    Column("year", Integer),
    Column("effective", Date),
    Column("state", String(40), nullable=False),
    Column("version_id", Id),  # current row of act_versions
    Column("version_number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("loaded_at", Utc, nullable=False),
    Column("written_by", Id),
    UniqueConstraint("campaign_id", "identity"),
    Index(None, "campaign_id", "id"),
    Index(None, "campaign_id", "agency", "state"),
    Index(None, "campaign_id", "type"),
    Index(None, "campaign_id", "year"),
    Index(None, "agency"),
    Index(None, "version_id"),
)

act_versions = Table(
    "act_versions",
    metadata,
    id_column(),
    reference("act_id", "acts.id"),
    Column("number", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("format", String(20), nullable=False),
    Column("encoding", String(40), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("text_digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("ruleset", String(80), nullable=False),
    Column("provisions", Integer, nullable=False),
    Column("findings", Integer, nullable=False),
    Column("suppressed", Integer, nullable=False),
    Column("notices", JSON, nullable=False),
    Column("article_notes", JSON, nullable=False),
    Column("since", Date),  # in force from this day, where an amending act says so
    Column("loaded_at", Utc, nullable=False),
    Column("written_by", Id),
    UniqueConstraint("act_id", "number"),
    Index(None, "text_digest"),
)

provisions = Table(
    "provisions",
    metadata,
    id_column(),
    reference("version_id", "act_versions.id"),
    Column("position", Integer, nullable=False),  # document order, from 0
    Column("parent", Integer),  # position of the parent
    Column("lineage", Text, nullable=False),  # positions of the ancestors, outermost first: "0/4"
    Column("path", Text, nullable=False),
    Column("level", String(20), nullable=False),
    Column("label", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("search", Text, nullable=False),  # folded, without diacritics
    Column("text_key", String(32), nullable=False),  # digest of the folded words
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
    Column("quoted", Boolean, nullable=False),
    Column("target", Text, nullable=False),
    UniqueConstraint("version_id", "position"),
    Index(None, "text_key"),
)

findings = Table(
    "findings",
    metadata,
    id_column(),
    reference("act_id", "acts.id"),
    reference("provision_id", "provisions.id"),
    Column("place", Integer, nullable=False),  # offset in the source text: order in the act
    Column("path", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("category", String(10), nullable=False),
    Column("severity", Integer, nullable=False),
    Column("readiness", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("quote_start", Integer, nullable=False),
    Column("quote_end", Integer, nullable=False),
    Column("bases", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("handling", String(10), nullable=False),
    Column("formula", String(10), nullable=False),
    Column("badges", JSON, nullable=False),
    Column("trace", JSON, nullable=False),
    Column("ruleset", String(80), nullable=False),
    Column("origin", String(10), nullable=False),
    Column("state", String(40), nullable=False),
    Column("changed", Boolean, nullable=False),  # the provision changed after the decision
    Column("standing", Boolean, nullable=False),  # False: undecided suggestion on a replaced text
    Column("round", Integer, nullable=False),  # how often it was submitted to the task force
    Column("version", Integer, nullable=False),
    Column("decided_by", Id, ForeignKey("people.id")),
    Column("decided_at", Utc),
    Column("created_at", Utc, nullable=False),
    Column("written_by", Id),
    CheckConstraint("severity BETWEEN 0 AND 4", name="severity"),
    Index(None, "act_id", "place", "id"),
    Index(None, "act_id", "standing", "state"),
    Index(None, "standing", "state", "act_id", "place"),
    Index(None, "standing", "category", "severity"),
    Index(None, "decided_by"),
    Index(None, "provision_id"),
)

suppressed = Table(
    "suppressed",
    metadata,
    id_column(),
    reference("act_id", "acts.id"),
    reference("version_id", "act_versions.id"),
    reference("provision_id", "provisions.id"),
    Column("place", Integer, nullable=False),
    Column("path", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("category", String(10), nullable=False),
    Column("quote", Text, nullable=False),
    Column("quote_start", Integer, nullable=False),
    Column("quote_end", Integer, nullable=False),
    Column("code", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("trace", JSON, nullable=False),
    Index(None, "version_id", "place"),
    Index(None, "code"),
    Index(None, "act_id"),
    Index(None, "provision_id"),
)

decisions = Table(
    "decisions",
    metadata,
    id_column(),
    reference("finding_id", "findings.id"),
    Column("action", String(40), nullable=False),
    Column("from_state", String(40), nullable=False),
    Column("to_state", String(40), nullable=False),
    Column("code", String(10), nullable=False),
    Column("note", Text, nullable=False),
    Column("details", JSON, nullable=False),
    Column("finding_version", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    UniqueConstraint("finding_id", "finding_version"),
)

proposals = Table(
    "proposals",
    metadata,
    id_column(),
    reference("finding_id", "findings.id"),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("handling", String(10), nullable=False),
    Column("old_text", Text, nullable=False),
    Column("new_text", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("instrument", String(80), nullable=False),
    Column("lead_agency", String(40), nullable=False),
    Column("co_agencies", JSON, nullable=False),
    Column("deadline", Date),
    Column("round", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    UniqueConstraint("finding_id", "version"),
)

opinions = Table(
    "opinions",
    metadata,
    id_column(),
    reference("finding_id", "findings.id"),
    Column("member", String(40), nullable=False),
    Column("round", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),  # 1, 2 … of the member in the round
    Column("verdict", String(20), nullable=False),
    Column("agreed", Text, nullable=False),
    Column("disagreed", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("wording", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    UniqueConstraint("finding_id", "round", "member", "sequence"),
)

sign_offs = Table(
    "sign_offs",
    metadata,
    id_column(),
    reference("act_id", "acts.id"),
    reference("version_id", "act_versions.id"),
    Column("note", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "act_id"),
)

drafts = Table(
    "drafts",
    metadata,
    reference("person_id", "people.id"),
    Column("key", String(200), nullable=False),
    Column("value", JSON, nullable=False),
    Column("saved_at", Utc, nullable=False),
    # The form that was begun, in one browser window; a new one after saving or giving up.
    Column("sheet", String(32), nullable=False, server_default=""),
    Column("ended", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("person_id", "key", "sheet"),
)

jobs = Table(
    "jobs",
    metadata,
    id_column(),
    Column("kind", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("message", Text, nullable=False),
    Column("result", JSON),
    Column("worker", String(200), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("started_at", Utc),
    Column("touched_at", Utc, nullable=False),
    Column("finished_at", Utc),
    reference("person_id", "people.id"),
    Index(None, "person_id", "kind"),
    Index(None, "state"),
)

exports = Table(
    "exports",
    metadata,
    id_column(),
    Column("kind", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    reference("campaign_id", "campaigns.id", nullable=True),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "campaign_id"),
)

audit_events = Table(
    "audit_events",
    metadata,
    id_column(),
    Column("at", String(40), nullable=False),  # as hashed: ISO, UTC
    Column("table_name", String(40), nullable=False),
    Column("row_id", Id, nullable=False),
    Column("action", String(10), nullable=False),
    Column("person_id", Id),
    Column("old", Text),  # JSON as the database wrote it: hashed as it stands
    Column("new", Text),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "table_name", "row_id"),
)
