"""First form of the store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit_events",
        sa.Column("id", ID, primary_key=True),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("person_id", ID),
        sa.Column("old", sa.Text()),
        sa.Column("new", sa.Text()),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
    )
    op.create_index(
        op.f("ix_audit_events_table_name_row_id"), "audit_events", ["table_name", "row_id"]
    )
    op.create_table(
        "campaigns",
        sa.Column("id", ID, primary_key=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("basis_date", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date()),
        sa.Column("cutoff", sa.Date()),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", ID, nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "people",
        sa.Column("id", ID, primary_key=True),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200)),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime()),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=True),
        sa.UniqueConstraint("username"),
    )
    op.create_table(
        "acts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("identity", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("issuer_code", sa.String(length=40), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("issued", sa.Date()),
        sa.Column("year", sa.Integer()),
        sa.Column("effective", sa.Date()),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version_id", ID, nullable=True),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.UniqueConstraint("campaign_id", "identity"),
    )
    op.create_index(op.f("ix_acts_agency"), "acts", ["agency"])
    op.create_index(op.f("ix_acts_campaign_id_id"), "acts", ["campaign_id", "id"])
    op.create_index(
        op.f("ix_acts_campaign_id_agency_state"), "acts", ["campaign_id", "agency", "state"]
    )
    op.create_index(op.f("ix_acts_campaign_id_type"), "acts", ["campaign_id", "type"])
    op.create_index(op.f("ix_acts_campaign_id_year"), "acts", ["campaign_id", "year"])
    op.create_table(
        "campaign_agencies",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("deadline", sa.Date()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sector_group", sa.String(length=200), nullable=False),
        sa.Column("written_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.UniqueConstraint("campaign_id", "agency"),
    )
    op.create_table(
        "drafts",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.UniqueConstraint("person_id", "key"),
    )
    op.create_table(
        "exports",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("campaign_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(op.f("ix_exports_campaign_id"), "exports", ["campaign_id"])
    op.create_table(
        "jobs",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("result", sa.JSON()),
        sa.Column("worker", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime()),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime()),
        sa.Column("person_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
    )
    op.create_index(op.f("ix_jobs_person_id_kind"), "jobs", ["person_id", "kind"])
    op.create_index(op.f("ix_jobs_state"), "jobs", ["state"])
    op.create_table(
        "memberships",
        sa.Column("id", ID, primary_key=True),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("written_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.UniqueConstraint("person_id", "role", "agency"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"])
    op.create_table(
        "act_versions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("act_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("encoding", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ruleset", sa.String(length=80), nullable=False),
        sa.Column("provisions", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("suppressed", sa.Integer(), nullable=False),
        sa.Column("notices", sa.JSON(), nullable=False),
        sa.Column("article_notes", sa.JSON(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"]),
        sa.UniqueConstraint("act_id", "number"),
    )
    op.create_index(op.f("ix_act_versions_text_digest"), "act_versions", ["text_digest"])
    op.create_table(
        "provisions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer()),
        sa.Column("lineage", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("text_key", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("quoted", sa.Boolean(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["act_versions.id"]),
        sa.UniqueConstraint("version_id", "position"),
    )
    op.create_table(
        "sign_offs",
        sa.Column("id", ID, primary_key=True),
        sa.Column("act_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"]),
        sa.ForeignKeyConstraint(["version_id"], ["act_versions.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(op.f("ix_sign_offs_act_id"), "sign_offs", ["act_id"])
    op.create_table(
        "findings",
        sa.Column("id", ID, primary_key=True),
        sa.Column("act_id", ID, nullable=False),
        sa.Column("provision_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=10), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("readiness", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("bases", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("handling", sa.String(length=10), nullable=False),
        sa.Column("formula", sa.String(length=10), nullable=False),
        sa.Column("badges", sa.JSON(), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.Column("ruleset", sa.String(length=80), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime()),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=True),
        sa.CheckConstraint("severity BETWEEN 0 AND 4", name="severity"),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["provision_id"], ["provisions.id"]),
    )
    op.create_index(op.f("ix_findings_act_id_place_id"), "findings", ["act_id", "place", "id"])
    op.create_index(
        op.f("ix_findings_act_id_standing_state"), "findings", ["act_id", "standing", "state"]
    )
    op.create_index(op.f("ix_findings_decided_by"), "findings", ["decided_by"])
    op.create_index(op.f("ix_findings_provision_id"), "findings", ["provision_id"])
    op.create_index(
        op.f("ix_findings_standing_category_severity"),
        "findings",
        ["standing", "category", "severity"],
    )
    op.create_index(
        op.f("ix_findings_standing_state_act_id_place"),
        "findings",
        ["standing", "state", "act_id", "place"],
    )
    op.create_table(
        "suppressed",
        sa.Column("id", ID, primary_key=True),
        sa.Column("act_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("provision_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=10), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"]),
        sa.ForeignKeyConstraint(["provision_id"], ["provisions.id"]),
        sa.ForeignKeyConstraint(["version_id"], ["act_versions.id"]),
    )
    op.create_index(op.f("ix_suppressed_act_id"), "suppressed", ["act_id"])
    op.create_index(op.f("ix_suppressed_code"), "suppressed", ["code"])
    op.create_index(op.f("ix_suppressed_provision_id"), "suppressed", ["provision_id"])
    op.create_index(op.f("ix_suppressed_version_id_place"), "suppressed", ["version_id", "place"])
    op.create_table(
        "decisions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("from_state", sa.String(length=40), nullable=False),
        sa.Column("to_state", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("finding_version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
        sa.UniqueConstraint("finding_id", "finding_version"),
    )
    op.create_table(
        "opinions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("member", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("disagreed", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
        sa.UniqueConstraint("finding_id", "round", "member", "sequence"),
    )
    op.create_table(
        "proposals",
        sa.Column("id", ID, primary_key=True),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("handling", sa.String(length=10), nullable=False),
        sa.Column("old_text", sa.Text(), nullable=False),
        sa.Column("new_text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("instrument", sa.String(length=80), nullable=False),
        sa.Column("lead_agency", sa.String(length=40), nullable=False),
        sa.Column("co_agencies", sa.JSON(), nullable=False),
        sa.Column("deadline", sa.Date()),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
        sa.UniqueConstraint("finding_id", "version"),
    )
